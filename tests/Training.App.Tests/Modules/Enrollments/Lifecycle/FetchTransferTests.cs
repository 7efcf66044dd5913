using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>The receiving club asks for a child, by the code on the family's paper and the birth date.</summary>
internal sealed class FetchTransferTests
{
    private TrainingApplication app = null!;
    private Club giving = null!;
    private Club receiving = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        giving = await Club.OpenAsync(app, "RSB", capacity: 2);
        receiving = await Club.OpenAsync(app, "WAC", capacity: 1);
    }

    [TearDown]
    public void Stop() => app.Dispose();

    [Test]
    public async Task The_receiving_club_asks_and_the_giving_one_answers()
    {
        var child = await RegisterAsync();
        var asked = await AskAsync(child.Participant);
        Assert.That((asked.Text("fromSite"), asked.Text("toSite"), asked.Text("status")), Is.EqualTo(("RSB", "WAC", "asked")));
        var id = asked.Text("transfer");
        Assert.That(await receiving.RefusedAsync($"/api/transfers/{id}/accept"), Is.EqualTo((403, "otherSideAnswers")));

        var seen = (await giving.Coach.ItemsAsync("/api/transfers")).Single();
        Assert.That((seen.GetProperty("canAnswer").GetBoolean(), seen.Text("name")), Is.EqualTo((true, "Yasmine El Alaoui")));
        await giving.ActAsync($"/api/transfers/{id}/accept");
        Assert.That((await receiving.LookAsync(child.Enrollment)).Text("site"), Is.EqualTo("WAC"));
        Assert.That(await receiving.HistoryAsync(child.Enrollment), Does.Contain("transferred"));
        Assert.That((await receiving.Coach.ItemsAsync("/api/transfers")).Single().Text("name"), Is.EqualTo("Yasmine El Alaoui"), "now it is its own child");
    }

    [Test]
    public async Task Until_the_other_side_agrees_the_asking_club_sees_initials_and_no_file()
    {
        var child = await RegisterAsync();
        await AskAsync(child.Participant);
        var seen = (await receiving.Coach.ItemsAsync("/api/transfers")).Single();
        Assert.That((seen.Text("name"), seen.Text("nameAr"), seen.GetProperty("canCancel").GetBoolean()), Is.EqualTo(("Y. E.", "ي. ا.", true)));
        Assert.That((int)(await receiving.Coach.GetAsync(new Uri($"/api/participants/{child.Participant}", UriKind.Relative))).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await receiving.Coach.GetAsync(new Uri($"/api/enrollments/{child.Enrollment}", UriKind.Relative))).StatusCode, Is.EqualTo(404));
    }

    [TestCase("cancel"), TestCase("refuse")]
    public async Task A_club_that_was_offered_a_child_and_does_not_get_it_keeps_initials(string word)
    {
        var child = await RegisterAsync();
        var offered = await giving.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC" });
        Assert.That((await receiving.Coach.ItemsAsync("/api/transfers")).Single().Text("name"), Is.EqualTo("Yasmine El Alaoui"), "it has to answer");
        await (word == "cancel" ? giving : receiving).ActAsync($"/api/transfers/{offered.Text("transfer")}/{word}");
        var seen = (await receiving.Coach.ItemsAsync("/api/transfers")).Single();
        Assert.That((seen.Text("name"), seen.Text("nameAr")), Is.EqualTo(("Y. E.", "ي. ا.")));
        Assert.That((await giving.Coach.ItemsAsync("/api/transfers")).Single().Text("name"), Is.EqualTo("Yasmine El Alaoui"), "it is still its own child");
    }

    [Test]
    public async Task A_wrong_birth_date_an_unknown_code_and_a_child_who_left_get_the_same_answer()
    {
        var child = await RegisterAsync();
        var answers = new List<(int, string?)>
        {
            await receiving.RefusedAsync("/api/transfers", Body(child.Participant, "2014-03-13")),
            await receiving.RefusedAsync("/api/transfers", Body(Domain.Registry.ParticipantCode.FromKey(77_777).ToString(), "2014-03-12")),
        };
        await giving.WithdrawAsync(child.Enrollment);
        answers.Add(await receiving.RefusedAsync("/api/transfers", Body(child.Participant, "2014-03-12")));
        Assert.That(answers, Is.All.EqualTo((404, "participantNotFound")));
        Assert.That(await giving.Coach.ItemsAsync("/api/transfers"), Is.Empty);
    }

    [Test]
    public async Task Trying_out_codes_is_slowed_down()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 25; i++) statuses.Add((await receiving.Coach.PostAsJsonAsync("/api/transfers", Body(Domain.Registry.ParticipantCode.FromKey(50_000 + i).ToString(), "2014-03-12"))).StatusCode is var status ? (int)status : 0);
        Assert.That(statuses.Take(20), Is.All.EqualTo(404));
        Assert.That(statuses.Skip(20), Is.All.EqualTo(429));
    }

    [Test]
    public async Task Nobody_asks_for_a_site_that_is_not_its_own_and_faults_are_named()
    {
        var child = await RegisterAsync();
        Assert.That(await giving.RefusedAsync("/api/transfers", Body(child.Participant, "2014-03-12")), Is.EqualTo((404, "siteNotFound")));
        var refused = await receiving.Coach.PostAsJsonAsync("/api/transfers", new { participant = "12", toSite = "WAC", edition = "football-2026", reason = new string('x', 400) });
        var problem = await refused.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(problem.Faults("participant"), Is.EqualTo(new[] { "codeMalformed" }));
            Assert.That(problem.Faults("birthDate"), Is.EqualTo(new[] { "missing" }));
            Assert.That(problem.Faults("reason"), Is.EqualTo(new[] { "tooLong" }));
        });
    }

    [Test]
    public async Task A_child_is_asked_for_once_at_a_time_and_a_full_club_may_take_it_to_its_list()
    {
        await receiving.RegisterAsync();
        var child = await RegisterAsync();
        var first = await AskAsync(child.Participant);
        Assert.That(await receiving.RefusedAsync("/api/transfers", Body(child.Participant, "2014-03-12")), Is.EqualTo((409, "transferOpen")));
        Assert.That(await giving.RefusedAsync($"/api/transfers/{first.Text("transfer")}/accept"), Is.EqualTo((409, "groupFull")));
        await receiving.ActAsync($"/api/transfers/{first.Text("transfer")}/cancel");
        var second = await receiving.ActAsync("/api/transfers", Body(child.Participant, "2014-03-12", mayWait: true));
        var moved = await giving.ActAsync($"/api/transfers/{second.Text("transfer")}/accept");
        Assert.That(moved.Text("enrollment"), Is.EqualTo("waitlisted"), "the asking club agreed to its own list");
    }

    private async Task<(string Enrollment, string Participant)> RegisterAsync()
    {
        var body = Bodies.Yasmine();
        body["group"] = giving.Group;
        var answer = await TrainingApplication.RegisterAsync(giving.Coach, body);
        return (answer.Text("enrollment")!, answer.Text("participant")!);
    }

    private Task<JsonElement> AskAsync(string participant) => receiving.ActAsync("/api/transfers", Body(participant, "2014-03-12"));

    private static object Body(string participant, string birthDate, bool mayWait = false) =>
        new { participant, birthDate, edition = "football-2026", toSite = "WAC", reason = "Déménagement", mayWait };
}
