using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Faults;

/// <summary>A disk that fills up under database and documents: changes are refused and said again, nothing is half there, and all goes on when there is room.</summary>
[Category("Kill")]
[Category("Long")]
[NonParallelizable]
internal sealed class FullDiskTests
{
    private const int Clubs = 6;

    private readonly string storage = Directory.CreateTempSubdirectory("training-full-").FullName;
    private readonly string[] small;

    // A file system of its own in memory, which only the process and its like see: no right of the machine is needed where name spaces may be made.
    public FullDiskTests() => small = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=32m none \"$0\" && exec \"$@\"", storage];

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(storage, recursive: true);

    [Test]
    [CancelAfter(240_000)]
    public async Task What_the_disk_had_no_room_for_is_there_once_when_it_has_room_again(CancellationToken cancellationToken)
    {
        await SkipWhereNoDiskCanBeMadeAsync(cancellationToken);
        await using var app = await AppProcess.StartAsync(small, storage);
        var inside = $"/proc/{app.Id}/root{storage}";
        using var client = new Persistent(TimeSpan.FromMinutes(2), app.Client.BaseAddress!);
        var season = new Season(client);
        await season.PlayAsync(0);

        var ballast = Path.Combine(inside, "ballast");
        var playing = Enumerable.Range(1, Clubs).Select(season.PlayAsync).ToArray();
        var refused = 0;
        await Poll.UntilAsync(async () => (refused += await RefusedAsync(app.Client, ballast)) > 2, () => Task.FromResult($"{refused} refused"));
        using (var read = await app.Client.GetAsync(new Uri("/api/participants?q=Adam", UriKind.Relative), cancellationToken))
            Assert.That((int)read.StatusCode, Is.EqualTo(200), "who only reads is served");
        File.Delete(ballast);
        await Task.WhenAll(playing);

        long issued = 0;
        await Poll.UntilAsync(
            async () => (issued = await IssuedAsync(inside)) == (Clubs + 1) * Season.Children, () => Task.FromResult($"certificates issued: {issued}"), TimeSpan.FromMinutes(2));
        var copy = await CopyAsync(inside);
        var ledger = new Ledger(copy);
        Assert.That(await ledger.CountAsync("SELECT COUNT(*) FROM Participants"), Is.EqualTo((Clubs + 1) * Season.Children + season.Listed));
        await ledger.HoldsAsync();
        Directory.Delete(copy, recursive: true);
        await TestContext.Out.WriteLineAsync($"{client.Repeats} repeats");
    }

    /// <summary>How many certificates are issued; less than none when the copy was made in the middle of a change.</summary>
    private static async Task<long> IssuedAsync(string inside)
    {
        var copy = await CopyAsync(inside);
        try
        {
            return await new Ledger(copy).CountAsync("SELECT COUNT(*) FROM Certificates WHERE Status = 2");
        }
        catch (SqliteException)
        {
            return -1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>SQLite follows the way into the process's file system as a link, and ends outside: it reads a copy.</summary>
    private static async Task<string> CopyAsync(string inside)
    {
        var copy = Directory.CreateTempSubdirectory("training-full-copy-").FullName;
        using var cp = Process.Start("cp", ["-a", $"{inside}/.", copy]);
        await cp.WaitForExitAsync();
        return copy;
    }

    /// <summary>Takes what room is left, then tries to register somebody.</summary>
    /// <returns>One when there was none for it.</returns>
    private static async Task<int> RefusedAsync(HttpClient client, string ballast)
    {
        await using (var file = new FileStream(ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var block = new byte[64 * 1024];
            try
            {
                while (true) await file.WriteAsync(block);
            }
            catch (IOException)
            {
                // Full: to the last block of this size.
            }
        }
        using var answer = await client.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = $"Full {Guid.NewGuid():N}", capacity = 10 });
        if (answer.IsSuccessStatusCode) return 0;
        Assert.That((int)answer.StatusCode, Is.EqualTo(503), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
        return 1;
    }

    private async Task SkipWhereNoDiskCanBeMadeAsync(CancellationToken cancellationToken)
    {
        using var trial = Process.Start(new ProcessStartInfo(small[0], [.. small[1..], "true"]) { RedirectStandardError = true })!;
        await trial.WaitForExitAsync(cancellationToken);
        if (trial.ExitCode != 0) Assert.Ignore("This machine does not let a small file system be made (unshare, mount): the full disk was not tried.");
    }
}
