using System.Globalization;

namespace Training.Benchmarks;

/// <summary>Figures at 200,000 enrollments and 5 million marks, 20 clients, beside an empty endpoint under the same load.</summary>
internal static class ReportBenchmark
{
    private const int Clients = 20;
    private const int Counted = 4_000;

    public static async Task RunAsync(ResultTable table)
    {
        var storage = Directory.CreateTempSubdirectory("training-bench-").FullName;
        await PublishedApp.RunAsync(storage, "seed", "load", "--participants", "200000", "--sessions", "200000", "--marks", "5000000");

        LoadResult floor;
        await using (var server = await ServerProcess.StartFloorAsync())
            floor = await LoadOf(server, "/health/live");
        await using var app = await ServerProcess.StartAppAsync(storage);
        foreach (var by in (string[])["region", "site&region=04", "group&site=RSB", "month", "ageBand", "region,month", "category,sex"])
        {
            var run = await LoadOf(app, $"/api/reports/attendance?edition=football-2026&by={by}");
            if (run.Failed > 0) throw new InvalidOperationException($"{run.Failed} reports failed.");
            table.Add(
                $"report by {by}, 5 million marks, 20 clients",
                string.Create(CultureInfo.InvariantCulture, $"p50 {run.P50:F1} ms, p90 {run.P90:F1} ms, p99 {run.P99:F1} ms"),
                string.Create(CultureInfo.InvariantCulture, $"p90 {floor.P90:F1} ms empty endpoint"),
                string.Create(CultureInfo.InvariantCulture, $"{run.P90 / floor.P90:F1}"),
                "p90 <= 100 ms");
        }
    }

    private static Task<LoadResult> LoadOf(ServerProcess server, string path)
    {
        var request = HttpLoad.Get(path);
        return HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, Counted).ToArray(), Clients);
    }
}
