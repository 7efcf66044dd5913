using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.Data;

namespace Training.App.Tests.Platform;

/// <summary>The schema the application believes in is the one the migrations make.</summary>
[TestFixture]
internal sealed class SchemaTests
{
    [Test]
    public async Task The_application_s_model_needs_no_further_migration()
    {
        await using var house = EmptyHouse.WithoutDatabase(services => services.AddAccess());
        var options = house.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>();
        await using var db = new TrainingDbContext(options);
        var snapshot = db.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
        var initialized = db.GetService<IModelRuntimeInitializer>().Initialize(snapshot);

        var differences = db.GetService<IMigrationsModelDiffer>()
            .GetDifferences(initialized.GetRelationalModel(), db.GetService<IDesignTimeModel>().Model.GetRelationalModel());

        Assert.That(differences.Select(Describe), Is.Empty);
    }

    private static string Describe(MigrationOperation operation) => operation switch
    {
        AlterColumnOperation column => $"{column.Table}.{column.Name}: {column.OldColumn.ColumnType} ({column.OldColumn.MaxLength}) -> {column.ColumnType} ({column.MaxLength})",
        ITableMigrationOperation table => $"{operation.GetType().Name} on {table.Table}",
        _ => operation.GetType().Name,
    };
}
