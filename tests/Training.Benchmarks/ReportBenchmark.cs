using System.Globalization;

namespace Training.Benchmarks;

/// <summary>
/// Figures and the pages that show them, with 1 and with 10 million marks, 20 clients who ask again as soon as they are answered, beside an
/// empty endpoint under the same load. Each address is asked by all of them, as on the morning of a national meeting; what an address costs
/// when nobody has asked before is the first line of each.
/// </summary>
internal static class ReportBenchmark
{
    private const int Clients = 20;
    private const int Counted = 4_000;
    private const int First = 20;

    private static readonly string[] Addresses =
    [
        Figures("region"), Figures("site&region=04"), Figures("group&site=RSB"), Figures("month"), Figures("ageBand"), Figures("region,month"), Figures("category,sex"),
        "/reports", "/reports?edition=football-2026&region=04", "/reports?edition=football-2026&region=02&site=RSB",
    ];

    public static async Task RunAsync(ResultTable table)
    {
        await RunAsync(table, participants: 250_000, sessions: 40_000, marks: 1_000_000);
        await RunAsync(table, participants: 250_000, sessions: 400_000, marks: 10_000_000);
    }

    private static async Task RunAsync(ResultTable table, int participants, int sessions, int marks)
    {
        Console.Error.WriteLine($"  {marks / 1_000_000} million marks");
        var storage = Directory.CreateTempSubdirectory("training-bench-").FullName;
        await PublishedApp.RunAsync(storage, "seed", "load", "--participants", Text(participants), "--sessions", Text(sessions), "--marks", Text(marks));

        LoadResult floor;
        await using (var server = await ServerProcess.StartFloorAsync())
            floor = await LoadOf(server, "/health/live", Counted);
        await using var app = await ServerProcess.StartAppAsync(storage);
        foreach (var address in Addresses) await LoadOf(app, address, Counted / 10); // The compiler's turn.
        foreach (var address in Addresses)
        {
            var run = await LoadOf(app, address, Counted);
            if (run.Failed > 0) throw new InvalidOperationException($"{run.Failed} reports failed.");
            // The same question in other words each time: nothing of it is remembered.
            var alone = await HttpLoad.RunAsync(
                app.Address, [.. Enumerable.Range(8, First).Select(i => HttpLoad.Get(Fresh(address, i)))], 1);
            table.Add(
                $"{address}, {marks / 1_000_000} million marks, {Clients} clients",
                string.Create(CultureInfo.InvariantCulture, $"p50 {run.P50:F1} ms, p90 {run.P90:F1} ms, p99 {run.P99:F1} ms; asked first by one: p50 {alone.P50:F1} ms"),
                string.Create(CultureInfo.InvariantCulture, $"p90 {floor.P90:F1} ms empty endpoint"),
                string.Create(CultureInfo.InvariantCulture, $"{run.P90 / floor.P90:F1}"),
                "p90 <= 100 ms");
        }
    }

    private static string Figures(string by) => $"/api/reports/attendance?edition=football-2026&by={by}";

    /// <summary>The same question in words that differ: a name is read with the blanks around it taken off.</summary>
    private static string Fresh(string address, int i) => address.Contains('?', StringComparison.Ordinal)
        ? address.Replace("edition=football-2026", "edition=football-2026" + string.Concat(Enumerable.Repeat("%20", i)), StringComparison.Ordinal)
        : $"{address}?edition=football-2026{string.Concat(Enumerable.Repeat("%20", i))}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task<LoadResult> LoadOf(ServerProcess server, string path, int count)
    {
        var request = HttpLoad.Get(path);
        return HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, count).ToArray(), Clients);
    }
}
