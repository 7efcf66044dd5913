using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Training.Data.Sqlite;

/// <summary>Lets the migration tool build the context without the application.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<TrainingDbContext>
{
    public TrainingDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqliteProvider("Data Source=design.db").Configure(options);
        return new TrainingDbContext(options.Options);
    }
}
