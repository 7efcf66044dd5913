using Training.Data.Tests;

namespace Training.App.Tests;

/// <summary>Where a fixture keeps its data.</summary>
public enum Database
{
    /// <summary>A file of its own.</summary>
    Sqlite,

    /// <summary>The server that the environment names, emptied; without one the tests are skipped and say so.</summary>
    SqlServer,
}

internal static class Databases
{
    /// <summary>The application on an empty database.</summary>
    public static TrainingApplication Fresh(this Database database, params (string Name, string? Value)[] overrides)
    {
        if (database == Database.Sqlite) return new TrainingApplication(overrides);
        var connection = ServerDatabase.Connection();
        ServerDatabase.PrepareAsync().GetAwaiter().GetResult();
        return new TrainingApplication(
        [
            ("Database:Provider", "SqlServer"), ("ConnectionStrings:Training", connection), ("Database:MaxBatchSize", "1"), .. overrides,
        ]);
    }
}

/// <summary>The fixture once more on SQL Server, when the environment names one.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSqlServerAttribute : TestFixtureAttribute
{
    public OnSqlServerAttribute()
        : base(Database.SqlServer)
    {
        Category = "SqlServer";
        if (!ServerDatabase.IsNamed) Ignore = ServerDatabase.WhyNot;
    }
}
