using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Modules.Access.People;
using Training.App.Platform.Http;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>People come in by a link that the level above sends, and set their own password.</summary>
[TestFixture]
internal sealed partial class InvitationTests
{
    private const string Password = "trois chats sur un toit";

    private TrainingApplication app = null!;
    private HttpClient coordinator = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication(("App:Roles", "Web")); // What a worker does each day is done by the tests themselves.
        coordinator = await app.CoordinatorAsync("region@test.example", "02");
    }

    [TearDown]
    public async Task Stop()
    {
        coordinator.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task An_invited_coach_sets_a_password_once_and_works_for_the_named_site()
    {
        var link = await InviteAsync("coach@test.example", "Coach", "RSB");
        Assert.That((await app.SignInAsync("coach@test.example", "")).Result.Succeeded, Is.False);
        using var visitor = app.Visitor();

        using var weak = await visitor.SendFormAsync(link!, ("Password", "motdepasse1234"));
        using var set = await visitor.SendFormAsync(link!, ("Password", Password));
        using var again = await visitor.GetAsync(new Uri(link!, UriKind.Relative));

        Assert.That(await weak.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
        Assert.That((int)set.StatusCode, Is.EqualTo(200));
        Assert.That((int)again.StatusCode, Is.EqualTo(404), "a link serves once");
        using var coach = await app.SignedInAsync("coach@test.example", Password);
        Assert.That((await StatusAsync(coach, "/api/groups?site=RSB"), await StatusAsync(coach, "/api/groups?site=WAC")), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task A_link_opens_nothing_after_a_week_nor_once_a_newer_one_was_sent()
    {
        var first = await InviteAsync("late@test.example", "Coach", "RSB");
        var person = $"/people/{await IdAsync("late@test.example")}";
        using var sent = await coordinator.SendFormAsync(person, $"{person}?handler=Link");
        var second = Link().Match(await sent.Content.ReadAsStringAsync()).Groups["path"].Value;
        using var visitor = app.Visitor();

        Assert.That((await StatusAsync(visitor, first!), await StatusAsync(visitor, second)), Is.EqualTo((404, 200)));
        app.Time.Advance(TimeSpan.FromDays(Granting.InvitationDays) + TimeSpan.FromMinutes(1));
        Assert.That((await StatusAsync(visitor, second), await StatusAsync(visitor, "/invitation/unknown")), Is.EqualTo((404, 404)));
    }

    [Test]
    public async Task The_database_keeps_no_link()
    {
        var link = await InviteAsync("kept@test.example", "Coach", "RSB");
        var secret = link!.Split('/')[^1];

        var hashes = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Invitation>().Select(row => row.Hash).ToListAsync());

        Assert.That(hashes, Has.One.Length.EqualTo(64));
        Assert.That(hashes, Has.None.Contains(secret));
    }

    [TestCase("Coach", "WAC", TestName = "a site of another region")]
    [TestCase("Coordinator", "02", TestName = "the own role")]
    [TestCase("Directorate", "", TestName = "a higher role")]
    [TestCase("Operator", "", TestName = "a role beside the own")]
    [TestCase("Machine", "RSB", TestName = "no person's role")]
    [TestCase("Coach", "02", TestName = "a region for a coach")]
    public async Task A_coordinator_does_not_give(string role, string place)
    {
        Assert.That(await InviteAsync("nobody@test.example", role, place), Is.Null);
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<Account>().AnyAsync(row => row.Email == "nobody@test.example")), Is.False);
    }

    [Test]
    public async Task A_person_holds_several_roles_and_sees_the_places_of_all()
    {
        await app.CreateCoachAsync("several@test.example", "une phrase de passe");

        Assert.That(await InviteAsync("several@test.example", "Coach", "USMO"), Is.Null, "the person has a password: no link");

        using var coach = await app.SignedInAsync("several@test.example", "une phrase de passe");
        Assert.That((await StatusAsync(coach, "/api/groups?site=RSB"), await StatusAsync(coach, "/api/groups?site=USMO")), Is.EqualTo((200, 200)));
        Assert.That(await InviteAsync("several@test.example", "Coach", "USMO"), Is.Null);
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RoleGrant>().CountAsync(row => row.Role == Role.Coach)), Is.EqualTo(2), "held already");
    }

    /// <summary>Else a coordinator would take over the account of whoever is also a coach in the region.</summary>
    [Test]
    public async Task No_link_is_sent_to_whom_a_higher_level_gave_a_role_too()
    {
        await app.CreateAsync("both@test.example", "une phrase de passe", new CreateAccount.Grant(Role.Directorate));
        await InviteAsync("both@test.example", "Coach", "RSB");
        var person = $"/people/{await IdAsync("both@test.example")}";

        using var sent = await coordinator.SendFormAsync(person, $"{person}?handler=Link");

        Assert.That((int)sent.StatusCode, Is.EqualTo(404));
        Assert.That((await app.SignInAsync("both@test.example", "une phrase de passe")).Result.Succeeded, Is.True);
    }

    [Test]
    public async Task What_is_recorded_of_an_adult_is_listed_and_called_to_mind_once_before_it_ends()
    {
        await app.CreateCoachAsync("coach@test.example", "une phrase de passe");
        var person = $"/people/{await IdAsync("coach@test.example")}";
        Assert.That(await coordinator.GetStringAsync(new Uri("/people", UriKind.Relative)), Does.Contain("manque"));

        foreach (var (kind, until) in new[] { ("CodeOfConduct", ""), ("Training", "2028-01-01"), ("Screening", "2027-01-10") })
        {
            using var recorded = await coordinator.SendFormAsync(person, $"{person}?handler=Record", ("Kind", kind), ("DoneOn", "2026-10-01"), ("EndsOn", until));
            Assert.That((int)recorded.StatusCode, Is.EqualTo(302), kind);
        }
        using var future = await coordinator.SendFormAsync(person, $"{person}?handler=Record", ("Kind", "Training"), ("DoneOn", "2027-10-01"));
        Assert.That(await future.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
        Assert.That(await coordinator.GetStringAsync(new Uri("/people", UriKind.Relative)), Does.Not.Contain("manque"));

        var reminders = app.Services.GetRequiredService<SafeguardingReminders>();
        Assert.That(await reminders.RunAsync(CancellationToken.None), Is.Zero);
        app.Time.Advance(TimeSpan.FromDays(20));
        Assert.That((await reminders.RunAsync(CancellationToken.None), await reminders.RunAsync(CancellationToken.None)), Is.EqualTo((1, 0)));
    }

    private async Task<string?> InviteAsync(string email, string role, string place)
    {
        using var answer = await coordinator.SendFormAsync(
            "/people/invite", ("Name", "Samira Tazi"), ("Email", email), ("Language", "fr"), ("Role", role), ("Place", place));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var found = Link().Match(await answer.Content.ReadAsStringAsync());
        return found.Success ? found.Groups["path"].Value : null;
    }

    private Task<string> IdAsync(string email) => app.InsideAsync(async services =>
        OpaqueId.Account((await services.GetRequiredService<TrainingDbContext>().Set<Account>().SingleAsync(row => row.Email == email)).Id));

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("https://training.example(?<path>/invitation/[^<\"]+)")]
    private static partial Regex Link();
}
