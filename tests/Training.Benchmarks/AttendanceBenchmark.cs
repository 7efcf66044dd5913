using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Training.Benchmarks;

/// <summary>Twenty-five marks in one request over HTTP beside an empty endpoint, 32 clients, durable commits.</summary>
internal static class AttendanceBenchmark
{
    private const int Clients = 32;
    private const int Groups = 100;
    private const int Children = 25;
    private const int SessionsOfGroup = 200;
    private const int Warm = 5_000;

    public static async Task RunAsync(ResultTable table)
    {
        LoadResult floor;
        await using (var server = await ServerProcess.StartFloorAsync())
        {
            var request = HttpLoad.Post("/empty", "{}");
            await HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, 50_000).ToArray(), Clients);
            floor = await HttpLoad.RunAsync(server.Address, Enumerable.Repeat(request, 200_000).ToArray(), Clients);
        }
        await using var app = await ServerProcess.StartAppAsync();
        var requests = await PrepareAsync(app);
        await HttpLoad.RunAsync(app.Address, requests[..Warm], Clients);
        var run = await HttpLoad.RunAsync(app.Address, requests[Warm..], Clients);
        if (run.Failed > 0) throw new InvalidOperationException($"{run.Failed} requests were refused.");

        table.Add(
            $"attendance of {Children} marks, {Clients} clients",
            string.Create(CultureInfo.InvariantCulture, $"{run.PerSecond:F0}/s, p50 {run.P50:F1} ms, p99 {run.P99:F1} ms, max {run.Max:F0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{floor.PerSecond:F0}/s empty endpoint"),
            string.Create(CultureInfo.InvariantCulture, $"{run.PerSecond / floor.PerSecond:F3}"),
            "later >= 0.08, p99 <= 30 ms");
    }

    /// <summary>One request a session: everybody's first mark. Sessions of different groups alternate, as in real life.</summary>
    private static async Task<byte[][]> PrepareAsync(ServerProcess app)
    {
        var enrollments = new string[Groups][];
        var sessions = new string[Groups][];
        for (var group = 0; group < Groups; group++)
        {
            var id = await AnswerAsync(app, "/api/groups", $$"""{ "site": "RSB", "edition": "football-2026", "name": "B{{group}}", "capacity": 40 }""", "group");
            enrollments[group] = new string[Children];
            for (var child = 0; child < Children; child++)
                enrollments[group][child] = await AnswerAsync(app, "/api/enrollments", Child(id, group * Children + child), "enrollment");
            var bodies = Enumerable.Range(0, SessionsOfGroup).Select(i => HttpLoad.Post("/api/sessions", Session(id, i))).ToArray();
            await HttpLoad.RunAsync(app.Address, bodies, 8);
            var list = await app.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/sessions?group={id}", UriKind.Relative));
            sessions[group] = [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("session").GetString()!)];
        }
        return [.. from i in Enumerable.Range(0, SessionsOfGroup)
                   from @group in Enumerable.Range(0, Groups)
                   select HttpLoad.Post($"/api/sessions/{sessions[@group][i]}/attendance", Marks(enrollments[@group]), method: "PUT")];
    }

    private static async Task<string> AnswerAsync(ServerProcess app, string path, string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(text);
        return JsonDocument.Parse(text).RootElement.GetProperty(field).GetString()!;
    }

    private static string Child(string group, int number) => $$"""
        { "edition": "football-2026", "site": "RSB", "group": "{{group}}",
          "participant": { "givenName": "Adam", "familyName": "Bennani", "birthDate": "{{new DateOnly(2009, 1, 1).AddDays(number):yyyy-MM-dd}}", "sex": "male" },
          "guardians": [ { "name": "Samira Bennani", "relationship": "mother", "phone": "06{{number:D8}}" } ],
          "consents": [], "duplicateDecision": "notADuplicate" }
        """;

    private static string Session(string group, int number) => $$"""
        { "group": "{{group}}", "kind": "training", "date": "{{new DateOnly(2026, 9, 20).AddDays(number % 60):yyyy-MM-dd}}", "start": "{{10 + 2 * (number / 60)}}:00", "minutes": 90, "modules": ["ethics"] }
        """;

    private static string Marks(string[] enrollments) => "{\"marks\":[" + string.Join(",", enrollments.Select(enrollment =>
        $$"""{"markId":"{{Guid.NewGuid()}}","enrollment":"{{enrollment}}","status":"present","capturedAt":"2026-11-20T10:05:00Z","baseVersion":1}""")) + "]}";
}
