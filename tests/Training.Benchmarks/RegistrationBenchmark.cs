using System.Globalization;

namespace Training.Benchmarks;

/// <summary>A single registration over HTTP beside an empty endpoint, 32 clients, durable commits.</summary>
internal static class RegistrationBenchmark
{
    private const int Clients = 32;
    private const int Warm = 40_000;
    private const int Counted = 40_000;

    public static async Task RunAsync(ResultTable table)
    {
        LoadResult floor;
        await using (var server = await ServerProcess.StartFloorAsync())
        {
            var request = HttpLoad.Post("/empty", Body(0));
            await HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, 50_000).ToArray(), Clients);
            floor = await HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, 200_000).ToArray(), Clients);
        }
        await using var app = await ServerProcess.StartAppAsync();
        var requests = Enumerable.Range(0, Warm + Counted).Select(i => HttpLoad.Post("/api/enrollments", Body(i))).ToArray();
        await HttpLoad.RunAsync(app.Address, requests[..Warm], Clients);
        var used = app.ProcessorTime();
        var run = await HttpLoad.RunAsync(app.Address, requests[Warm..], Clients);
        used = app.ProcessorTime() - used;
        // Some made-up names sound alike; the matcher asks about them, as it should.
        if (run.Failed > Counted / 100) throw new InvalidOperationException($"{run.Failed} registrations were refused.");

        table.Add(
            "single registration, 32 clients",
            string.Create(CultureInfo.InvariantCulture, $"{run.PerSecond:F0}/s, p50 {run.P50:F1} ms, p99 {run.P99:F1} ms, max {run.Max:F0} ms, {used.TotalMicroseconds / Counted:F0} µs of processor each"),
            string.Create(CultureInfo.InvariantCulture, $"{floor.PerSecond:F0}/s empty endpoint"),
            string.Create(CultureInfo.InvariantCulture, $"{run.PerSecond / floor.PerSecond:F3}"),
            ">= 0.05 (later 0.1), p99 <= 40 ms (later 25)");
    }

    /// <summary>Children of different names and birth dates, spread over the clubs as in a real season.</summary>
    internal static string Body(int i)
    {
        var birth = new DateOnly(2008, 9, 2).AddDays((int)((long)i * 7919 % 3600));
        var site = Sites[i % Sites.Length];
        return $$"""
            { "edition": "football-2026", "site": "{{site}}", "group": null,
              "participant": { "givenName": "{{Name(i, 0)}}", "familyName": "{{Name(i, 1)}}", "birthDate": "{{birth:yyyy-MM-dd}}",
                               "sex": "{{(i % 2 == 0 ? "female" : "male")}}" },
              "guardians": [ { "name": "Parent {{Name(i, 1)}}", "relationship": "mother", "phone": "06{{i:D8}}", "noPhone": false, "language": "ar" } ],
              "consents":  [ { "purpose": "participation", "method": "paper", "guardian": 0, "givenOn": "2026-10-01" } ],
              "duplicateDecision": {{(i % 20 == 0 ? "\"notADuplicate\"" : "null")}} }
            """;
    }

    private static readonly string[] Sites = ["RSB", "AS-FAR", "WAC", "RCA"];

    /// <summary>A pronounceable made-up name.</summary>
    private static string Name(int i, int part)
    {
        string[] syllables = ["ba", "ri", "mo", "sa", "ta", "li", "ka", "no", "di", "fa", "za", "wi"];
        var seed = unchecked((uint)i * 2654435761u + (uint)part * 40503u);
        var name = string.Concat(Enumerable.Range(0, 4).Select(n => syllables[(seed >> (n * 7)) % (uint)syllables.Length]));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
