using System.Diagnostics;
using System.Globalization;
using Training.App.Modules.Reporting;
using Training.App.Platform.Localization;

namespace Training.Benchmarks;

/// <summary>A report of 200,000 rows as a workbook, written to a file row by row, beside writing the same bytes to a file.</summary>
internal static class ExportBenchmark
{
    private const int Rows = 200_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static void Run(ResultTable table)
    {
        var (path, copy) = (Path.GetTempFileName(), Path.GetTempFileName());
        var texts = new Texts();
        Write(path, Report(2_000), texts); // The compiler's turn.
        var empty = Memory();
        var report = Report(Rows);
        var held = Memory() - empty;

        using var end = new CancellationTokenSource();
        var peak = Task.Run(() => PeakAsync(end.Token));
        var watch = Stopwatch.StartNew();
        Write(path, report, texts);
        var taken = watch.Elapsed;
        end.Cancel();
        var most = peak.Result - empty;
        GC.KeepAlive(report);

        var bytes = File.ReadAllBytes(path);
        watch.Restart();
        File.WriteAllBytes(copy, bytes);
        var floor = watch.Elapsed;
        File.Delete(path);
        File.Delete(copy);
        table.Add(
            "report of 200,000 rows as a workbook",
            string.Create(CultureInfo.InvariantCulture, $"{taken.TotalSeconds:F1} s, {bytes.Length / 1e6:F1} MB file, at most {most / 1e6:F0} MB more than before ({held / 1e6:F0} MB of it the figures)"),
            string.Create(CultureInfo.InvariantCulture, $"{floor.TotalMilliseconds:F0} ms raw file write"),
            string.Create(CultureInfo.InvariantCulture, $"{taken / floor:F0}"),
            "<= 10 s, <= 150 MB");
    }

    private static void Write(string path, AttendanceReport.Response report, Texts texts)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 128 * 1024);
        ReportWorkbook.Write(report, texts, file);
    }

    private static AttendanceReport.Response Report(int rows) => new(
        DateTimeOffset.UnixEpoch, new AttendanceReport.Completeness(rows, rows), null, Item(0), [.. Enumerable.Range(1, rows).Select(Item)]);

    /// <summary>A group in a month, as a large report has them.</summary>
    private static AttendanceReport.Item Item(int i)
    {
        string[] keys = [$"g{i:0000000}", string.Create(CultureInfo.InvariantCulture, $"2026-{i % 12 + 1:00}")];
        return new AttendanceReport.Item(
            $"{keys[0]}/{keys[1]}", $"Maison de jeunes {i % 900} · Groupe {i % 40} · octobre 2026", new Dictionary<string, string> { ["group"] = keys[0], ["month"] = keys[1] },
            null, null, null, null, 250 + i % 50, 200 + i % 40, 0.8124, false)
        {
            Sessions = new AttendanceReport.SessionFigures(12, 11, 10 + i % 2, 16.5),
            Marks = new AttendanceReport.MarkFigures(190 + i % 30, 10 + i % 9, 20, 30 + i % 7),
        };
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task<long> PeakAsync(CancellationToken end)
    {
        long most = 0;
        using var timer = new PeriodicTimer(LookEvery);
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return most;
    }
}
