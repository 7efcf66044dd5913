using System.Globalization;

namespace Training.Benchmarks;

/// <summary>How long a coach waits who registers one child after the other while 200,000 rows go in.</summary>
internal static class CoachBenchmark
{
    private const int PartSize = 10;

    /// <summary>Bodies that no other part of the run has sent.</summary>
    private const int First = 500_000;

    public static async Task RunAsync(ResultTable table)
    {
        var list = Path.GetTempFileName();
        try
        {
            ImportBenchmark.WriteList(list);
            await using var app = await ServerProcess.StartAppAsync();
            await ImportBenchmark.WarmAsync(app);
            await HttpLoad.RunAsync(app.Address, Requests(First - 3_000, 3_000), 8);
            var alone = await HttpLoad.RunAsync(app.Address, Requests(First - 4_000, 500), 1);

            var address = await ImportBenchmark.UploadAsync(app, list);
            var latencies = new List<LoadResult>();
            var importing = ImportAsync(app, address);
            for (var sent = 0; !importing.IsCompleted; sent += PartSize)
                latencies.Add(await HttpLoad.RunAsync(app.Address, Requests(First + sent, PartSize), 1));
            await importing;

            // Of ten requests the longest stands for all: the share of waits beyond it is at most what is printed.
            var longest = latencies.Select(part => part.Max).Order().ToArray();
            table.Add(
                "a coach's single registration during an import",
                string.Create(CultureInfo.InvariantCulture, $"{latencies.Count * PartSize} registrations, p90 of the longest of ten {longest[(int)(0.9 * (longest.Length - 1))]:F0} ms, max {longest[^1]:F0} ms, refused {latencies.Sum(part => part.Failed)}"),
                string.Create(CultureInfo.InvariantCulture, $"alone p99 {alone.P99:F1} ms, max {alone.Max:F0} ms"),
                "",
                "p99 <= 250 ms, max 300 ms");
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static async Task ImportAsync(ServerProcess app, string address)
    {
        await ImportBenchmark.UntilAsync(app, address, "preview");
        (await app.Client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null)).EnsureSuccessStatusCode();
        await ImportBenchmark.UntilAsync(app, address, "done");
    }

    private static byte[][] Requests(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => HttpLoad.Post("/api/enrollments", RegistrationBenchmark.Body(i)))];
}
