using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>A coordinator of a league sees its clubs, an assistant one group; each is given by the level above and ends at once.</summary>
[TestFixture]
internal sealed partial class LeagueAndGroupTests
{
    private const string Password = Browsing.Password;

    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication(("App:Roles", "Web"));
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task An_assistant_sees_the_own_group_and_keeps_its_sheet()
    {
        var (own, other) = (await OpenAsync("RSB", "U13", "Bennani"), await OpenAsync("RSB", "U15", "Zerhouni"));
        using var assistant = await AssistantAsync(own.Group);

        var today = await assistant.GetStringAsync(new Uri("/today", UriKind.Relative));
        var group = await assistant.GetStringAsync(new Uri($"/groups/{own.Group}", UriKind.Relative));
        var roster = await assistant.GetStringAsync(new Uri($"/sessions/{own.Session}", UriKind.Relative));
        using var marked = await assistant.PutAsJsonAsync($"/api/sessions/{own.Session}/attendance", new { marks = new[] { Workshop.Mark(own.Child) } });
        using var foreign = await assistant.PutAsJsonAsync($"/api/sessions/{own.Session}/attendance", new { marks = new[] { Workshop.Mark(other.Child) } });

        Assert.That(today, Does.Contain($"/sessions/{own.Session}").And.Contain($"/groups/{own.Group}").And.Not.Contain(other.Session).And.Not.Contain("/sessions/new").And.Not.Contain("/register"));
        Assert.That(group, Does.Contain("Bennani").And.Not.Contain("Zerhouni").And.Not.Contain("/enrollments/").And.Not.Contain("/register").And.Not.Contain("/certificates/"));
        Assert.That(roster, Does.Contain("Bennani").And.Not.Contain("/manage").And.Not.Contain("/register"));
        Assert.That((await Accepted(marked), await Accepted(foreign)), Is.EqualTo((1, 0)));
        foreach (var address in new[] { $"/sessions/{other.Session}", $"/groups/{other.Group}", $"/api/groups/{other.Group}/cards", $"/api/sessions/{other.Session}/sheet" })
            Assert.That(await StatusAsync(assistant, address), Is.EqualTo(404), address);
        foreach (var address in new[] { $"/participants/{own.Child.Participant}", $"/enrollments/{own.Child.Enrollment}", "/reports", "/messages", "/imports", "/people", "/coach", "/participants", "/conflicts", "/api/groups" })
            Assert.That(await StatusAsync(assistant, address), Is.EqualTo(403), address);
    }

    [Test]
    public async Task Who_is_also_a_coach_elsewhere_opens_no_file_of_the_assisted_group()
    {
        var assisted = await OpenAsync("WAC", "U13", "Ouazzani");
        await app.CreateAsync("both@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "RSB"));
        await HoldAsync("both@test.example", Role.Assistant, assisted.Group);
        using var both = await ScriptingAsync("both@test.example");

        Assert.That(await StatusAsync(both, $"/sessions/{assisted.Session}"), Is.EqualTo(200));
        Assert.That(await StatusAsync(both, $"/participants/{assisted.Child.Participant}"), Is.EqualTo(404));
        Assert.That(await StatusAsync(both, $"/enrollments/{assisted.Child.Enrollment}"), Is.EqualTo(404));
        Assert.That(await StatusAsync(both, $"/api/sessions/{assisted.Session}/history"), Is.EqualTo(404));
        using var withdrawn = await both.PostAsJsonAsync($"/api/enrollments/{assisted.Child.Enrollment}/withdraw", new { reason = "moved" });
        Assert.That((int)withdrawn.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_coach_gives_the_own_groups_to_assistants_and_takes_them_at_once()
    {
        var (own, away) = (await OpenAsync("RSB", "U13", "Bennani"), await OpenAsync("WAC", "U13", "Ouazzani"));
        await app.CreateCoachAsync("coach@test.example", Password);
        using var coach = await app.SignInByPageAsync("coach@test.example");

        Assert.That(await InviteAsync(coach, "x@test.example", "Assistant", away.Group), Is.Null, "a group of another site");
        Assert.That(await InviteAsync(coach, "x@test.example", "Coach", "RSB"), Is.Null, "the own role");
        Assert.That(await InviteAsync(coach, "x@test.example", "Assistant", "RSB"), Is.Null, "a site for an assistant");
        var link = await InviteAsync(coach, "assistant@test.example", "Assistant", own.Group);
        using var visitor = app.Visitor();
        using var set = await visitor.SendFormAsync(link!, ("Password", Password));
        using var assistant = await app.SignInByPageAsync("assistant@test.example");
        Assert.That(await StatusAsync(assistant, $"/sessions/{own.Session}"), Is.EqualTo(200));

        var (person, grant) = await GrantAsync("assistant@test.example");
        var people = await coach.GetStringAsync(new Uri("/people", UriKind.Relative));
        using var ended = await coach.SendFormAsync($"/people/{person}", $"/people/{person}?handler=End", ("grant", $"{grant}"));

        Assert.That(people, Does.Contain("assistant@test.example").And.Not.Contain("coach@test.example"));
        Assert.That((int)ended.StatusCode, Is.EqualTo(302));
        Assert.That(await StatusAsync(assistant, $"/api/sessions/{own.Session}/roster"), Is.EqualTo(401), "from the next request on");
    }

    [TestCase(-10, -1, 401)]
    [TestCase(1, 10, 401)]
    [TestCase(-10, 10, 200)]
    public async Task A_group_is_held_from_its_first_day_to_its_last(int starts, int ends, int status)
    {
        var own = await OpenAsync("RSB", "U13", "Bennani");
        await app.CreateAsync("dated@test.example", Password, new CreateAccount.Grant(Role.Assistant, Group: own.Group));
        using var assistant = await app.SignInByPageAsync("dated@test.example");
        var today = DateOnly.FromDateTime(app.Time.GetUtcNow().Date);
        await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RoleGrant>().Where(row => row.Role == Role.Assistant)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartsOn, today.AddDays(starts)).SetProperty(row => row.EndsOn, today.AddDays(ends))));

        Assert.That(await StatusAsync(assistant, $"/api/sessions/{own.Session}/roster"), Is.EqualTo(status));
    }

    [Test]
    public async Task A_league_is_its_clubs_and_nothing_else_of_the_region()
    {
        var (club, other) = (await OpenAsync("WAC", "U13", "Ouazzani"), await OpenAsync("DHJ", "U13", "Doukkali"));
        var house = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Domain.Directory.Site>()
            .Where(site => site.RegionId == 6 && site.Kind == Domain.Directory.SiteKind.YouthHouse).OrderBy(site => site.Id).Select(site => site.Code).FirstAsync());
        await app.CreateAsync("league@test.example", Password, new CreateAccount.Grant(Role.Coordinator, League: "LR-GC"));
        using var league = await app.SignInByPageAsync("league@test.example");

        var home = await league.GetStringAsync(new Uri("/desk", UriKind.Relative));

        Assert.That(home, Does.Contain("Grand Casablanca").Or.Contain("الدار البيضاء الكبرى"), "the frame names the league");
        Assert.That(home, Does.Not.Contain("href=\"/rights\"").And.Not.Contain("href=\"/webhooks\""));
        Assert.That(await StatusAsync(league, $"/sessions/{club.Session}"), Is.EqualTo(200));
        foreach (var address in new[] { $"/sessions/{other.Session}", $"/api/groups?site=DHJ", $"/api/groups?site={house}", "/api/groups?site=RSB" })
            Assert.That(await StatusAsync(league, address), Is.EqualTo(404), address);
        Assert.That((await league.GetStringAsync(new Uri("/api/reports/attendance?edition=football-2026&by=site", UriKind.Relative))), Does.Not.Contain("DHJ"));
    }

    [Test]
    public async Task A_region_gives_its_own_leagues_and_a_league_its_clubs()
    {
        using var region = await app.CoordinatorAsync("region@test.example", "06");
        foreach (var (role, place) in new[] { ("Coordinator", "LR-ORI"), ("Coordinator", "LN-LNFP"), ("Coordinator", "06"), ("Coach", "LR-GC"), ("Coordinator", "WAC") })
            Assert.That(await InviteAsync(region, "no@test.example", role, place), Is.Null, $"{role} {place}");
        Assert.That(await InviteAsync(region, "gc@test.example", "Coordinator", "LR-GC"), Is.Not.Null);

        await app.CreateAsync("league@test.example", Password, new CreateAccount.Grant(Role.Coordinator, League: "LR-GC"));
        using var league = await app.SignInByPageAsync("league@test.example");
        foreach (var (role, place) in new[] { ("Coordinator", "LR-GC"), ("Coordinator", "LR-CD"), ("Coach", "DHJ"), ("Directorate", "") })
            Assert.That(await InviteAsync(league, "no@test.example", role, place), Is.Null, $"{role} {place}");
        Assert.That(await InviteAsync(league, "club@test.example", "Coach", "WAC"), Is.Not.Null);
    }

    /// <summary>Else whoever works at a site would take over the account of a coordinator who was invited and has not come in yet.</summary>
    [Test]
    public async Task A_coach_who_names_an_invited_coordinator_gets_no_link()
    {
        var own = await OpenAsync("RSB", "U13", "Bennani");
        await app.CreateAsync("directorate@test.example", Password, new CreateAccount.Grant(Role.Directorate));
        using var directorate = await app.SignInByPageAsync("directorate@test.example");
        var first = await InviteAsync(directorate, "coming@test.example", "Coordinator", "02");
        await app.CreateCoachAsync("coach@test.example", Password);
        using var coach = await app.SignInByPageAsync("coach@test.example");

        Assert.That(await InviteAsync(coach, "coming@test.example", "Assistant", own.Group), Is.Null);

        using var visitor = app.Visitor();
        Assert.That(await StatusAsync(visitor, first!), Is.EqualTo(200), "the directorate's link still serves");
    }

    /// <summary>A number must not tell whose account it is.</summary>
    [Test]
    public async Task Adults_of_a_session_are_those_of_its_place()
    {
        var own = await OpenAsync("RSB", "U13", "Bennani");
        await app.CreateAsync("stranger@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "WAC"));
        var stranger = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Account>().MaxAsync(row => row.Id));
        using var assistant = await AssistantAsync(own.Group);
        var self = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Account>().MaxAsync(row => row.Id));

        using var refused = await assistant.PutAsJsonAsync($"/api/sessions/{own.Session}/log", new { adults = new[] { new { account = $"account:{stranger}" } } });
        using var taken = await assistant.PutAsJsonAsync($"/api/sessions/{own.Session}/log", new { adults = new[] { new { account = $"account:{self}" } } });

        Assert.That(((int)refused.StatusCode, (int)taken.StatusCode), Is.EqualTo((400, 200)));
    }

    [Test]
    public async Task Adults_that_can_be_recorded_are_those_who_work_there_today()
    {
        var own = await OpenAsync("RSB", "U13", "Bennani");
        var today = DateOnly.FromDateTime(app.Time.GetUtcNow().Date);
        var league = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Domain.Directory.League>()
            .Where(row => services.GetRequiredService<TrainingDbContext>().Set<Domain.Directory.Site>().Any(site => site.Code == "RSB" && site.LeagueId == row.Id)).Select(row => row.Code).SingleAsync());
        await app.CreateAsync("was@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "RSB"));
        await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RoleGrant>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsOn, today.AddDays(-1))));
        var was = await LastAccountAsync();
        await app.CreateAsync("will@test.example", Password, new CreateAccount.Grant(Role.Coach, Site: "RSB"));
        await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RoleGrant>().Where(row => row.EndsOn == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartsOn, today.AddDays(1))));
        var will = await LastAccountAsync();
        await app.CreateAsync("other@test.example", Password, new CreateAccount.Grant(Role.Coordinator, League: "LR-GC"));
        await app.CreateAsync("league@test.example", Password, new CreateAccount.Grant(Role.Coordinator, League: league));
        var coordinator = await LastAccountAsync();

        var known = (await nation.GetFromJsonAsync<JsonElement>($"/api/sessions/{own.Session}/adults")).GetProperty("known").EnumerateArray().Select(row => row.Text("account"));
        using var gone = await nation.PutAsJsonAsync($"/api/sessions/{own.Session}/log", new { adults = new[] { new { account = $"account:{was}" } } });
        using var early = await nation.PutAsJsonAsync($"/api/sessions/{own.Session}/log", new { adults = new[] { new { account = $"account:{will}" } } });
        using var taken = await nation.PutAsJsonAsync($"/api/sessions/{own.Session}/log", new { adults = new[] { new { account = $"account:{coordinator}" } } });

        Assert.That(known, Is.EqualTo(new[] { $"account:{coordinator}" }));
        Assert.That(((int)gone.StatusCode, (int)early.StatusCode, (int)taken.StatusCode), Is.EqualTo((400, 400, 200)));
    }

    [Test]
    public async Task The_directorate_chooses_a_site_and_then_one_of_its_groups_for_an_assistant()
    {
        var (own, away) = (await OpenAsync("RSB", "U13", "Bennani"), await OpenAsync("WAC", "U13", "Ouazzani"));
        using var directorate = await app.DirectorateAsync("directorate@test.example");
        await app.CreateCoachAsync("coach@test.example", Password);
        using var coach = await app.SignInByPageAsync("coach@test.example");

        var first = await directorate.GetStringAsync(new Uri("/people/invite", UriKind.Relative));
        var second = await directorate.GetStringAsync(new Uri("/people/invite?Site=RSB", UriKind.Relative));
        var odd = await directorate.GetStringAsync(new Uri("/people/invite?Site=%00none", UriKind.Relative));
        var single = await coach.GetStringAsync(new Uri("/people/invite?Site=WAC", UriKind.Relative));

        Assert.That(first, Does.Contain("name=\"Site\"").And.Contain("value=\"Coach\"").And.Not.Contain("value=\"Assistant\"").And.Not.Contain(own.Group));
        Assert.That(second, Does.Contain("value=\"Assistant\"").And.Contain(own.Group).And.Not.Contain(away.Group));
        Assert.That(odd, Does.Not.Contain("value=\"Assistant\""));
        Assert.That(single, Does.Contain("value=\"Assistant\"").And.Contain(own.Group).And.Not.Contain(away.Group).And.Not.Contain("name=\"Site\""), "who has one site need not choose it");
        Assert.That(await InviteAsync(directorate, "assistant@test.example", "Assistant", own.Group), Is.Not.Null);
    }

    private Task<int> LastAccountAsync() => app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Account>().MaxAsync(row => row.Id));

    private sealed record Opened(string Group, string Session, Youth Child);

    private async Task<Opened> OpenAsync(string site, string name, string surname)
    {
        using var opened = await nation.PostAsJsonAsync("/api/groups", new { site, edition = "football-2026", name, capacity = 40 });
        var group = (await opened.JsonAsync()).Text("group")!;
        var body = Bodies.Child(1, site);
        body["group"] = group;
        body["participant"]!["familyName"] = surname;
        body["duplicateDecision"] = "notADuplicate";
        var child = await TrainingApplication.RegisterAsync(nation, body);
        using var held = await nation.PostAsJsonAsync("/api/sessions", new { group, kind = "workshop", date = "2026-11-20", start = "10:00", minutes = 90, modules = Array.Empty<string>(), alongside = true });
        return new Opened(group, (await held.JsonAsync()).Text("session")!, new Youth(child.Text("enrollment")!, child.Text("participant")!, child.Text("claimCode")!, "2013-01-12"));
    }

    private async Task<HttpClient> AssistantAsync(string group)
    {
        await app.CreateAsync("assistant@test.example", Password, new CreateAccount.Grant(Role.Assistant, Group: group));
        return await ScriptingAsync("assistant@test.example");
    }

    /// <summary>A browser whose scripts call the API from the page.</summary>
    private async Task<HttpClient> ScriptingAsync(string email)
    {
        var client = await app.SignInByPageAsync(email);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private Task HoldAsync(string email, Role role, string group) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        var key = OpaqueId.ParseGroup(group)!.Value;
        db.Add(new RoleGrant
        {
            AccountId = (await db.Set<Account>().SingleAsync(row => row.Email == email)).Id, Role = role, GroupId = key,
            GroupSiteId = (await db.Set<Domain.Directory.Group>().SingleAsync(row => row.Id == key)).SiteId,
        });
        return await db.SaveChangesAsync();
    });

    private Task<(string Person, int Grant)> GrantAsync(string email) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        var grant = await db.Set<RoleGrant>().SingleAsync(row => db.Set<Account>().Any(account => account.Id == row.AccountId && account.Email == email));
        return (OpaqueId.Account(grant.AccountId), grant.Id);
    });

    private static async Task<string?> InviteAsync(HttpClient inviter, string email, string role, string place)
    {
        using var answer = await inviter.SendFormAsync("/people/invite", ("Name", "Samira Tazi"), ("Email", email), ("Language", "fr"), ("Role", role), ("Place", place));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var found = Link().Match(await answer.Content.ReadAsStringAsync());
        return found.Success ? found.Groups["path"].Value : null;
    }

    private static async Task<int> Accepted(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("accepted").GetArrayLength();

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("https://training.example(?<path>/invitation/[^<\"]+)")]
    private static partial Regex Link();
}
