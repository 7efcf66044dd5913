using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Training.Benchmarks;

/// <summary>Finding one child among 250,000, by a misspelt name in either script and by code, beside an empty endpoint under the same load.</summary>
internal static partial class SearchBenchmark
{
    private const int People = 250_000;
    private const int Names = 3_000;
    private const int Codes = 20_000;

    /// <summary>Fifty people at a desk, each with ten codes a second: far more than anybody types or scans.</summary>
    private const int CodesPerSecond = 500;

    private const string Club = "RSB";

    public static async Task RunAsync(ResultTable table)
    {
        var storage = Directory.CreateTempSubdirectory("training-bench-").FullName;
        await PublishedApp.RunAsync(storage, "seed", "load", "--participants", People.ToString(CultureInfo.InvariantCulture));
        var made = await PublishedApp.RunAsync(storage, "api-key", "create", "--organisation", "Benchmark", "--site", Club);
        var clubKey = ApiKey().Match(made).Value;

        LoadResult floorOf20, floorOf50;
        await using (var server = await ServerProcess.StartFloorAsync())
        {
            var request = HttpLoad.Get("/health/live");
            await HttpLoad.RunAsync(server.Address, Repeat([request], 20_000), 20);
            floorOf20 = await HttpLoad.RunAsync(server.Address, Repeat([request], 100_000), 20);
            floorOf50 = await HttpLoad.RunAsync(server.Address, Repeat([request], 100_000), 50);
        }
        await using var app = await ServerProcess.StartAppAsync(storage);
        var names = MisspeltNames.Make(Names);
        var codes = await CodesAsync(app.Client);
        foreach (var (scope, key) in (IEnumerable<(string, string)>)[("nation", ServerProcess.Key), ("club", clubKey)])
            await MeasureAsync(table, app, $"misspelt name, {scope}, 20 clients", [.. names.Select(name => Search(name, key))], Names, 20, floorOf20, "p90 <= 150 ms");
        byte[][] byCode = [.. codes.Select(code => Search(code, ServerProcess.Key))];
        await MeasureAsync(table, app, "code, nation, 50 clients without a pause", byCode, Codes, 50, floorOf50, "");
        await MeasureAsync(table, app, "code, nation, 50 clients, 500 a second", byCode, Codes / 2, 50, floorOf50, "p90 <= 10 ms", CodesPerSecond);
    }

    private static async Task MeasureAsync(
        ResultTable table, ServerProcess app, string what, byte[][] requests, int count, int clients, LoadResult floor, string bar,
        double? perSecond = null)
    {
        await HttpLoad.RunAsync(app.Address, Repeat(requests, count / 2), clients, perSecond);
        var used = app.ProcessorTime();
        var run = await HttpLoad.RunAsync(app.Address, Repeat(requests, count), clients, perSecond);
        used = app.ProcessorTime() - used;
        if (run.Failed > 0) throw new InvalidOperationException($"{run.Failed} searches failed.");
        table.Add(
            what,
            string.Create(CultureInfo.InvariantCulture, $"p50 {run.P50:F1} ms, p90 {run.P90:F1} ms, p99 {run.P99:F1} ms, {run.PerSecond:F0}/s, {used.TotalMilliseconds / count:F2} ms of processor each"),
            string.Create(CultureInfo.InvariantCulture, $"p90 {floor.P90:F1} ms, {floor.PerSecond:F0}/s empty endpoint"),
            string.Create(CultureInfo.InvariantCulture, $"{run.P90 / floor.P90:F1} of p90"),
            bar);
    }

    private static byte[] Search(string typed, string key) =>
        HttpLoad.Post("/api/participants/search", JsonSerializer.Serialize(new { q = typed }), key);

    private static byte[][] Repeat(byte[][] requests, int count) => [.. Enumerable.Range(0, count).Select(i => requests[i % requests.Length])];

    /// <summary>Codes of children from all over the country, as the answers write them.</summary>
    private static async Task<string[]> CodesAsync(HttpClient client)
    {
        var codes = new List<string>();
        for (string? cursor = ""; cursor is not null && codes.Count < 2_000;)
        {
            var part = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/participants?cursor={cursor}", UriKind.Relative));
            codes.AddRange(part.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("participant").GetString()!));
            cursor = part.GetProperty("next").GetString();
        }
        return [.. codes];
    }

    [GeneratedRegex(@"trn_[\w-]+")]
    private static partial Regex ApiKey();
}
