using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Certificates;
using Training.Pdf.Tests;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>
/// A whole season's certificates in one run of the whole application, sealed: judged, promised, drawn, sealed, stored. Memory is read at
/// each fifth. <c>TRAINING_TEST_CERTIFICATES</c> makes it smaller or larger than 50,000.
/// </summary>
[TestFixture]
[Category("Long")]
[NonParallelizable]
internal sealed class IssuingAtScaleTests
{
    private const int Parts = 5, Kilobyte = 1024;

    /// <summary>What the last fifth may take more than the second: pages of a database that has grown, kept in its cache of a set size.</summary>
    private const double GrowthMax = 1.10;

    private readonly string storage = System.IO.Directory.CreateTempSubdirectory("training-issue-").FullName;

    [OneTimeTearDown]
    public void Clean()
    {
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    [Test, CancelAfter(7_200_000)]
    public async Task A_season_is_issued_in_one_run_without_memory_growth()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("TRAINING_TEST_CERTIFICATES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 50_000;
        var (latin, arabic) = (ReferenceNames.Latin, ReferenceNames.Arabic);
        await EarnedSeason.FillAsync(storage, count, i => (
            latin[i % latin.Count], latin[i / latin.Count % latin.Count], arabic[i % arabic.Count], arabic[i / arabic.Count % arabic.Count]));
        using var key = SealKeys.Make();
        var seal = SealKeys.File(key.Export(X509ContentType.Pkcs12, "test"));

        await using var app = await AppProcess.StartAsync(storage, ("Certificates__SealFile", seal), ("Certificates__SealPassword", "test"));
        var (clock, memory) = (Stopwatch.StartNew(), new List<double>());
        for (var part = 1; part <= Parts; part++)
        {
            var until = (int)((long)count * part / Parts);
            await Poll.UntilAsync(async () => await IssuedAsync() >= until, async () => $"{await IssuedAsync()} of {count} are issued", TimeSpan.FromHours(1));
            memory.Add(Megabytes(app.Id, "VmRSS:"));
            await TestContext.Progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{until:N0} issued after {clock.Elapsed.TotalSeconds:N0} s: {until / clock.Elapsed.TotalSeconds:N0}/s, {until / Processor(app.Id).TotalSeconds:N0} per core-second, resident {memory[^1]:N0} MB, peak {Megabytes(app.Id, "VmHWM:"):N0} MB"));
        }
        var (mean, largest, plain) = await SizesAsync();
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} certificates, {count / clock.Elapsed.TotalSeconds:N0}/s, {count / Processor(app.Id).TotalSeconds:N0} per core-second; resident {string.Join(" / ", memory.Select(part => $"{part:N0}"))} MB; sealed mean {mean / 1000:N1} KB, largest {largest / 1000.0:N1} KB, largest unsealed of 500 {plain / 1000.0:N1} KB"));
        Assert.That(memory[^1], Is.LessThan(memory[1] * GrowthMax), "memory grows");
        Assert.That(largest, Is.LessThanOrEqualTo(55 * Kilobyte));
        Assert.That(plain, Is.LessThanOrEqualTo(50 * Kilobyte));
    }

    private Task<int> IssuedAsync() => CountAsync($"""SELECT COUNT(*) FROM "Certificates" WHERE "Status" = {(int)CertificateStatus.Issued}""");

    /// <summary>Bytes of the stored documents, and the largest of 500 of them without its seal, which follows the first end of file.</summary>
    private async Task<(double Mean, int Largest, int Plain)> SizesAsync()
    {
        var (mean, largest) = (await CountAsync("""SELECT AVG("FileBytes") FROM "Certificates" """), await CountAsync("""SELECT MAX("FileBytes") FROM "Certificates" """));
        var plain = 0;
        foreach (var file in System.IO.Directory.EnumerateFiles(Path.Combine(storage, "files"), "*", SearchOption.AllDirectories).Take(500))
            plain = Math.Max(plain, (await StoredFiles.ReadAsync(storage, file)).AsSpan().IndexOf("%%EOF"u8) + 6);
        return (mean, largest, plain);
    }

    private async Task<int> CountAsync(string question)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static TimeSpan Processor(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static double Megabytes(int id, string line) => double.Parse(
        File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith(line, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
