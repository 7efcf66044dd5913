using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform;

namespace Training.App.Tests.Faults;

/// <summary>Somebody else's program holds the database for half a minute: reading goes on, changes are refused at once, and nothing is lost.</summary>
[Category("Kill")]
[Category("Long")]
[NonParallelizable]
internal sealed class LockedDatabaseTests
{
    private const int Clubs = 12;

    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);

    private readonly string storage = Directory.CreateTempSubdirectory("training-locked-").FullName;

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(storage, recursive: true);

    [Test]
    public async Task What_was_said_while_the_database_was_locked_is_there_once()
    {
        await using var app = await AppProcess.StartAsync(storage);
        using var client = new Persistent(TimeSpan.FromMinutes(3), app.Client.BaseAddress!);
        var season = new Season(client);
        await season.PlayAsync(0);
        var (refused, read, slowest) = (0, 0, TimeSpan.Zero);
        Task[] playing;
        await using (var somebody = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Pooling=False;Default Timeout=30"))
        {
            await somebody.OpenAsync();
            await using var command = somebody.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            var began = Stopwatch.GetTimestamp();
            playing = [.. Enumerable.Range(1, Clubs).Select(season.PlayAsync)];
            while (Stopwatch.GetElapsedTime(began) < Held)
            {
                await Task.Delay(500);
                using var seen = await app.Client.GetAsync(new Uri("/api/participants?q=Adam", UriKind.Relative));
                if (seen.IsSuccessStatusCode) read++;
                if (Stopwatch.GetElapsedTime(began) < Held / 2) continue; // Who came first waits; who comes when it has lasted is told at once.
                var asked = Stopwatch.GetTimestamp();
                using var answer = await app.Client.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = $"L {asked}", capacity = 10 });
                if (Stopwatch.GetElapsedTime(asked) is var took && took > slowest) slowest = took;
                Assert.That((int)answer.StatusCode, Is.EqualTo(503), await answer.Content.ReadAsStringAsync());
                Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
                refused++;
            }
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
        }
        await Task.WhenAll(playing);

        await new Ledger(storage).HasAsync(season);
        Assert.That(refused, Is.GreaterThan(5));
        Assert.That(read, Is.GreaterThan(20), "who only reads is served");
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(2)), "a refusal is quick");
        await TestContext.Out.WriteLineAsync($"{refused} refused, the slowest in {slowest.TotalMilliseconds:N0} ms; {read} read; {client.Repeats} repeats");
    }
}
