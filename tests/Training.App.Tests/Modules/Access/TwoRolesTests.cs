using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Pages;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>Who coordinates a league and works at a site of another region is a coordinator in the league alone.</summary>
[TestFixture]
internal sealed class TwoRolesTests
{
    private const string Password = Browsing.Password;

    private Workshop workshop = null!;
    private HttpClient both = null!;

    [SetUp]
    public async Task StartAsync()
    {
        workshop = await Workshop.OpenAsync(children: 1);
        await workshop.App.CreateAsync("colleague@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "RSB"));
        await workshop.App.CreateAsync("club@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "WAC"));
        var made = await workshop.App.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("both@test.example", "Both", Password, "fr", [new(Role.Coordinator, League: "LR-GC"), new(Role.Facilitator, Site: "RSB")]), CancellationToken.None));
        Assert.That(made.Succeeded, Is.True, made.Error?.Code);
        both = await workshop.App.SignInByPageAsync("both@test.example");
        both.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    [TearDown]
    public async Task StopAsync()
    {
        both.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task Appoints_in_the_league_and_at_the_site_none_but_assistants()
    {
        Assert.That(await InviteAsync("x@test.example", "Coach", "RSB"), Does.Not.Contain("/invitation/"));
        Assert.That(await InviteAsync("x@test.example", "Facilitator", "RSB"), Does.Not.Contain("/invitation/"));
        Assert.That(await InviteAsync("y@test.example", "Coach", "WAC"), Does.Contain("/invitation/"));
        Assert.That(await InviteAsync("z@test.example", "Assistant", workshop.Group), Does.Contain("/invitation/"));

        var form = await both.GetStringAsync(Address("/people/invite"));
        Assert.That(form.Split("method=\"post\"")[^1].Split("</form>")[0], Does.Contain("value=\"WAC\"").And.Not.Contain("value=\"RSB\""));
    }

    [Test]
    public async Task Reads_the_records_of_the_league_s_people_and_of_no_colleague()
    {
        Assert.That(await both.GetStringAsync(Address("/people")), Does.Contain("club@test.example").And.Not.Contain("colleague@test.example"));
    }

    [Test]
    public async Task Makes_keys_for_the_league_s_clubs_alone()
    {
        var form = await both.GetStringAsync(Address("/keys"));
        using var refused = await both.SendFormAsync("/keys", ("Organisation", "Test"), ("Place", "s:RSB"), ("Scopes", "Read"));
        using var made = await both.SendFormAsync("/keys", ("Organisation", "Test"), ("Place", "s:WAC"), ("Scopes", "Read"));

        Assert.That(form, Does.Contain("s:WAC").And.Not.Contain("s:RSB"));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Not.Contain("handler=Revoke"));
        Assert.That(await made.Content.ReadAsStringAsync(), Does.Contain("handler=Revoke"));
    }

    [Test]
    public async Task Decides_no_late_edit_where_another_role_opens_the_sheet()
    {
        using var colleague = await workshop.App.SiteAsync("RSB");
        var session = await workshop.HoldAsync();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "absent"));
        await workshop.CloseAsync(session);
        using var rules = await workshop.Staff.PutAsJsonAsync(
            "/api/editions/football-2026/attendance-rules", new { cutOffs = new[] { new { through = "2026-11-21", lastDay = "2026-11-22" } } });
        using var asked = await colleague.PostAsJsonAsync($"/api/sessions/{session}/late-edits", new { enrollment = workshop.Youths[0].Enrollment, status = "present", reason = "The sheet says so" });
        var mark = (await Workshop.ReadAsync(asked)).GetProperty("markId").GetString();

        using var decided = await both.PostAsJsonAsync($"/api/sessions/{session}/conflicts/{mark}", new { keep = "yours", reason = "Seen the sheet" });
        using var region = await workshop.App.RegionAsync("02");
        using var approved = await region.PostAsJsonAsync($"/api/sessions/{session}/conflicts/{mark}", new { keep = "yours", reason = "Seen the sheet" });

        Assert.That((decided.StatusCode, (await Workshop.ReadAsync(decided)).GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "higherScopeNeeded")));
        Assert.That(approved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Everywhere at the doors of those who decide the site of the other role is not there.</summary>
    [Test]
    public async Task At_a_coordinator_s_doors_the_site_is_not_there_and_at_those_of_its_people_it_is()
    {
        var youth = workshop.Youths[0];
        using var limited = await both.PutAsJsonAsync("/api/sites/RSB/limit", new { edition = "football-2026", places = 500 });
        using var own = await both.PutAsJsonAsync("/api/sites/WAC/limit", new { edition = "football-2026", places = 500 });
        using var readings = await both.GetAsync(Address($"/api/participants/{youth.Participant}/readings"));
        using var file = await both.GetAsync(Address($"/api/participants/{youth.Participant}"));
        using var groups = await both.GetAsync(Address("/api/groups?site=RSB"));

        Assert.That((limited.StatusCode, own.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.OK)));
        Assert.That(readings.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((file.StatusCode, groups.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
    }

    private async Task<string> InviteAsync(string email, string role, string place)
    {
        using var answer = await both.SendFormAsync("/people/invite", ("Name", "Samira Tazi"), ("Email", email), ("Language", "fr"), ("Role", role), ("Place", place));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);
}
