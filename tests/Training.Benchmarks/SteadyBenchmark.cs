using System.Diagnostics;
using System.Globalization;

namespace Training.Benchmarks;

/// <summary>
/// Registrations at a constant rate while a list of 200,000 rows goes in: each is due at its moment and waits from then on, whether or
/// not those before it were answered, as people do.
/// </summary>
internal static class SteadyBenchmark
{
    private const int Count = 24_000;
    private const int PerSecond = 50;

    /// <summary>More than are ever due at once: a free one takes the next that is due.</summary>
    private const int Clients = 64;

    /// <summary>Bodies that no other part of the run has sent.</summary>
    private const int First = 600_000;

    public static async Task RunAsync(ResultTable table)
    {
        var list = Path.GetTempFileName();
        try
        {
            ImportBenchmark.WriteList(list);
            await using var app = await ServerProcess.StartAppAsync();
            await ImportBenchmark.WarmAsync(app);
            var requests = Enumerable.Range(First, Count).Select(i => HttpLoad.Post("/api/enrollments", RegistrationBenchmark.Body(i))).ToArray();
            var watch = Stopwatch.StartNew();
            var running = HttpLoad.RunAsync(app.Address, requests, Clients, PerSecond);

            // The list comes once the half of them is in.
            await Task.Delay(TimeSpan.FromSeconds(Count / PerSecond / 2.0));
            var began = watch.Elapsed;
            var address = await ImportBenchmark.UploadAsync(app, list);
            await ImportBenchmark.UntilAsync(app, address, "preview");
            (await app.Client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null)).EnsureSuccessStatusCode();
            await ImportBenchmark.UntilAsync(app, address, "done");
            var took = watch.Elapsed - began;
            var run = await running;

            table.Add(
                $"{Count} registrations at {PerSecond} a second, a list of 200,000 rows among them",
                string.Create(CultureInfo.InvariantCulture, $"p50 {run.P50:F1} ms, p99 {run.P99:F1} ms, max {run.Max:F0} ms, refused {run.Failed}; the list {took.TotalSeconds:F1} s"),
                "",
                "",
                "p99 <= 250 ms");
        }
        finally
        {
            File.Delete(list);
        }
    }
}
