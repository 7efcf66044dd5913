using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

internal sealed class LifecycleTests
{
    private TrainingApplication app = null!;

    [SetUp]
    public void Start() => app = new TrainingApplication();

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_withdrawal_says_why_and_frees_the_place()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync();
        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "bored" }), Is.EqualTo((400, "invalidInput")));
        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "other" }), Is.EqualTo((400, "invalidInput")), "other needs words");

        await club.ActAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "other", note = "Change d’activité" });

        var state = await club.LookAsync(child.Enrollment);
        Assert.That((state.Text("status"), state.Text("endReason")), Is.EqualTo(("withdrawn", "other")));
        Assert.That(state.GetProperty("history")[1].Text("by"), Does.StartWith("key:"), "who registered the child");
        var line = state.GetProperty("history")[0];
        Assert.That((line.Text("act"), line.Text("note"), line.Text("fromStatus")), Is.EqualTo(("withdrawn", "Change d’activité", "active")));
        Assert.That(await club.TakenAsync(), Is.Zero);
        Assert.That(await StatusAsync(await app.RegionAsync("02"), $"/api/participants/{child.Participant}"), Is.EqualTo(200), "the region keeps it");
        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved" }), Is.EqualTo((409, "enrollmentEnded")));
    }

    [Test]
    public async Task Who_saw_an_older_version_is_told_so()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync();
        await club.ActAsync($"/api/participants/{child.Participant}/consents/withdraw", new { purpose = "participation" });

        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved", version = 1 }), Is.EqualTo((409, "changedMeanwhile")));
    }

    [Test]
    public async Task Two_people_who_withdraw_at_once_free_one_place()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync();
        await club.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            club.Coach.PostAsJsonAsync($"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved", version = 1 })));

        Assert.That(answers.Select(answer => (int)answer.StatusCode).Order(), Is.EqualTo(new[] { 200, 409, 409, 409 }));
        Assert.That(await club.TakenAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_child_comes_back_with_its_history()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync();
        await club.WithdrawAsync(child.Enrollment, "school");

        var again = await club.ActAsync($"/api/enrollments/{child.Enrollment}/reenroll");

        Assert.That(again.Text("status"), Is.EqualTo("active"));
        Assert.That(again.Text("enrollment"), Is.Not.EqualTo(child.Enrollment));
        Assert.That(await StatusAsync(club.Coach, $"/api/participants/{child.Participant}"), Is.EqualTo(200));
        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/reenroll"), Is.EqualTo((409, "alreadyEnrolled")));
    }

    [Test]
    public async Task A_child_said_to_have_died_comes_back_only_when_that_was_a_mistake()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync();
        await club.WithdrawAsync(child.Enrollment, "deceased");

        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/reenroll"), Is.EqualTo((422, "saidDeceased")));
        Assert.That((await club.ActAsync($"/api/enrollments/{child.Enrollment}/reenroll", new { mistaken = true })).Text("status"), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_consent_recorded_later_makes_the_enrollment_active_and_its_withdrawal_undoes_it()
    {
        var club = await Club.OpenAsync(app, "RSB", 5);
        var child = await club.RegisterAsync(consented: false);
        Assert.That(child.Status, Is.EqualTo("awaitingConsent"));
        Assert.That(await club.RefusedAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", givenOn = "2027-01-01" }), Is.EqualTo((400, "invalidInput")));
        Assert.That(await club.RefusedAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", guardian = 4, givenOn = "2026-11-20" }), Is.EqualTo((400, "invalidInput")));

        await club.ActAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", givenOn = "2026-11-20" });
        Assert.That((await club.LookAsync(child.Enrollment)).Text("status"), Is.EqualTo("active"));
        await club.ActAsync($"/api/participants/{child.Participant}/consents/withdraw", new { purpose = "participation" });
        Assert.That((await club.LookAsync(child.Enrollment)).Text("status"), Is.EqualTo("awaitingConsent"));
        Assert.That(await club.RefusedAsync($"/api/participants/{child.Participant}/consents/withdraw", new { purpose = "photos" }), Is.EqualTo((409, "noConsent")));
        Assert.That(await Club.RefusedAsync(await app.SiteAsync("WAC"), $"/api/participants/{child.Participant}/consents", new { purpose = "photos", givenOn = "2026-11-20" }), Is.EqualTo((404, "participantNotFound")));
    }

    [Test]
    public async Task A_transfer_is_asked_by_one_club_and_accepted_by_the_other()
    {
        var from = await Club.OpenAsync(app, "RSB", 5);
        var to = await Club.OpenAsync(app, "WAC", 5);
        var child = await from.RegisterAsync();
        var asked = await from.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC", reason = "Déménagement" });
        var id = asked.Text("transfer");
        Assert.That(await from.RefusedAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC" }), Is.EqualTo((409, "transferOpen")));
        Assert.That(await from.RefusedAsync($"/api/transfers/{id}/accept"), Is.EqualTo((403, "otherSideAnswers")));
        Assert.That(await Club.RefusedAsync(await app.SiteAsync("OCS"), $"/api/transfers/{id}/accept"), Is.EqualTo((404, "transferNotFound")));
        Assert.That((await to.Coach.ItemsAsync("/api/transfers")).Single().GetProperty("canAnswer").GetBoolean(), Is.True, "the other side sees it");
        Assert.That(await (await app.SiteAsync("OCS")).ItemsAsync("/api/transfers"), Is.Empty, "a third club sees nothing of it");
        Assert.That(await StatusAsync(to.Coach, $"/api/participants/{child.Participant}"), Is.EqualTo(404), "not the file yet");

        await to.ActAsync($"/api/transfers/{id}/accept");

        Assert.That((await to.LookAsync(child.Enrollment)).Text("site"), Is.EqualTo("WAC"));
        Assert.That((await from.TakenAsync(), await to.TakenAsync()), Is.EqualTo((0, 1)));
        Assert.That(await StatusAsync(to.Coach, $"/api/participants/{child.Participant}"), Is.EqualTo(200));
        Assert.That(await StatusAsync(from.Coach, $"/api/participants/{child.Participant}"), Is.EqualTo(404));
        Assert.That((await from.Coach.ItemsAsync("/api/transfers")).Single().Text("status"), Is.EqualTo("accepted"), "and the giving side hears of it");
        Assert.That(await to.RefusedAsync($"/api/transfers/{id}/refuse"), Is.EqualTo((409, "transferAnswered")));
    }

    [Test]
    public async Task A_full_club_takes_a_transfer_to_its_waiting_list_only_if_both_agree()
    {
        var from = await Club.OpenAsync(app, "RSB", 5);
        var to = await Club.OpenAsync(app, "WAC", 1);
        await to.RegisterAsync();
        var child = await from.RegisterAsync();
        var first = (await from.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC" })).Text("transfer");
        Assert.That(await to.RefusedAsync($"/api/transfers/{first}/accept", new { mayWait = true }), Is.EqualTo((409, "groupFull")), "the family did not agree to wait");
        Assert.That(await to.RefusedAsync($"/api/transfers/{first}/cancel"), Is.EqualTo((403, "otherSideAnswers")));
        await from.ActAsync($"/api/transfers/{first}/cancel");
        var second = (await from.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC", mayWait = true })).Text("transfer");
        Assert.That(await to.RefusedAsync($"/api/transfers/{second}/accept"), Is.EqualTo((409, "groupFull")), "the receiving club did not");

        var answer = await to.ActAsync($"/api/transfers/{second}/accept", new { mayWait = true });

        Assert.That(answer.Text("enrollment"), Is.EqualTo("waitlisted"));
        Assert.That((await from.TakenAsync(), await to.TakenAsync()), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_child_changes_its_group_within_the_site()
    {
        var club = await Club.OpenAsync(app, "RSB", 5, "A");
        var other = await Club.OpenAsync(app, "RSB", 1, "B");
        var child = await club.RegisterAsync();

        await club.ActAsync($"/api/enrollments/{child.Enrollment}/group", new { group = other.Group });

        Assert.That((await club.TakenAsync(), await other.TakenAsync()), Is.EqualTo((0, 1)));
        var next = await club.RegisterAsync();
        Assert.That(await club.RefusedAsync($"/api/enrollments/{next.Enrollment}/group", new { group = other.Group }), Is.EqualTo((409, "groupFull")));
    }

    [Test]
    public async Task Figures_follow_a_withdrawal()
    {
        var club = await Club.OpenAsync(app, "RSB", 50);
        var children = new List<string>();
        for (var i = 0; i < 8; i++) children.Add((await club.RegisterAsync()).Enrollment);
        await Poll.UntilAsync(async () => await EnrolledAsync() == 8, async () => $"{await EnrolledAsync()} are counted");

        await club.WithdrawAsync(children[0]);

        await Poll.UntilAsync(async () => await EnrolledAsync() == 7, async () => $"{await EnrolledAsync()} are counted");
    }

    private async Task<int?> EnrolledAsync()
    {
        var item = (await app.Nation().ItemsAsync("/api/reports/attendance?edition=football-2026&by=site")).FirstOrDefault(row => row.Text("key") == "RSB");
        return item.ValueKind == JsonValueKind.Object && item.GetProperty("enrolled") is { ValueKind: JsonValueKind.Number } count ? count.GetInt32() : null;
    }

    private static async Task<int> StatusAsync(HttpClient client, string address) => (int)(await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode;
}
