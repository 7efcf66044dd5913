namespace Training.Data.Mapping;

/// <summary>Annotations by which the shared model tells a provider something that only it understands.</summary>
public static class TableHints
{
    /// <summary>A table that SQLite keeps in its primary key alone, without a second copy of it.</summary>
    public const string WithoutRowId = "Training:WithoutRowId";

    /// <summary>
    /// A condition that keeps the other rows out of an index on SQLite alone: SQL Server takes no comparison of columns there, and
    /// not every server of its kind takes a condition at all.
    /// </summary>
    public const string IndexFilter = "Training:IndexFilter";
}
