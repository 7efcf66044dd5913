using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Families;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Registry.Searching;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Families;

[TestFixture]
internal sealed class FamilyTests
{
    private Workshop workshop = null!;
    private HttpClient phone = null!;

    [SetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 2);
        phone = workshop.App.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    [TearDown]
    public async Task Stop()
    {
        phone.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task The_printed_code_and_the_birth_date_open_the_child_s_sessions()
    {
        var session = await workshop.HoldAsync(90, "2026-11-19", "ethics");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "late"));
        await workshop.CloseAsync(session);

        using var claimed = await ClaimAsync(workshop.Youths[0]);
        var children = await ChildrenAsync();

        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(children.GetArrayLength(), Is.EqualTo(1));
        var place = children[0].GetProperty("enrollments")[0];
        Assert.That((place.GetProperty("held").GetInt32(), place.GetProperty("attended").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(place.GetProperty("sessions")[0].GetProperty("status").GetString(), Is.EqualTo("late"));
    }

    [Test]
    public async Task One_phone_holds_several_children()
    {
        using var first = await ClaimAsync(workshop.Youths[0]);
        using var second = await ClaimAsync(workshop.Youths[1]);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)), await second.Content.ReadAsStringAsync());
        Assert.That((await ChildrenAsync()).GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_family_downloads_its_own_certificate_and_no_other()
    {
        await workshop.CompleteAsync();
        (await ClaimAsync(workshop.Youths[0])).Dispose();
        var own = await NumberAsync(workshop.Youths[0]);
        var other = await NumberAsync(workshop.Youths[1]);

        using var document = await phone.GetAsync($"/api/family/certificates/{own}/pdf");
        using var foreign = await phone.GetAsync($"/api/family/certificates/{other}/pdf");
        using var staffDoor = await phone.GetAsync($"/api/certificates/{own}/pdf");

        Assert.That((document.StatusCode, foreign.StatusCode, staffDoor.StatusCode),
            Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)));
        Assert.That((await document.Content.ReadAsByteArrayAsync()).AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
    }

    [Test]
    public async Task An_unknown_code_and_a_wrong_date_answer_alike()
    {
        using var date = await ClaimAsync(workshop.Youths[0] with { BirthDate = "2011-11-11" });
        using var code = await ClaimAsync(workshop.Youths[0] with { ClaimCode = "00000-00000" });

        Assert.That((date.StatusCode, code.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(Comparable(await date.Content.ReadAsStringAsync()), Is.EqualTo(Comparable(await code.Content.ReadAsStringAsync())));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Five_wrong_guesses_lock_a_code_for_a_while_whether_it_exists_or_not(bool exists)
    {
        var guessed = exists ? workshop.Youths[0] : workshop.Youths[0] with { ClaimCode = "00000-00000" };
        for (var i = 0; i < 5; i++) (await ClaimAsync(guessed with { BirthDate = "2011-11-11" })).Dispose();

        using var locked = await ClaimAsync(guessed);
        workshop.App.Time.Advance(TimeSpan.FromMinutes(16));
        using var later = await ClaimAsync(guessed);

        Assert.That((int)locked.StatusCode, Is.EqualTo(429));
        Assert.That(await locked.CodeAsync(), Is.EqualTo("claimLocked"));
        Assert.That((int)later.StatusCode, Is.EqualTo(exists ? 200 : 404));
    }

    /// <summary>The hash of a code has no index: each would cost every registration a page of its own.</summary>
    [Test]
    public async Task A_code_is_looked_for_among_the_children_of_that_day()
    {
        var asked = new AskedQuestions();
        var options = workshop.App.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>();
        await using var db = new TrainingDbContext(new DbContextOptionsBuilder<TrainingDbContext>(options).AddInterceptors(asked).Options);

        await ClaimChild.Handler.FileOfAsync(db, hash: 1, new DateOnly(2014, 3, 12), CancellationToken.None);

        var plan = asked.All.Single().Plan;
        Assert.That(plan, Does.Not.Contain("SCAN Participants").And.Not.Contain("SCAN p"), plan);
        Assert.That(plan, Does.Contain("IX_Participants_BirthDate_Sex (BirthDate=?)").And.Contain("IX_Participants_MergedIntoId (MergedIntoId=?)"));
    }

    [Test]
    public async Task A_code_that_cannot_be_read_is_named_as_such()
    {
        using var answer = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = "abc", birthDate = "2014-03-12" });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.JsonAsync()).GetProperty("errors").GetProperty("claimCode")[0].GetProperty("code").GetString(), Is.EqualTo("claimCodeMalformed"));
    }

    [Test]
    public async Task Without_a_session_nothing_is_shown()
    {
        using var answer = await phone.GetAsync("/api/family/children");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Every_opening_by_a_family_is_written_down()
    {
        (await ClaimAsync(workshop.Youths[0])).Dispose();

        var readings = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<FileReading>()
            .CountAsync(row => row.Reader == "family"));

        Assert.That(readings, Is.EqualTo(1));
    }

    [Test]
    public async Task The_paper_can_be_printed_again_and_a_new_one_makes_it_worthless()
    {
        var youth = workshop.Youths[0];
        var again = await PrintAsync(youth);
        var renewed = await PrintAsync(youth, "?renew=true");

        using var old = await ClaimAsync(youth);
        using var fresh = await ClaimAsync(youth with { ClaimCode = renewed });

        Assert.That(again, Is.EqualTo(youth.ClaimCode));
        Assert.That((old.StatusCode, fresh.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Another_site_prints_no_code()
    {
        using var stranger = await workshop.App.SiteAsync("WAC");

        using var answer = await stranger.PostAsync($"/api/participants/{workshop.Youths[0].Participant}/claim-code", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task<HttpResponseMessage> ClaimAsync(Youth youth) =>
        phone.PostAsJsonAsync("/api/family/claim", new { claimCode = youth.ClaimCode, birthDate = youth.BirthDate });

    private async Task<JsonElement> ChildrenAsync() => (await Workshop.ReadAsync(await phone.GetAsync("/api/family/children"))).GetProperty("items");

    private async Task<string> PrintAsync(Youth youth, string query = "") => (await Workshop.ReadAsync(
        await workshop.Staff.PostAsync($"/api/participants/{youth.Participant}/claim-code{query}", null))).GetProperty("claimCode").GetString()!;

    private async Task<string> NumberAsync(Youth youth)
    {
        JsonElement list = default;
        await Poll.UntilAsync(
            async () => (list = (await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/certificates?participant={youth.Participant}"))).GetProperty("items"))
                .EnumerateArray().Any(item => item.GetProperty("status").GetString() == "issued"),
            () => Task.FromResult($"the certificates are {list}"));
        return list[0].GetProperty("number").GetString()!;
    }

    /// <summary>The answer without what differs between any two requests.</summary>
    private static string Comparable(string problem)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(problem)!.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
