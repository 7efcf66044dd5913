using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Training.App.Tests.Modules.Enrollments;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>One group with its children, in an application of its own: what a coach does with it, in a coach's words.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    /// <summary>Every mandatory module of the football track.</summary>
    public static readonly string[] Mandatory = ["ai-basics", "ethics", "safety"];

    private readonly List<Youth> youths = [];

    private Workshop(TrainingApplication app, HttpClient staff, string group) => (App, Staff, Group) = (app, staff, group);

    public TrainingApplication App { get; }

    /// <summary>A machine that sees the whole country.</summary>
    public HttpClient Staff { get; }

    public string Group { get; }

    public IReadOnlyList<Youth> Youths => youths;

    public static async Task<Workshop> OpenAsync(int children, TrainingApplication? app = null)
    {
        app ??= new TrainingApplication();
        var staff = app.Nation();
        var opened = await staff.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = $"Group {Guid.NewGuid():N}", capacity = 100 });
        var workshop = new Workshop(app, staff, (await ReadAsync(opened)).GetProperty("group").GetString()!);
        for (var i = 0; i < children; i++) await workshop.RegisterAsync(i);
        return workshop;
    }

    public async Task<Youth> RegisterAsync(int number, Action<JsonObject>? change = null)
    {
        var body = Bodies.Child(number);
        body["group"] = Group;
        change?.Invoke(body);
        var answer = await TrainingApplication.RegisterAsync(Staff, body);
        var youth = new Youth(
            answer.GetProperty("enrollment").GetString()!, answer.GetProperty("participant").GetString()!,
            answer.GetProperty("claimCode").GetString()!, body["participant"]!["birthDate"]!.GetValue<string>());
        youths.Add(youth);
        return youth;
    }

    /// <summary>A session of the last days that covers the modules.</summary>
    public async Task<string> HoldAsync(int minutes = 90, string date = "2026-11-20", params string[] modules)
    {
        using var answer = await Staff.PostAsJsonAsync(
            "/api/sessions", new { group = Group, kind = "workshop", date, start = "10:00", minutes, modules, alongside = true });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await ReadAsync(answer)).GetProperty("session").GetString()!;
    }

    /// <summary>Marks children and answers the server's answer, which must be 200.</summary>
    public async Task<JsonElement> MarkAsync(string session, params object[] marks)
    {
        using var answer = await Staff.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    /// <summary>Everyone was there.</summary>
    public Task<JsonElement> AllPresentAsync(string session) => MarkAsync(session, [.. youths.Select(youth => Mark(youth))]);

    /// <summary>Closes a session, also one in which nobody has a mark.</summary>
    public async Task<JsonElement> CloseAsync(string session)
    {
        using var answer = await Staff.PostAsJsonAsync($"/api/sessions/{session}/close", new { evenIfNobodyMarked = true });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    /// <summary>Ten hours with every mandatory module: all that the edition asks of everybody.</summary>
    public async Task CompleteAsync()
    {
        foreach (var date in (string[])["2026-11-18", "2026-11-19"])
        {
            var session = await HoldAsync(360, date, Mandatory);
            await AllPresentAsync(session);
            await CloseAsync(session);
        }
    }

    public async Task<JsonElement> RosterAsync(string session) => await ReadAsync(await Staff.GetAsync($"/api/sessions/{session}/roster"));

    public static object Mark(
        Youth youth, string status = "present", int baseVersion = 1, string? markId = null, string capturedAt = "2026-11-20T10:05:00Z") => new
        {
            markId = markId ?? Guid.NewGuid().ToString(),
            enrollment = youth.Enrollment,
            status,
            capturedAt,
            baseVersion,
        };

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Staff.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>What registration said of a child.</summary>
internal sealed record Youth(string Enrollment, string Participant, string ClaimCode, string BirthDate);
