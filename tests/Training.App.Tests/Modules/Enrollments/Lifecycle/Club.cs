using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Enrollments.Lifecycle;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>A club with one small group, spoken to as its coach.</summary>
internal sealed class Club(TrainingApplication app, HttpClient coach, string site, string group)
{
    private static int children;

    public HttpClient Coach { get; } = coach;

    public string Group { get; } = group;

    /// <summary>A club whose group has this many places.</summary>
    public static async Task<Club> OpenAsync(TrainingApplication app, string site, int capacity, string name = "U13")
    {
        var coach = await app.SiteAsync(site);
        var answer = await coach.PostAsJsonAsync("/api/groups", new { site, edition = "football-2026", name, capacity });
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        return new Club(app, coach, site, (await answer.JsonAsync()).Text("group")!);
    }

    /// <summary>Registers another child in the group.</summary>
    public async Task<(string Enrollment, string Participant, string Status)> RegisterAsync(bool consented = true)
    {
        var body = Bodies.Child(Interlocked.Increment(ref children), site);
        body["group"] = Group;
        body["duplicateDecision"] = "notADuplicate";
        if (!consented) body["consents"] = new JsonArray();
        var answer = await TrainingApplication.RegisterAsync(Coach, body);
        return (answer.Text("enrollment")!, answer.Text("participant")!, answer.Text("status")!);
    }

    /// <summary>Does an act and answers its body, which must be a success.</summary>
    public Task<JsonElement> ActAsync(string address, object? body = null) => ActAsync(Coach, address, body);

    public static async Task<JsonElement> ActAsync(HttpClient client, string address, object? body = null)
    {
        var answer = await client.PostAsJsonAsync(address, body ?? new { });
        Assert.That((int)answer.StatusCode, Is.InRange(200, 201), $"{address}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    /// <summary>Does an act that must be refused, and answers status and code.</summary>
    public Task<(int Status, string? Code)> RefusedAsync(string address, object? body = null) => RefusedAsync(Coach, address, body);

    public static async Task<(int Status, string? Code)> RefusedAsync(HttpClient client, string address, object? body = null)
    {
        var answer = await client.PostAsJsonAsync(address, body ?? new { });
        return ((int)answer.StatusCode, await answer.CodeAsync());
    }

    public async Task<JsonElement> LookAsync(string enrollment)
    {
        var answer = await Coach.GetAsync(new Uri($"/api/enrollments/{enrollment}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return await answer.JsonAsync();
    }

    public static bool HasOffer(JsonElement enrollment) => enrollment.GetProperty("offerExpiresAt").ValueKind != JsonValueKind.Null;

    /// <summary>Acts of an enrollment's history, the latest first.</summary>
    public async Task<string?[]> HistoryAsync(string enrollment) =>
        [.. (await LookAsync(enrollment)).GetProperty("history").EnumerateArray().Select(line => line.Text("act"))];

    public async Task<int> TakenAsync() =>
        (await Coach.ItemsAsync($"/api/groups?site={site}&edition=football-2026")).Single(row => row.Text("id") == Group).GetProperty("taken").GetInt32();

    public Task<JsonElement> WithdrawAsync(string enrollment, string reason = "moved") =>
        ActAsync($"/api/enrollments/{enrollment}/withdraw", new { reason });

    /// <summary>What the worker does every half minute.</summary>
    public Task<(int Lapsed, int Offered)> SweepAsync() =>
        app.InsideAsync(services => services.GetRequiredService<OfferSweep>().RunAsync(CancellationToken.None));
}
