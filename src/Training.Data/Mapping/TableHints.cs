namespace Training.Data.Mapping;

/// <summary>Annotations by which the shared model tells a provider something that only it understands.</summary>
public static class TableHints
{
    /// <summary>A table that SQLite keeps in its primary key alone, without a second copy of it.</summary>
    public const string WithoutRowId = "Training:WithoutRowId";
}
