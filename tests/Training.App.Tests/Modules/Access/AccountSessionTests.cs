using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>What a sign-in is worth is read anew at every request.</summary>
[TestFixture]
internal sealed class AccountSessionTests
{
    private const string Password = "une phrase de passe";

    private TrainingApplication app = null!;

    [SetUp]
    public void Start() => app = new TrainingApplication(("App:Roles", "Web")); // What a worker does each day is done by the tests themselves.

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_person_who_leaves_is_leftat_the_next_request()
    {
        await app.CreateCoachAsync("leaves@test.example", Password);
        using var coach = await app.SignedInAsync("leaves@test.example", Password);
        using var coordinator = await app.CoordinatorAsync("region@test.example", "02");
        var page = await PersonAsync("leaves@test.example");
        Assert.That(await StatusAsync(coach), Is.EqualTo(200));

        using var ended = await coordinator.SendFormAsync(page.Address, $"{page.Address}?handler=End", ("grant", page.Grant));

        Assert.That((int)ended.StatusCode, Is.EqualTo(302));
        Assert.That(await StatusAsync(coach), Is.EqualTo(401));
        Assert.That((await app.SignInAsync("leaves@test.example", Password)).Result.Error?.Code, Is.EqualTo("signInRefused"));
    }

    [Test]
    public async Task A_role_counts_from_its_first_day_to_its_last()
    {
        await app.CreateCoachAsync("dated@test.example", Password);
        var today = DateOnly.FromDateTime(TrainingApplication.Start.UtcDateTime);
        await SetDaysAsync("dated@test.example", today.AddDays(1), today.AddDays(2));

        Assert.That((await app.SignInAsync("dated@test.example", Password)).Result.Succeeded, Is.False, "before the first day");
        app.Time.Advance(TimeSpan.FromDays(1));
        using var coach = await app.SignedInAsync("dated@test.example", Password);
        Assert.That(await StatusAsync(coach), Is.EqualTo(200), "on the first day");
        await SetDaysAsync("dated@test.example", today, today);
        Assert.That(await StatusAsync(coach), Is.EqualTo(401), "after the last day, with the same cookie");
    }

    [Test]
    public async Task Signing_lefteverywhere_ends_the_other_browsers_and_not_this_one()
    {
        await app.CreateCoachAsync("everywhere@test.example", Password);
        using var lost = await app.SignedInAsync("everywhere@test.example", Password);
        using var here = await app.SignInByPageAsync("everywhere@test.example");

        using var done = await here.SendFormAsync("/my/sign-ins");

        Assert.That((await StatusAsync(lost), await StatusAsync(here)), Is.EqualTo((401, 200)));
    }

    [Test]
    public async Task Another_password_ends_every_other_sign_in_and_the_old_one()
    {
        await app.CreateCoachAsync("changes@test.example", Password);
        using var lost = await app.SignedInAsync("changes@test.example", Password);
        using var here = await app.SignInByPageAsync("changes@test.example");

        using var weak = await here.SendFormAsync("/my/password", ("Password", "changes-changes"));
        using var done = await here.SendFormAsync("/my/password", ("Password", "trois chats sur un toit"));

        Assert.That(await weak.Content.ReadAsStringAsync(), Does.Contain("error-summary"), "made of the person's own address");
        Assert.That((await StatusAsync(lost), await StatusAsync(here)), Is.EqualTo((401, 200)));
        Assert.That((await app.SignInAsync("changes@test.example", Password)).Result.Succeeded, Is.False);
        Assert.That((await app.SignInAsync("changes@test.example", "trois chats sur un toit")).Result.Succeeded, Is.True);
    }

    [Test]
    public async Task Nobody_ends_another_persons_sign_in()
    {
        await app.CreateCoachAsync("one@test.example", Password);
        await app.CreateCoachAsync("two@test.example", Password);
        using var one = await app.SignedInAsync("one@test.example", Password);
        using var two = await app.SignInByPageAsync("two@test.example");
        var id = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<SignInSession>().MinAsync(row => row.Id));

        using var done = await two.SendFormAsync("/my/sign-ins", ("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.That(await StatusAsync(one), Is.EqualTo(200));
    }

    [Test]
    public async Task Signing_leftmakes_the_cookie_worthless_also_to_who_copied_it()
    {
        await app.CreateCoachAsync("copied@test.example", Password);
        using var here = await app.SignInByPageAsync("copied@test.example");
        using var copy = await app.SignedInAsync("copied@test.example", Password);
        using var left = await here.SendFormAsync("/my/sign-ins", "/sign-out");

        Assert.That(await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<SignInSession>().CountAsync(row => row.EndedAt != null)), Is.EqualTo(1));
        Assert.That(await StatusAsync(copy), Is.EqualTo(200), "the other sign-in lasts");
    }

    [Test]
    public async Task An_account_nobody_uses_is_warned_then_closed_and_a_new_link_opens_it_again()
    {
        await app.CreateCoachAsync("unused@test.example", Password);
        var dormant = app.Services.GetRequiredService<DormantAccounts>();
        app.Time.Advance(TimeSpan.FromDays(DormantAccounts.WarnAfterDays + 1));
        var first = await dormant.RunAsync(CancellationToken.None);
        app.Time.Advance(TimeSpan.FromDays(DormantAccounts.CloseAfterDays - DormantAccounts.WarnAfterDays));
        var second = await dormant.RunAsync(CancellationToken.None);

        Assert.That((first, second), Is.EqualTo(((1, 0), (0, 1))));
        Assert.That((await app.SignInAsync("unused@test.example", Password)).Result.Error?.Code, Is.EqualTo("signInRefused"));

        using var coordinator = await app.CoordinatorAsync("region@test.example", "02");
        var link = await LinkAsync(coordinator, (await PersonAsync("unused@test.example")).Address);
        using var visitor = app.Visitor();
        using var set = await visitor.SendFormAsync(link, ("Password", "trois chats sur un toit"));
        Assert.That((await app.SignInAsync("unused@test.example", "trois chats sur un toit")).Result.Succeeded, Is.True);
    }

    [Test]
    public async Task Use_is_written_down_so_that_nobody_who_works_is_warned()
    {
        await app.CreateCoachAsync("used@test.example", Password);
        app.Time.Advance(TimeSpan.FromDays(DormantAccounts.WarnAfterDays + 1));
        await app.SignInAsync("used@test.example", Password);

        Assert.That(await app.Services.GetRequiredService<DormantAccounts>().RunAsync(CancellationToken.None), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_sensitive_page_asks_for_the_password_again_after_a_while()
    {
        using var coordinator = await app.CoordinatorAsync("region@test.example", "02");
        using var before = await coordinator.GetAsync(new Uri("/people/invite", UriKind.Relative));
        app.Time.Advance(ProveAgain.Life + TimeSpan.FromMinutes(1));
        using var later = await coordinator.GetAsync(new Uri("/people/invite", UriKind.Relative));
        using var wrong = await coordinator.SendFormAsync("/my/confirm?returnUrl=/people/invite", ("Password", "not the password"));
        using var right = await coordinator.SendFormAsync("/my/confirm?returnUrl=/people/invite", ("Password", Password));
        using var after = await coordinator.GetAsync(new Uri("/people/invite", UriKind.Relative));

        Assert.That((int)before.StatusCode, Is.EqualTo(200));
        Assert.That(later.Headers.Location?.OriginalString, Is.EqualTo("/my/confirm?returnUrl=%2Fpeople%2Finvite"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
        Assert.That(right.Headers.Location?.OriginalString, Is.EqualTo("/people/invite"));
        Assert.That((int)after.StatusCode, Is.EqualTo(200));
    }

    private async Task<(string Address, string Grant)> PersonAsync(string email) => await app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        var account = await db.Set<Account>().SingleAsync(row => row.Email == email);
        var grant = await db.Set<RoleGrant>().SingleAsync(row => row.AccountId == account.Id);
        return ($"/people/{Training.App.Platform.Http.OpaqueId.Account(account.Id)}", grant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    });

    private static async Task<string> LinkAsync(HttpClient coordinator, string person)
    {
        using var sent = await coordinator.SendFormAsync(person, $"{person}?handler=Link");
        var html = await sent.Content.ReadAsStringAsync();
        var at = html.IndexOf("https://training.example/invitation/", StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThan(0), "the link is shown once");
        return html[(at + "https://training.example".Length)..html.IndexOf('<', at)];
    }

    private Task<int> SetDaysAsync(string email, DateOnly from, DateOnly until) => app.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        var account = await db.Set<Account>().SingleAsync(row => row.Email == email);
        return await db.Set<RoleGrant>().Where(row => row.AccountId == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartsOn, from).SetProperty(row => row.EndsOn, until));
    });

    private static async Task<int> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/api/me", UriKind.Relative));
        return (int)answer.StatusCode;
    }
}
