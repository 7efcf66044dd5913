using System.Net;
using System.Text.Json.Nodes;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Lifecycle;
using Training.App.Tests.Modules.Registry.Duplicates;

namespace Training.App.Tests.Pages;

/// <summary>A child's page after the registration: leaving, coming back, consents, a second file.</summary>
internal sealed class ChildPageTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;
    private HttpClient coach = null!;
    private HttpClient coordinator = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        coach = await app.CoachAsync("coach@child.example");
        coordinator = await app.CoordinatorAsync("coordinator@child.example", region: "02");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        nation.Dispose();
        coach.Dispose();
        coordinator.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_mistaken_withdrawal_is_repaired_from_the_page_of_the_group()
    {
        var child = await nation.OpenAsync(Child(1));
        var group = (await (await nation.GetAsync(Address($"/api/enrollments/{child.Enrollment}"))).JsonAsync()).Text("group");
        await Club.ActAsync(nation, $"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved" });

        Assert.That(await PageAsync(coach, $"/groups/{group}"), Does.Contain("Partis (1)").And.Contain("parti le 23/11/2026").And.Contain($"/enrollments/{child.Enrollment}"));
        var file = await PageAsync(coach, $"/participants/{child.Participant}");
        Assert.That(file, Does.Contain("a quitté votre site").And.Contain($"/enrollments/{child.Enrollment}").And.Not.Contain("id=\"guardians\""));
        Assert.That(await PageAsync(coach, $"/enrollments/{child.Enrollment}"), Does.Contain("<h1><bdi>Bilal"));
        using var back = await coach.SendFormAsync($"/enrollments/{child.Enrollment}", ("Act", "reenroll"));

        Assert.That(await PageAsync(coach, back.Headers.Location!.OriginalString), Does.Contain("Bilal"));
        Assert.That(await PageAsync(coach, $"/groups/{group}"), Does.Not.Contain("Partis ("));
    }

    [Test]
    public async Task A_child_said_to_have_died_is_brought_back_only_with_the_tick()
    {
        var child = await nation.OpenAsync(Child(2));
        await Club.ActAsync(nation, $"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "deceased" });
        var page = $"/enrollments/{child.Enrollment}";

        using var without = await coach.SendFormAsync(page, ("Act", "reenroll"));
        Assert.That(await TextAsync(without), Does.Contain("retiré pour décès"));
        using var with = await coach.SendFormAsync(page, ("Act", "reenroll"), ("Mistaken", "true"));
        Assert.That((int)with.StatusCode, Is.EqualTo(302));
    }

    [Test]
    public async Task An_older_paper_is_refused_at_its_field_and_the_withdrawal_is_offered_once()
    {
        var child = await nation.OpenAsync(Child(3));
        var page = $"/participants/{child.Participant}";
        using var newer = await coach.SendFormAsync(page, $"{page}?handler=Consent", ("Purpose", "Participation"), ("Guardian", "1"), ("GivenOn", "2026-11-20"));
        using var older = await coach.SendFormAsync(page, $"{page}?handler=Consent", ("Purpose", "Participation"), ("Guardian", "1"), ("GivenOn", "2026-09-01"));

        Assert.That((int)newer.StatusCode, Is.EqualTo(302));
        Assert.That(await TextAsync(older), Does.Contain("Un accord signé le 20/11/2026 est déjà enregistré"));
        var shown = await PageAsync(coach, page);
        Assert.That(shown.Split("handler=WithdrawConsent"), Has.Length.EqualTo(2));
        Assert.That(shown, Does.Contain("01/10/2026").And.Contain("20/11/2026").And.Not.Contain("retiré le"));
    }

    [Test]
    public async Task A_coordinator_names_another_file_from_the_page_of_the_child()
    {
        var (one, other) = (await nation.OpenAsync(Child(4)), await nation.OpenAsync(Child(5)));
        var page = $"/participants/{one.Participant}";
        Assert.That(await PageAsync(coach, page), Does.Not.Contain("handler=Duplicate"), "a coordinator's act");

        using var unknown = await coordinator.SendFormAsync(page, $"{page}?handler=Duplicate", ("Other", "AAA-AAAA"));
        using var named = await coordinator.SendFormAsync(page, $"{page}?handler=Duplicate", ("Other", other.Participant));

        Assert.That((int)unknown.StatusCode, Is.EqualTo(200));
        var pair = await PageAsync(coordinator, named.Headers.Location!.OriginalString);
        Assert.That(pair, Does.Contain(one.Participant).And.Contain(other.Participant));
        using var refused = await coach.SendFormAsync(page, $"{page}?handler=Duplicate", ("Other", other.Participant));
        Assert.That((int)refused.StatusCode, Is.EqualTo(403));
    }

    private static JsonObject Child(int number)
    {
        var body = Bodies.Child(number);
        body["duplicateDecision"] = "notADuplicate";
        return body;
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private static async Task<string> PageAsync(HttpClient client, string path) => await TextAsync(await client.GetAsync(Address(path)));

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
