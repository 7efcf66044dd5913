using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Directory;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>The register of a child's consents says what guardians did, over HTTP.</summary>
internal sealed class ConsentTests
{
    private TrainingApplication app = null!;
    private Club club = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        using var nation = app.Nation();
        var opened = await nation.PostAsJsonAsync("/api/editions", NextEditions.Football());
        Assert.That((int)opened.StatusCode, Is.EqualTo(201), await opened.Content.ReadAsStringAsync());
        club = await Club.OpenAsync(app, "RSB", capacity: 50);
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_further_consent_withdraws_none()
    {
        var child = await club.RegisterAsync();
        await GiveAsync(child.Participant, "2026-11-20");

        Assert.That(await ConsentsAsync(child.Participant), Is.EqualTo(new[] { "2026-10-01", "2026-11-20" }));
    }

    [Test]
    public async Task A_withdrawal_ends_all_that_stood_and_only_a_newer_signature_counts_again()
    {
        var child = await club.RegisterAsync();
        await GiveAsync(child.Participant, "2026-11-20");
        await club.ActAsync($"/api/participants/{child.Participant}/consents/withdraw", new { purpose = "participation" });

        Assert.That(await ConsentsAsync(child.Participant), Has.All.Contains("withdrawn"));
        Assert.That(await RefusedAsync(child.Participant, "2026-11-22"), Is.EqualTo("consentBeforeWithdrawal"));
        Assert.That((await club.LookAsync(child.Enrollment)).Text("status"), Is.EqualTo("awaitingConsent"));

        await GiveAsync(child.Participant, "2026-11-23");
        Assert.That((await club.LookAsync(child.Enrollment)).Text("status"), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_consent_older_than_the_one_on_file_is_refused_with_its_day()
    {
        var child = await club.RegisterAsync();
        var answer = await club.Coach.PostAsJsonAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", givenOn = "2026-09-30" });

        var body = await answer.JsonAsync();
        Assert.That(((int)answer.StatusCode, body.Faults("givenOn")), Is.EqualTo((400, new[] { "consentBeforeFormer" })));
        Assert.That(body.ToString(), Does.Contain("01/10/2026"));
        Assert.That(await RefusedAsync(child.Participant, "2026-10-01"), Is.EqualTo("consentKnown"), "the same paper twice");
        Assert.That(await ConsentsAsync(child.Participant), Is.EqualTo(new[] { "2026-10-01" }));
    }

    [Test]
    public async Task What_was_taken_over_is_confirmed_by_a_newer_signature_alone()
    {
        var child = await club.RegisterAsync();
        var next = await TakeOverAsync(child.Enrollment, consent: null);

        Assert.That(await RefusedAsync(child.Participant, "2026-09-30"), Is.EqualTo("consentBeforeFormer"));
        await GiveAsync(child.Participant, "2026-11-20", purpose: "photos");
        Assert.That((await club.LookAsync(next)).Text("status"), Is.EqualTo("awaitingConsent"));

        await GiveAsync(child.Participant, "2026-11-20");
        Assert.That((await club.LookAsync(next)).Text("status"), Is.EqualTo("active"));
    }

    [Test]
    public async Task Taking_over_with_the_signature_of_the_edition_before_is_refused()
    {
        var child = await club.RegisterAsync();
        foreach (var (day, code) in new[] { ("2026-10-01", "consentKnown"), ("2026-09-01", "consentBeforeFormer") })
        {
            var taken = await club.ActAsync("/api/rollover", RollOver(child.Enrollment, new { guardian = 1, givenOn = day }));
            Assert.That(taken.GetProperty("children")[0].GetProperty("refusal").Text("code"), Is.EqualTo(code));
        }
        var next = await TakeOverAsync(child.Enrollment, new { guardian = 1, givenOn = "2026-11-20" });
        Assert.That((await club.LookAsync(next)).Text("status"), Is.EqualTo("active"));
        Assert.That(await ConsentsAsync(child.Participant), Is.EqualTo(new[] { "2026-10-01", "2026-11-20" }));
    }

    [Test]
    public async Task Coming_back_does_not_spare_a_child_that_was_taken_over_its_confirmation()
    {
        var child = await club.RegisterAsync();
        var next = await TakeOverAsync(child.Enrollment, consent: null);
        await club.WithdrawAsync(next);

        var again = await club.ActAsync($"/api/enrollments/{next}/reenroll");

        Assert.That(again.Text("status"), Is.EqualTo("awaitingConsent"));
        await club.ActAsync($"/api/enrollments/{again.Text("enrollment")}/group", new { group = (await OtherGroupAsync()).Text("group") });
        Assert.That((await club.LookAsync(again.Text("enrollment")!)).Text("status"), Is.EqualTo("awaitingConsent"));
    }

    private Task<JsonElement> OtherGroupAsync() =>
        club.ActAsync("/api/groups", new { site = "RSB", edition = "football-2027", name = "Other", capacity = 5 });

    /// <summary>Some time after the registration, since what was recorded at the same instant would count as recorded with it.</summary>
    private async Task<string> TakeOverAsync(string enrollment, object? consent)
    {
        app.Time.Advance(TimeSpan.FromSeconds(1));
        return (await club.ActAsync("/api/rollover", RollOver(enrollment, consent))).GetProperty("children")[0].GetProperty("takenOver").Text("enrollment")!;
    }

    private static object RollOver(string enrollment, object? consent) =>
        new { site = "RSB", to = "football-2027", children = new[] { new { enrollment, consent } } };

    private Task<JsonElement> GiveAsync(string participant, string day, string purpose = "participation") =>
        club.ActAsync($"/api/participants/{participant}/consents", new { purpose, givenOn = day });

    private async Task<string> RefusedAsync(string participant, string day)
    {
        var answer = await club.Coach.PostAsJsonAsync($"/api/participants/{participant}/consents", new { purpose = "participation", givenOn = day });
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        return (await answer.JsonAsync()).Faults("givenOn").Single()!;
    }

    /// <summary>The days on which consents were given, with a word for those that were withdrawn.</summary>
    private async Task<string[]> ConsentsAsync(string participant)
    {
        var answer = await club.Coach.GetAsync(new Uri($"/api/participants/{participant}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return [.. (await answer.JsonAsync()).GetProperty("consents").EnumerateArray()
            .Select(row => row.Text("givenOn") + (row.GetProperty("withdrawnAt").ValueKind == JsonValueKind.Null ? "" : " withdrawn"))];
    }
}
