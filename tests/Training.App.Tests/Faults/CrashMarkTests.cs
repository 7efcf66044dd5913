using Microsoft.Data.Sqlite;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Seeding;
using Training.App.Tests.Platform;

namespace Training.App.Tests.Faults;

/// <summary>What a start does after a kill.</summary>
internal sealed class CrashMarkTests
{
    [Test]
    public async Task After_a_good_end_nothing_is_looked_at_and_after_a_kill_a_whole_database_is_taken()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var options = house.Get<AppOptions>();
        using (var first = new CrashMark(options)) Assert.That(first.FoundDead, Is.False);
        using (var second = new CrashMark(options)) Assert.That(second.FoundDead, Is.False, "the first ended in good order");
        await KillAsync(options);

        await house.Services.CheckAfterCrashAsync(CancellationToken.None);

        Assert.That(house.Get<CrashMark>().FoundDead, Is.True);
        using var beside = new CrashMark(options);
        Assert.That(beside.FoundDead, Is.False, "one that runs beside it is not dead");
    }

    [Test]
    public async Task A_damaged_database_stops_the_start_with_one_sentence()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var options = house.Get<AppOptions>();
        await KillAsync(options);
        var database = Path.Combine(options.StorageRoot, "training.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }
        SqliteConnection.ClearAllPools();
        foreach (var log in Directory.EnumerateFiles(options.StorageRoot, "training.db-*")) File.Delete(log);
        await using (var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // Every second page but the first, as a disk does that has lost them.
            for (long at = 4096; at + 4096 <= file.Length; at += 8192)
            {
                file.Position = at;
                await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
            }
        }

        Assert.That(
            () => house.Services.CheckAfterCrashAsync(CancellationToken.None),
            Throws.TypeOf<ConfigurationException>().With.Message.Contains("Storage__Root holds a damaged database"));
    }

    private static Task KillAsync(AppOptions options) => File.WriteAllTextAsync(Path.Combine(options.StorageRoot, "running-Web-Worker"), "");
}
