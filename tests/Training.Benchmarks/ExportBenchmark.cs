using System.Diagnostics;
using System.Globalization;
using Training.App.Modules.Reporting;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Scope;
using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.Benchmarks;

/// <summary>A report of 200,000 rows as a workbook, written to a file row by row, beside writing the same bytes to a file.</summary>
internal static class ExportBenchmark
{
    private const int Months = 10;
    private const int Groups = 20_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static void Run(ResultTable table)
    {
        var (path, copy) = (Path.GetTempFileName(), Path.GetTempFileName());
        var texts = new Texts();
        Write(path, Report(200), texts); // The compiler's turn.
        var empty = Memory();

        using var end = new CancellationTokenSource();
        var peak = Task.Run(() => PeakAsync(end.Token));
        var watch = Stopwatch.StartNew();
        var report = Report(Groups);
        var counted = watch.Elapsed;
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
            string.Create(CultureInfo.InvariantCulture, $"{taken.TotalSeconds:F1} s ({counted.TotalSeconds:F1} s of it deciding what is withheld), {bytes.Length / 1e6:F1} MB file, at most {most / 1e6:F0} MB more than before"),
            string.Create(CultureInfo.InvariantCulture, $"{floor.TotalMilliseconds:F0} ms raw file write"),
            string.Create(CultureInfo.InvariantCulture, $"{taken / floor:F0}"),
            "<= 10 s, <= 150 MB");
    }

    private static void Write(string path, AttendanceReport.Response report, Texts texts)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 128 * 1024);
        ReportWorkbook.Write(report, texts, file);
    }

    /// <summary>Groups by months as their figures are read: what small ones give away is withheld, and each row is written when it is asked for.</summary>
    private static AttendanceReport.Response Report(int groups)
    {
        var edition = new Edition
        {
            Id = 1, Code = "football-2026", Track = Track.Football, NameFr = "Saison", NameAr = "الموسم", StartsOn = new DateOnly(2026, 9, 1),
            EndsOn = new DateOnly(2027, 6, 30), AgeMin = 8, AgeMax = 18, AgeReferenceDate = new DateOnly(2026, 12, 31), Target = 200_000, DefaultGroupCapacity = 30, Completion = new CompletionRule(75, AllMandatoryModules: true),
            CertificateTextFr = "", CertificateTextAr = "", IssuerFr = "", IssuerAr = "",
        };
        var selection = new ReportSelection([edition], [ReportDimension.Group, ReportDimension.Month]);
        var names = Enumerable.Range(1, groups).Select(i => new ReportName(i, OpaqueId.Group(i), $"Maison de jeunes {i % 900} · Groupe {i % 40}")).ToArray();
        var months = Enumerable.Range(1, Months).Select(i => new ReportName(i, string.Create(CultureInfo.InvariantCulture, $"2026-{i:00}"), "octobre 2026")).ToArray();
        var (figures, rows) = (new Dictionary<CellKey, Figures>(), new List<ReportRow>(groups * Months));
        foreach (var name in names)
        {
            foreach (var month in months)
            {
                var key = new CellKey(name.Id, month.Id);
                rows.Add(new ReportRow(key, name, month));
                figures.Add(key, new Figures
                {
                    OnTime = 190 + (name.Id + month.Id) % 30, Late = 6 + name.Id % 9, Excused = name.Id % 20, Absent = 30 + name.Id % 7,
                    Sessions = 12, Held = 11, Closed = 10, Minutes = 990,
                });
            }
        }
        var total = figures.Values.Aggregate(default(Figures), (sum, row) => sum + row);
        var shown = new ShownFigures(new SmallCells(5), hasEnrollments: false, population: int.MaxValue);
        var grid = shown.Cross(figures, key => new CellKey(key.A), key => key.B, shown.Add(total));
        shown.Settle();
        var withheld = figures.Keys.Select(key => (key, Measures: shown.Withheld(grid.Rows[key]))).Where(row => row.Measures.Length > 0)
            .ToDictionary(row => row.key, row => row.Measures);
        return new AttendanceReport.Response(
            DateTimeOffset.UnixEpoch, new AttendanceReport.Completeness(groups, groups), null,
            new ReportItem(selection, total, []).Write(["total"], "Total", null),
            new ReportRows(selection, rows, figures, withheld, new ReportTargets(selection, null!, AccessScope.Whole)));
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
