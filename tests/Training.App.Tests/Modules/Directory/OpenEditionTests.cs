using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests.Modules.Directory;

/// <summary>The directorate opens the edition that follows another.</summary>
internal sealed class OpenEditionTests
{
    private TrainingApplication app = null!;

    [SetUp]
    public void Start() => app = new TrainingApplication();

    [TearDown]
    public void Stop() => app.Dispose();

    [Test]
    public async Task The_next_edition_has_the_curriculum_ages_and_targets_of_the_one_before()
    {
        using var nation = app.Nation();
        var opened = await nation.PostAsJsonAsync("/api/editions", NextEditions.Football());
        Assert.That((int)opened.StatusCode, Is.EqualTo(201), await opened.Content.ReadAsStringAsync());

        var editions = await nation.ItemsAsync("/api/editions");
        var (before, next) = (Of(editions, "football-2026"), Of(editions, "football-2027"));
        Assert.Multiple(() =>
        {
            Assert.That(next.Text("follows"), Is.EqualTo("football-2026"));
            Assert.That(next.Text("ageReferenceDate"), Is.EqualTo("2027-09-01"), "a year on");
            Assert.That(next.GetProperty("target").GetInt32(), Is.EqualTo(200_000));
            Assert.That(next.GetProperty("modules").GetRawText(), Is.EqualTo(before.GetProperty("modules").GetRawText()));
            Assert.That(next.GetProperty("completion").GetRawText(), Is.EqualTo(before.GetProperty("completion").GetRawText()));
        });
        // It can be used at once, as if it had always been there.
        var child = Enrollments.Bodies.Yasmine(edition: "football-2027");
        await TrainingApplication.RegisterAsync(nation, child);
    }

    [Test]
    public async Task An_edition_is_followed_by_one_alone_and_codes_are_unique()
    {
        using var nation = app.Nation();
        await nation.PostAsJsonAsync("/api/editions", NextEditions.Football());
        var again = await nation.PostAsJsonAsync("/api/editions", NextEditions.Football());
        var second = await nation.PostAsJsonAsync("/api/editions", NextEditions.Football("football-2027b"));
        Assert.That((await again.CodeAsync(), await second.CodeAsync()), Is.EqualTo(("editionTaken", "editionTaken")));
        Assert.That(await nation.ItemsAsync("/api/editions"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Every_fault_is_named_at_once()
    {
        using var nation = app.Nation();
        var refused = await nation.PostAsJsonAsync("/api/editions", new
        {
            follows = "football-2026", code = "Football 2027", nameFr = "", nameAr = new string('ا', 200), startsOn = "2026-09-01", endsOn = "2026-08-01", target = 0,
        });
        Assert.That((int)refused.StatusCode, Is.EqualTo(400));
        var problem = await refused.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(problem.Faults("code"), Is.EqualTo(new[] { "editionCodeMalformed" }));
            Assert.That(problem.Faults("nameFr"), Is.EqualTo(new[] { "missing" }));
            Assert.That(problem.Faults("nameAr"), Is.EqualTo(new[] { "tooLong" }));
            Assert.That(problem.Faults("startsOn"), Is.EqualTo(new[] { "tooEarly" }));
            Assert.That(problem.Faults("endsOn"), Is.EqualTo(new[] { "tooEarly" }));
            Assert.That(problem.Faults("target"), Is.EqualTo(new[] { "outOfRange" }));
        });
    }

    [Test]
    public async Task Only_the_nation_opens_editions()
    {
        using var region = await app.RegionAsync("04");
        using var site = await app.SiteAsync("RSB");
        Assert.That((int)(await region.PostAsJsonAsync("/api/editions", NextEditions.Football())).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await site.PostAsJsonAsync("/api/editions", NextEditions.Football())).StatusCode, Is.EqualTo(403));
        using var nation = app.Nation();
        Assert.That(await nation.ItemsAsync("/api/editions"), Has.Length.EqualTo(2));
    }

    private static JsonElement Of(JsonElement[] editions, string code) => editions.Single(edition => edition.Text("code") == code);
}

/// <summary>Bodies that open the edition of 2027.</summary>
internal static class NextEditions
{
    public static object Football(string code = "football-2027") => new
    {
        follows = "football-2026", code, nameFr = "Parcours des académies de football, saison 2027/2028",
        nameAr = "مسار أكاديميات كرة القدم، موسم 2027/2028", startsOn = "2027-09-15", endsOn = "2028-06-30",
    };
}
