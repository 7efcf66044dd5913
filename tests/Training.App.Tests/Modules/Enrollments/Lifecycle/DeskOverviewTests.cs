using System.Text.Json;
using Training.App.Tests.Modules.Enrollments.Imports;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>What a coordinator finds waiting, within the region.</summary>
internal sealed class DeskOverviewTests
{
    private TrainingApplication app = null!;

    [SetUp]
    public void Start() => app = new TrainingApplication();

    [TearDown]
    public void Stop() => app.Dispose();

    [Test]
    public async Task Everything_that_waits_in_the_region_is_counted_and_nothing_of_another()
    {
        var (east, casablanca) = (await Club.OpenAsync(app, "RSB", capacity: 1), await Club.OpenAsync(app, "WAC", capacity: 5));
        using var region = await app.RegionAsync("02");
        using var otherRegion = await app.RegionAsync("06");
        var held = await east.RegisterAsync(consented: false);
        await east.RegisterAsync();
        await east.ActAsync($"/api/enrollments/{held.Enrollment}/transfer", new { toSite = "WAC" });
        await casablanca.RegisterAsync(consented: false);
        await east.Coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}Sans;Date;;M;X;0612345678;01/10/2026\n");

        var desk = await DeskAsync(region);
        Assert.Multiple(() =>
        {
            Assert.That(desk.GetProperty("transfersOpen").GetInt32(), Is.EqualTo(1));
            Assert.That(desk.GetProperty("consentsAwaited").GetInt32(), Is.EqualTo(1));
            Assert.That(desk.GetProperty("waitingSites").EnumerateArray().Select(site => (site.Text("site"), site.GetProperty("waiting").GetInt32())), Is.EqualTo(new[] { ("RSB", 1) }));
            var import = desk.GetProperty("imports").EnumerateArray().Single();
            Assert.That((import.Text("site"), import.Text("status"), import.GetProperty("refused").GetInt32()), Is.EqualTo(("RSB", "preview", 1)));
        });
        var other = await DeskAsync(otherRegion);
        Assert.Multiple(() =>
        {
            Assert.That(other.GetProperty("transfersOpen").GetInt32(), Is.EqualTo(1), "its club is the receiving one");
            Assert.That(other.GetProperty("consentsAwaited").GetInt32(), Is.EqualTo(1));
            Assert.That(other.GetProperty("waitingSites").GetArrayLength(), Is.Zero);
            Assert.That(other.GetProperty("imports").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public async Task A_club_has_no_desk()
    {
        using var club = await app.SiteAsync("RSB");
        Assert.That((int)(await club.GetAsync(new Uri("/api/desk", UriKind.Relative))).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task A_group_is_listed_with_its_youths_for_its_own_people_alone()
    {
        var club = await Club.OpenAsync(app, "RSB", capacity: 1);
        var (held, waits) = (await club.RegisterAsync(), await club.RegisterAsync());
        var group = await club.Coach.JsonAsync($"/api/groups/{club.Group}/youths");
        Assert.That(
            group.GetProperty("items").EnumerateArray().Select(item => (item.Text("enrollment"), item.Text("status"))),
            Is.EqualTo(new[] { (held.Enrollment, "active"), (waits.Enrollment, "waitlisted") }));
        Assert.That(group.GetProperty("items")[0].Text("category"), Does.StartWith("U"));
        using var other = await app.SiteAsync("WAC");
        Assert.That((int)(await other.GetAsync(new Uri($"/api/groups/{club.Group}/youths", UriKind.Relative))).StatusCode, Is.EqualTo(404));
    }

    private static Task<JsonElement> DeskAsync(HttpClient client) => client.JsonAsync("/api/desk");
}
