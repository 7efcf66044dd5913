using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>What a person looks at before the word is given, and what becomes of the rows that only a person can judge.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class DecideRowsTests : IDisposable
{
    // Yasmine is known; a row that writes her name a little otherwise may be her.
    private const string List = ImportCalls.Heading + "\nYassmine;Alaoui;12/03/2014;F;Hind Alaoui;0661222333;01/10/2026\n"
        + "Adam;Bennani;01/02/2013;M;Omar Bennani;0661000001;01/10/2026\nSami;;01/02/2013;M;Omar;0661000002;\n";

    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Shows_the_rows_of_each_kind_before_anything_is_written()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await InQuestionAsync(coach);

        var fresh = await coach.JsonAsync($"{Address(preview)}/rows?state=new");
        var possible = (await coach.JsonAsync($"{Address(preview)}/rows?state=possibleDuplicate")).GetProperty("items")[0];
        var refused = (await coach.JsonAsync($"{Address(preview)}/rows?state=refused")).GetProperty("items")[0];

        Assert.That(fresh.GetProperty("items").EnumerateArray().Select(row => (row.GetProperty("row").GetInt32(), row.GetProperty("name").GetString())), Is.EqualTo(new[] { (3, "Adam Bennani") }));
        Assert.That((possible.GetProperty("row").GetInt32(), possible.GetProperty("birthDate").GetString(), possible.GetProperty("birthDateWritten").GetString()), Is.EqualTo((2, "2014-03-12", "12/03/2014")));
        Assert.That(possible.GetProperty("known").GetProperty("name").GetString(), Is.EqualTo("Yasmine El Alaoui"));
        Assert.That(refused.GetProperty("faults")[0].GetProperty("code").GetString(), Is.Not.Empty);
        await using var db = Open();
        Assert.That(await db.Set<Participant>().CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Shows_of_a_child_elsewhere_initials_and_the_birth_year_alone()
    {
        using var coach = await app.SiteAsync("WAC");
        await TrainingApplication.RegisterAsync(app.Nation(), Bodies.Yasmine());
        var preview = await coach.PreviewAsync(List, "WAC");

        var known = (await coach.JsonAsync($"{Address(preview)}/rows?state=possibleDuplicate")).GetProperty("items")[0].GetProperty("known");

        Assert.That(known.GetProperty("inScope").GetBoolean(), Is.False);
        Assert.That(known.GetProperty("birthDate").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(known.GetProperty("name").GetString(), Does.Not.Contain("Yasmine"));
    }

    [Test]
    public async Task Another_child_is_registered_and_the_answer_is_remembered()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await InQuestionAsync(coach);
        await DecideAsync(coach, preview, "another");

        var done = await coach.CommitAsync(preview);

        Assert.That(done.Counts(), Is.EqualTo((3, 2, 0, 0, 0, 1)));
        await using var db = Open();
        Assert.That(await db.Set<Participant>().CountAsync(), Is.EqualTo(3));
        Assert.That(await db.Set<DuplicatePair>().Select(row => row.Decision).SingleAsync(), Is.EqualTo(PairDecision.Different));
    }

    [Test]
    public async Task The_known_child_is_enrolled_once()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await InQuestionAsync(coach);
        var decided = await DecideAsync(coach, preview, "same");
        Assert.That((decided.GetProperty("matched").GetInt32(), decided.GetProperty("alreadyEnrolled").GetInt32(), decided.GetProperty("waiting").GetInt32()), Is.EqualTo((0, 1, 0)), "the preview promises no enrollment");

        var done = await coach.CommitAsync(preview);

        Assert.That(done.Counts(), Is.EqualTo((3, 1, 0, 1, 0, 1)), "she is enrolled in this edition already");
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_row_said_to_be_a_child_of_another_site_comes_back_with_the_way_to_a_transfer()
    {
        using var coach = await app.SiteAsync("WAC");
        await TrainingApplication.RegisterAsync(app.Nation(), Bodies.Yasmine());
        var preview = await coach.PreviewAsync(List, "WAC");
        await DecideAsync(coach, preview, "same");

        var done = await coach.CommitAsync(preview);
        var rows = (await coach.JsonAsync($"{Address(done)}/rows?state=enrolledElsewhere")).GetProperty("items");
        var returned = await coach.GetStringAsync(new Uri($"{Address(done)}/refused?format=csv", UriKind.Relative));

        Assert.That((done.Counts(), done.GetProperty("enrolledElsewhere").GetInt32(), rows.GetArrayLength()), Is.EqualTo(((3, 1, 0, 1, 0, 1), 1, 1)));
        Assert.That(rows[0].GetProperty("faults")[0].GetProperty("code").GetString(), Is.EqualTo("enrolledElsewhere"));
        Assert.That(returned, Does.Contain("Yassmine"));
    }

    [Test]
    public async Task A_row_decided_after_the_end_is_registered_by_a_second_word_and_nothing_else_again()
    {
        using var coach = await app.SiteAsync("RSB");
        var done = await coach.CommitAsync(await InQuestionAsync(coach));
        Assert.That(done.Counts(), Is.EqualTo((3, 1, 0, 0, 1, 1)));
        var ended = done.GetProperty("doneAt").GetDateTimeOffset();

        var waiting = await DecideAsync(coach, done, "another");
        Assert.That(waiting.GetProperty("waiting").GetInt32(), Is.EqualTo(1));
        app.Time.Advance(TimeSpan.FromHours(1));
        var again = await coach.CommitAsync(done);

        Assert.That((again.Counts(), again.GetProperty("waitingDecisions").GetInt32()), Is.EqualTo(((3, 2, 0, 0, 0, 1), 0)));
        Assert.That(again.GetProperty("doneAt").GetDateTimeOffset(), Is.EqualTo(ended), "the time to undo does not begin anew");
        await using var db = Open();
        Assert.That((await db.Set<Participant>().CountAsync(), await db.Set<Enrollment>().CountAsync()), Is.EqualTo((3, 3)));
        using var late = await coach.PostAsJsonAsync($"{Address(again)}/decisions", Body(2, "same"));
        Assert.That((int)late.StatusCode, Is.GreaterThanOrEqualTo(400));
    }

    [Test]
    public async Task A_decision_can_be_changed_until_it_is_carried_out()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await InQuestionAsync(coach);

        await DecideAsync(coach, preview, "another");
        var changed = await DecideAsync(coach, preview, "repeated");

        Assert.That((changed.GetProperty("new").GetInt32(), changed.GetProperty("possibleDuplicates").GetInt32(), changed.GetProperty("refused").GetInt32()), Is.EqualTo((1, 0, 2)));
    }

    [TestCase("{}", 400)]
    [TestCase("""{ "decisions": [ { "number": 3, "decision": "another" } ] }""", 400)]
    [TestCase("""{ "decisions": [ { "number": 2 } ] }""", 400)]
    [TestCase("""{ "decisions": [ null ] }""", 400)]
    [TestCase("""{ "decisions": [ { "number": 2, "decision": "another" }, { "number": 2, "decision": "same" } ] }""", 400)]
    [TestCase("""{ "decisions": [ { "number": 2, "decision": "whatever" } ] }""", 400)]
    public async Task Refuses_what_decides_nothing(string body, int status)
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await InQuestionAsync(coach);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var refused = await coach.PostAsync(new Uri($"{Address(preview)}/decisions", UriKind.Relative), content);

        Assert.That((int)refused.StatusCode, Is.EqualTo(status), await refused.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Nobody_else_sees_or_decides_the_rows()
    {
        using var coach = await app.SiteAsync("RSB");
        using var other = await app.SiteAsync("WAC");
        var preview = await InQuestionAsync(coach);

        using var rows = await other.GetAsync(new Uri($"{Address(preview)}/rows?state=new", UriKind.Relative));
        using var decided = await other.PostAsJsonAsync($"{Address(preview)}/decisions", Body(2, "another"));
        using var nonsense = await coach.GetAsync(new Uri($"{Address(preview)}/rows?state=nonsense", UriKind.Relative));

        Assert.That(((int)rows.StatusCode, (int)decided.StatusCode, (int)nonsense.StatusCode), Is.EqualTo((404, 404, 400)));
    }

    private static async Task<JsonElement> InQuestionAsync(HttpClient coach)
    {
        await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());
        var preview = await coach.PreviewAsync(List);
        Assert.That(preview.Counts(), Is.EqualTo((3, 1, 0, 0, 1, 1)));
        return preview;
    }

    private static object Body(int row, string decision) => new { decisions = new[] { new { number = row, decision } } };

    private static string Address(JsonElement import) => $"/api/imports/{import.GetProperty("id").GetString()}";

    private static async Task<JsonElement> DecideAsync(HttpClient client, JsonElement import, string decision)
    {
        using var decided = await client.PostAsJsonAsync($"{Address(import)}/decisions", Body(2, decision));
        var text = await decided.Content.ReadAsStringAsync();
        Assert.That((int)decided.StatusCode, Is.EqualTo(200), text);
        return JsonDocument.Parse(text).RootElement;
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
