using System.Text.RegularExpressions;
using Training.App.Modules.Access;
using Training.App.Tests.Pages;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>A code beside the password.</summary>
[TestFixture]
internal sealed partial class SecondFactorTests
{
    private const string Password = "une phrase de passe";
    private const string Email = "region@test.example";

    private TrainingApplication app = null!;

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Once_set_up_the_password_alone_opens_nothing_and_a_code_serves_once()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        var (secret, _) = await SetUpAsync(first);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        using var second = app.Visitor();

        using var password = await second.SendFormAsync("/sign-in", ("Email", Email), ("Password", Password));
        using var between = await second.GetAsync(new Uri("/desk", UriKind.Relative));
        using var wrong = await second.SendFormAsync("/sign-in/code", ("Code", "000000"));
        using var right = await second.SendFormAsync("/sign-in/code", ("Code", Code(secret)));
        using var desk = await second.GetAsync(new Uri("/desk", UriKind.Relative));

        Assert.That(password.Headers.Location?.OriginalString, Is.EqualTo("/sign-in/code"));
        Assert.That((int)between.StatusCode, Is.EqualTo(302));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
        Assert.That(right.Headers.Location?.OriginalString, Is.EqualTo("/"));
        Assert.That((int)desk.StatusCode, Is.EqualTo(200));

        using var third = app.Visitor();
        using var again = await third.SendFormAsync("/sign-in", ("Email", Email), ("Password", Password));
        using var reused = await third.SendFormAsync("/sign-in/code", ("Code", Code(secret)));
        Assert.That(await reused.Content.ReadAsStringAsync(), Does.Contain("error-summary"), "the same code, heard by somebody");
    }

    [Test]
    public async Task A_recovery_code_serves_once()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        var (_, papers) = await SetUpAsync(first);
        Assert.That(papers, Has.Length.EqualTo(10).And.Unique);

        Assert.That(await ComeInAsync(papers[3].ToUpperInvariant()), Is.True);
        Assert.That(await ComeInAsync(papers[3]), Is.False);
        Assert.That(await ComeInAsync(papers[4]), Is.True);
    }

    [Test]
    public async Task Five_wrong_codes_lock_the_account_whatever_is_typed_afterwards()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        var (_, papers) = await SetUpAsync(first);
        for (var i = 0; i < 5; i++) await ComeInAsync("000000");

        Assert.That(await ComeInAsync(papers[0]), Is.False);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await ComeInAsync(papers[0]), Is.True);
    }

    [Test]
    public async Task Where_it_is_required_a_coordinator_does_nothing_before_and_a_coach_is_not_asked()
    {
        app = new TrainingApplication(("Access:SecondFactor", "Required"));
        using var coordinator = await app.CoordinatorAsync(Email, "02");
        using var coach = await app.CoachAsync("coach@test.example");

        using var desk = await coordinator.GetAsync(new Uri("/desk", UriKind.Relative));
        using var api = await coordinator.GetAsync(new Uri("/api/desk", UriKind.Relative));
        Assert.That(desk.Headers.Location?.OriginalString, Is.EqualTo("/my/second-factor"));
        Assert.That((int)api.StatusCode, Is.EqualTo(403));
        Assert.That((int)(await coach.GetAsync(new Uri("/coach", UriKind.Relative))).StatusCode, Is.EqualTo(200));

        await SetUpAsync(coordinator);
        using var after = await coordinator.GetAsync(new Uri("/desk", UriKind.Relative));
        using var removed = await coordinator.SendFormAsync("/my/second-factor", "/my/second-factor?handler=Remove");
        Assert.That((int)after.StatusCode, Is.EqualTo(200));
        Assert.That(await removed.Content.ReadAsStringAsync(), Does.Contain("error-summary"), "the role asks for it");
    }

    [Test]
    public async Task An_account_of_the_demo_is_never_obliged()
    {
        app = new TrainingApplication(("Access:SecondFactor", "Required"));
        await app.CreateAsync(Email, "demo", new CreateAccount.Grant(Role.Coordinator, Region: "02"), isDemo: true);
        using var coordinator = await app.SignedInAsync(Email, "demo");

        Assert.That((int)(await coordinator.GetAsync(new Uri("/desk", UriKind.Relative))).StatusCode, Is.EqualTo(200));
        Assert.That(await coordinator.GetStringAsync(new Uri("/my/second-factor?lang=fr-MA", UriKind.Relative)), Does.Contain("démonstration"));
    }

    private async Task<bool> ComeInAsync(string code)
    {
        using var browser = app.Visitor();
        using var password = await browser.SendFormAsync("/sign-in", ("Email", Email), ("Password", Password));
        if (password.Headers.Location is null) return false;
        using var answer = await browser.SendFormAsync("/sign-in/code", ("Code", code));
        return answer.Headers.Location?.OriginalString == "/";
    }

    private async Task<(byte[] Secret, string[] Papers)> SetUpAsync(HttpClient browser)
    {
        using var begun = await browser.SendFormAsync("/my/second-factor", "/my/second-factor?handler=Begin");
        var secret = Read(Spelled().Match(await browser.GetStringAsync(new Uri("/my/second-factor", UriKind.Relative))).Groups["key"].Value);
        using var confirmed = await browser.SendFormAsync("/my/second-factor", "/my/second-factor?handler=Confirm", ("Code", Code(secret)));
        var html = await confirmed.Content.ReadAsStringAsync();
        return (secret, [.. Paper().Matches(html).Select(paper => paper.Groups["code"].Value)]);
    }

    private string Code(byte[] secret) => TimeCode.Of(secret, TimeCode.StepOf(app.Time.GetUtcNow()));

    private static byte[] Read(string spelled)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(spelled.Replace(" ", "", StringComparison.Ordinal).Select(symbol => Convert.ToString(alphabet.IndexOf(symbol, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    [GeneratedRegex("class=\"code\">(?<key>[A-Z2-7 ]{39})<")]
    private static partial Regex Spelled();

    [GeneratedRegex("class=\"code\">(?<code>[2-9a-z]{5}-[2-9a-z]{5})<")]
    private static partial Regex Paper();
}
