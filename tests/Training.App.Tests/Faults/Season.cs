using System.Text.Json;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Imports;

namespace Training.App.Tests.Faults;

/// <summary>What clubs do in a season, in small: groups, children, lists, sessions, marks; and what must be there afterwards.</summary>
internal sealed class Season(Persistent client)
{
    public const int Children = 3;
    public const int Sessions = 2;
    private const int ListRows = 30;

    /// <summary>Lists fill whatever group has room: in small ones the club's own children came to wait, and no session could be marked.</summary>
    private const int Capacity = 500;

    private int clubs;
    private int listed;

    public int Clubs => clubs;

    /// <summary>Children registered by lists.</summary>
    public int Listed => listed;

    /// <summary>One group from its opening to its certificates; every second one sends a list too.</summary>
    /// <param name="number">Which; no two are alike.</param>
    public async Task PlayAsync(int number)
    {
        var group = (await client.PostAsync(
            "/api/groups", new { site = "RSB", edition = "football-2026", name = $"Club {number}", capacity = Capacity }, $"club-{number}")).Text("group");
        var list = number % 2 == 0 ? ImportAsync(number) : Task.CompletedTask;
        var enrollments = new List<string>();
        for (var i = 0; i < Children; i++) enrollments.Add(await RegisterAsync(number * Children + i, group!));
        for (var i = 0; i < Sessions; i++) await HoldAsync($"{number}-{i}", group!, new DateOnly(2026, 11, 18).AddDays(i), enrollments);
        await list;
        Interlocked.Increment(ref clubs);
    }

    private async Task<string> RegisterAsync(int number, string group)
    {
        var body = Bodies.Child(number);
        body["group"] = group;
        // Names are few and repeat: a person has looked, and says that it is another child.
        body["duplicateDecision"] = "notADuplicate";
        return (await client.PostAsync("/api/enrollments", body, $"child-{number}")).Text("enrollment")!;
    }

    private async Task HoldAsync(string name, string group, DateOnly date, List<string> enrollments)
    {
        var session = (await client.PostAsync(
            "/api/sessions", new { group, kind = "workshop", date = $"{date:yyyy-MM-dd}", start = "10:00", minutes = 360, modules = Workshop.Mandatory, alongside = true },
            $"session-{name}")).Text("session");
        var marks = enrollments.Select((enrollment, i) => new
        {
            markId = new Guid(HashOf($"{name}-{i}")), enrollment, status = "present", capturedAt = $"{date:yyyy-MM-dd}T10:05:00Z", baseVersion = 1,
        }).ToArray();
        var answer = await client.PutAsync($"/api/sessions/{session}/attendance", new { marks });
        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(marks.Length), answer.ToString());
        await client.PostAsync($"/api/sessions/{session}/close", new { evenIfNobodyMarked = false }, $"close-{name}");
    }

    private async Task ImportAsync(int number)
    {
        var first = 200_000 + number * ListRows;
        var id = (await client.UploadAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(ListRows, first)}", $"list-{number}")).Text("id");
        var preview = await client.UntilAsync($"/api/imports/{id}", import => Status(import) is "preview" or "refused" or "needsMapping" or "committing" or "done");
        Assert.That(Status(preview), Is.EqualTo("preview"), preview.ToString());
        await client.PostAsync($"/api/imports/{id}/commit", null, $"commit-{number}");
        var done = await client.UntilAsync($"/api/imports/{id}", import => Status(import) == "done");
        Interlocked.Add(ref listed, done.GetProperty("new").GetInt32());
    }

    private static string? Status(JsonElement import) => import.Text("status");

    private static byte[] HashOf(string name) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))[..16];
}
