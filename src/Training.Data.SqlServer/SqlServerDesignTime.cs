using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Training.Data.SqlServer;

/// <summary>Lets the migration tool build the context without the application or a server.</summary>
internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<TrainingDbContext>
{
    public TrainingDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=design").Configure(options);
        return new TrainingDbContext(options.Options);
    }
}
