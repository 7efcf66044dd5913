using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Data.SqlServer;

namespace Training.Data.Tests.Migrations;

internal sealed class PendingChangesTests
{
    private static IEnumerable<IDatabaseProvider> Providers =>
        [new SqliteProvider("Data Source=:memory:"), new SqlServerProvider("Server=localhost;Database=none")];

    [TestCaseSource(nameof(Providers))]
    public void The_migrations_say_all_that_the_model_says(IDatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        provider.Configure(options);
        using var db = new TrainingDbContext(options.Options);

        Assert.That(db.Database.HasPendingModelChanges(), Is.False, $"{provider.Name}: run src/add-migration NAME");
    }

    [Test]
    public void No_table_is_made_anew_on_sqlite()
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqliteProvider("Data Source=:memory:").Configure(options);
        using var db = new TrainingDbContext(options.Options);

        var script = db.GetService<IMigrator>().GenerateScript();

        Assert.That(script, Does.Not.Contain("ef_temp_"), "its checks are off meanwhile, which no transaction can hold: add the column with its reference, by hand");
    }

    [Test]
    public async Task A_start_after_a_migration_was_killed_does_not_wait_for_the_dead()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using (var db = database.Open(AccessScope.None))
        {
            await db.Database.ExecuteSqlRawAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""");
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" """);
            foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'").ToListAsync())
                await db.Database.ExecuteSqlRawAsync($"PRAGMA foreign_keys=OFF; DROP TABLE \"{table}\"");
        }
        await using var again = database.Open(AccessScope.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await database.Provider.MigrateAsync(again, patience.Token);

        Assert.That(await again.Database.GetPendingMigrationsAsync(), Is.Empty);
    }
}
