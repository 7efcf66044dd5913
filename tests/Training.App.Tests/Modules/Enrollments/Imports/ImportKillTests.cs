using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;
using Training.App.Platform.Seeding.Synthetic;
using Training.App.Tests.Platform.Seeding.Synthetic;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Kills the real process in the middle of its work: what is registered stays, what is not is registered later, nothing twice.</summary>
[Category("Kill")]
[NonParallelizable]
public class ImportKillTests
{
    private const int Rows = 20_000;

    private readonly string storage = System.IO.Directory.CreateTempSubdirectory("training-kill-").FullName;
    private readonly int port = FreePort();

    [OneTimeTearDown]
    public void Clean() => System.IO.Directory.Delete(storage, recursive: true);

    [Test]
    [CancelAfter(240_000)]
    public async Task Registers_every_good_row_once_and_takes_it_back_once_though_killed_while_reading_committing_and_undoing(CancellationToken cancellationToken)
    {
        var list = new StringBuilder();
        SyntheticSummary summary;
        await using (var writer = new StringWriter(list))
            summary = SyntheticClubList.Write(writer, new SyntheticOptions { ReferenceFolder = SyntheticClubListTests.FindReference(), Rows = Rows, FaultRate = 0.05 });

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TrainingApplication.BootstrapKey);
        string address;
        using (var first = await StartAsync(client, cancellationToken))
        {
            using var uploaded = await client.UploadAsync(list.ToString(), site: null);
            address = uploaded.Headers.Location!.ToString();
            await KillAsync(first, cancellationToken);
        }
        int before;
        using (var second = await StartAsync(client, cancellationToken))
        {
            var preview = await client.WhenAsync(address, "preview", "refused");
            Assert.That(preview.Counts().Refused, Is.EqualTo(summary.Rows - summary.Valid));
            using var commit = await client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null, cancellationToken);
            before = await WhenAsync("SELECT COUNT(*) FROM Enrollments", 1_000, cancellationToken);
            await KillAsync(second, cancellationToken);
        }
        var left = await CountAsync("SELECT COUNT(*) FROM Enrollments", cancellationToken);
        Assert.That(left, Is.GreaterThanOrEqualTo(before).And.LessThan(summary.Valid * 0.95), "the process was killed in the middle");
        Assert.That(await CountAsync("SELECT COUNT(*) FROM Participants", cancellationToken), Is.EqualTo(left), "a chunk is there as a whole or not at all");

        int registered;
        using (var third = await StartAsync(client, cancellationToken))
        {
            var done = await client.WhenAsync(address, "done");
            var counts = done.Counts();
            Assert.That(counts.Rows, Is.EqualTo(summary.Rows));
            Assert.That(counts.New + counts.Possible, Is.EqualTo(summary.Valid), "good rows are registered, or wait for a person's decision");
            Assert.That(await CountAsync("SELECT COUNT(*) FROM Enrollments WHERE ImportId IS NOT NULL", cancellationToken), Is.EqualTo(counts.New));
            Assert.That(await CountAsync("SELECT COUNT(*) FROM Participants", cancellationToken), Is.EqualTo(counts.New));
            Assert.That(await CountAsync("SELECT COUNT(DISTINCT ParticipantId) FROM Enrollments", cancellationToken), Is.EqualTo(counts.New));
            Assert.That(await CountAsync("SELECT SUM(Taken) FROM Groups", cancellationToken), Is.EqualTo(counts.New), "places taken");
            Assert.That(await CountAsync("SELECT COUNT(*) FROM Guardianships", cancellationToken), Is.EqualTo(counts.New));
            Assert.That(
                await CountAsync("SELECT COUNT(*) FROM (SELECT MassarCode FROM Participants WHERE MassarCode IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1)", cancellationToken),
                Is.Zero, "nobody twice");

            registered = counts.New;
            using var undo = await client.DeleteAsync(new Uri(address, UriKind.Relative), cancellationToken);
            Assert.That((int)undo.StatusCode, Is.EqualTo(202), await undo.Content.ReadAsStringAsync(cancellationToken));
            await WhenAsync(Withdrawn, 500, cancellationToken);
            await KillAsync(third, cancellationToken);
        }
        Assert.That(await CountAsync(Withdrawn, cancellationToken), Is.GreaterThanOrEqualTo(500).And.LessThan(registered), "the undo was killed in the middle");

        using (var fourth = await StartAsync(client, cancellationToken))
        {
            var undone = await client.WhenAsync(address, "undone");
            Assert.That(undone.GetProperty("withdrawn").GetInt32(), Is.EqualTo(registered));
            Assert.That(await CountAsync("SELECT COUNT(*) FROM Enrollments WHERE Slot = 0", cancellationToken), Is.Zero);
            Assert.That(await CountAsync(Withdrawn, cancellationToken), Is.EqualTo(registered), "each once");
            Assert.That(await CountAsync("SELECT SUM(Taken) FROM Groups", cancellationToken), Is.Zero, "places given back");
            await KillAsync(fourth, cancellationToken);
        }
    }

    private const string Withdrawn = "SELECT COUNT(*) FROM EnrollmentChanges WHERE Reason = 'importUndone'";

    private async Task<Process> StartAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = client.BaseAddress!.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Storage__Root"] = storage;
        start.Environment["Access__BootstrapKey"] = TrainingApplication.BootstrapKey;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Assert.That(process.HasExited, Is.False, "the application must start");
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        return process;
    }

    private static async Task KillAsync(Process process, CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    private async Task<int> WhenAsync(string sql, int atLeast, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        int count;
        do count = await CountAsync(sql, cancellationToken);
        while (count < atLeast && await timer.WaitForNextTickAsync(cancellationToken));
        return count;
    }

    private async Task<int> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), null);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
