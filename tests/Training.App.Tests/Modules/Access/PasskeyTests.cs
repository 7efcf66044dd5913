using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;
using Training.Data.Audit;

namespace Training.App.Tests.Modules.Access;

/// <summary>Comes in by a signature of one's own device.</summary>
[TestFixture]
internal sealed partial class PasskeyTests
{
    private const string Password = "une phrase de passe";
    private const string Email = "region@test.example";
    private const string Mine = "/my/passkeys";
    private const string Door = "/sign-in/passkey";

    private TrainingApplication app = null!;

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_passkey_is_added_named_used_without_a_password_and_removed()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator();
        var papers = await AddAsync(first, device, "Mon téléphone");
        Assert.That(papers, Has.Length.EqualTo(10).And.Unique, "the first factor brings codes on paper");

        using var second = app.Visitor();
        Assert.That(await UseAsync(second, device), Is.True);
        using var desk = await second.GetAsync(new Uri("/desk", UriKind.Relative));
        Assert.That((int)desk.StatusCode, Is.EqualTo(200));
        Assert.That(await SessionsAsync(), Is.EqualTo(2), "it stands in the list of sign-ins");

        var id = Id().Match(await second.GetStringAsync(new Uri(Mine, UriKind.Relative))).Groups["id"].Value;
        using var named = await second.SendFormAsync(Mine, $"{Mine}?handler=Name", ("id", id), ("called", "Clé du bureau"));
        Assert.That(WebUtility.HtmlDecode(await second.GetStringAsync(new Uri(Mine, UriKind.Relative))), Does.Contain("Clé du bureau").And.Not.Contain("Mon téléphone"));
        using var removed = await second.SendFormAsync(Mine, $"{Mine}?handler=Remove", ("id", id));
        using var third = app.Visitor();
        Assert.That(await UseAsync(third, device), Is.False, "a removed one opens nothing");
        using var password = await third.SendFormAsync("/sign-in", ("Email", Email), ("Password", Password));
        Assert.That(password.Headers.Location?.OriginalString, Is.EqualTo("/"), "no factor is left that could be asked for");
        Assert.That(await ActsAsync(), Is.EqualTo(3), "adding, naming and removing are in the trail");
    }

    [Test]
    public async Task Beside_the_password_it_stands_for_the_code_and_the_password_alone_opens_nothing()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator();
        var papers = await AddAsync(first, device, "");
        using var browser = app.Visitor();

        using var password = await browser.SendFormAsync("/sign-in", ("Email", Email), ("Password", Password));
        Assert.That(password.Headers.Location?.OriginalString, Is.EqualTo("/sign-in/code"));
        Assert.That(await browser.GetStringAsync(new Uri("/sign-in/code", UriKind.Relative)), Does.Contain(Door));
        using var between = await browser.GetAsync(new Uri("/desk", UriKind.Relative));
        Assert.That((int)between.StatusCode, Is.EqualTo(302));
        using var paper = await browser.SendFormAsync("/sign-in/code", ("Code", papers[0]));
        Assert.That(paper.Headers.Location?.OriginalString, Is.EqualTo("/"), "a lost device: a code on paper");
    }

    [Test]
    public async Task Where_a_second_factor_is_compulsory_a_passkey_is_one_and_the_last_is_not_removed()
    {
        app = new TrainingApplication(("Access:SecondFactor", "Required"));
        using var browser = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator();
        Assert.That((int)(await browser.GetAsync(new Uri("/desk", UriKind.Relative))).StatusCode, Is.EqualTo(302));

        await AddAsync(browser, device, "");
        Assert.That((int)(await browser.GetAsync(new Uri("/desk", UriKind.Relative))).StatusCode, Is.EqualTo(200));
        var id = Id().Match(await browser.GetStringAsync(new Uri(Mine, UriKind.Relative))).Groups["id"].Value;
        using var removed = await browser.SendFormAsync(Mine, $"{Mine}?handler=Remove", ("id", id));
        Assert.That(await removed.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
    }

    [Test]
    public async Task A_locked_account_and_one_without_a_role_are_refused_alike()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator();
        await AddAsync(first, device, "");
        for (var i = 0; i < 5; i++) await app.SignInAsync(Email, "wrong password");
        using var browser = app.Visitor();
        Assert.That(await UseAsync(browser, device), Is.False);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await UseAsync(browser, device), Is.True);

        await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RoleGrant>().ExecuteDeleteAsync());
        using var another = app.Visitor();
        Assert.That(await UseAsync(another, device), Is.False);
    }

    [Test]
    public async Task An_answer_serves_once_and_only_the_browser_that_was_asked()
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator();
        await AddAsync(first, device, "");
        using var victim = app.Visitor();
        var heard = device.Use(Read(await victim.GetStringAsync(new Uri(Door, UriKind.Relative))));
        using var thief = app.Visitor();

        Assert.That(await SendAsync(thief, heard), Is.False, "another browser was asked something else");
        Assert.That(await SendAsync(victim, heard), Is.False, "the form's page asked anew meanwhile");
        Assert.That(await UseAsync(victim, device), Is.True);
        using var blank = app.Visitor();
        Assert.That(await SendAsync(blank, "{}"), Is.False);
        Assert.That(await SendAsync(blank, "not json"), Is.False);
        Assert.That(await SendAsync(blank, new string('x', 20_000)), Is.False);
    }

    [TestCase("https://elsewhere.example", true)]
    [TestCase("https://training.example", false)]
    public async Task Another_page_s_answer_and_an_unverified_one_are_refused(string origin, bool verifies)
    {
        app = new TrainingApplication();
        using var first = await app.CoordinatorAsync(Email, "02");
        using var device = new SoftAuthenticator { Origin = origin, Verifies = verifies };

        var html = await first.GetStringAsync(new Uri(Mine, UriKind.Relative));
        using var added = await PostAsync(first, html, $"{Mine}?handler=Add", ("Passkey", device.Create(Read(html))));

        Assert.That(await added.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
    }

    private static async Task<string[]> AddAsync(HttpClient browser, SoftAuthenticator device, string name)
    {
        var html = await browser.GetStringAsync(new Uri(Mine, UriKind.Relative));
        using var added = await PostAsync(browser, html, $"{Mine}?handler=Add", ("Name", name), ("Passkey", device.Create(Read(html))));
        Assert.That((int)added.StatusCode, Is.EqualTo(200));
        return [.. Paper().Matches(await added.Content.ReadAsStringAsync()).Select(paper => paper.Groups["code"].Value)];
    }

    private static async Task<bool> UseAsync(HttpClient browser, SoftAuthenticator device)
    {
        var html = await browser.GetStringAsync(new Uri(Door, UriKind.Relative));
        using var answer = await PostAsync(browser, html, Door, ("Passkey", device.Use(Read(html))));
        return answer.Headers.Location?.OriginalString == "/";
    }

    private static async Task<bool> SendAsync(HttpClient browser, string answer)
    {
        using var sent = await browser.SendFormAsync(Door, ("Passkey", answer));
        return sent.Headers.Location is not null;
    }

    private static string Read(string html) => WebUtility.HtmlDecode(Options().Match(html).Groups["options"].Value);

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string html, string action, params (string Name, string Value)[] fields) =>
        browser.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", Token().Match(html).Groups["token"].Value)).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))));

    private Task<int> SessionsAsync() => app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<SignInSession>().CountAsync(row => row.EndedAt == null));

    private Task<int> ActsAsync() => app.InsideAsync(services =>
        services.GetRequiredService<TrainingDbContext>().Set<AuditEntry>().CountAsync(row => row.Act == "Access/Factors/PasskeyBook" && row.By.StartsWith("account:")));

    [GeneratedRegex("data-options=\"(?<options>[^\"]+)\"")]
    private static partial Regex Options();

    [GeneratedRegex("name=\"id\" value=\"(?<id>[^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex("class=\"code\">(?<code>[2-9a-z]{5}-[2-9a-z]{5})<")]
    private static partial Regex Paper();
}
