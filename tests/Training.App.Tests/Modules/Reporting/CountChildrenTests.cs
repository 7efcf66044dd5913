using System.Net.Http.Json;
using Training.App.Tests.Modules.Enrollments;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>A child in both tracks is one child.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CountChildrenTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Counts_a_child_of_both_tracks_once()
    {
        await EnrollAsync(children: 8, inBoth: 5);
        using var client = app.Nation();
        var count = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/reports/children");
        Assert.That(
            (count.GetProperty("children").GetInt32(), count.GetProperty("enrollments").GetInt32(), count.GetProperty("inSeveral").GetInt32(), count.GetProperty("suppressed").GetBoolean()),
            Is.EqualTo((8, 13, 5, false)));
    }

    [Test]
    public async Task Withholds_what_would_point_at_a_few()
    {
        await EnrollAsync(children: 8, inBoth: 2);
        using var client = app.Nation();
        var count = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/reports/children");
        Assert.That((count.GetProperty("children").ValueKind, count.GetProperty("inSeveral").ValueKind, count.GetProperty("suppressed").GetBoolean()),
            Is.EqualTo((System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Null, true)));
    }

    [Test]
    public async Task Counts_within_the_callers_perimeter()
    {
        await EnrollAsync(children: 6, inBoth: 0);
        using var other = await app.RegionAsync("01");
        var count = await other.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/reports/children");
        Assert.That(count.GetProperty("children").GetInt32(), Is.Zero);
    }

    private async Task EnrollAsync(int children, int inBoth)
    {
        using var client = app.Nation();
        for (var i = 0; i < children; i++)
        {
            var registered = await TrainingApplication.RegisterAsync(client, Bodies.Child(i));
            if (i >= inBoth) continue;
            var again = Bodies.Child(i, "MJ-04-001", "youthhouse-2026");
            again["duplicateDecision"] = new System.Text.Json.Nodes.JsonObject { ["sameAs"] = registered.GetProperty("participant").GetString() };
            await TrainingApplication.RegisterAsync(client, again);
        }
    }
}
