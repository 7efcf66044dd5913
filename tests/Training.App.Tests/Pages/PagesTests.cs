using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Training.App.Tests.Pages;

internal sealed class PagesTests
{
    private TrainingApplication app = null!;
    private HttpClient coach = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        coach = await app.CoachAsync("coach@pages.example");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        coach.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("ar-MA", "rtl")]
    [TestCase("fr-MA", "ltr")]
    public async Task The_language_is_remembered_and_sets_the_direction(string language, string direction)
    {
        using var visitor = app.Visitor();

        using var answer = await visitor.SendFormAsync("/sign-in", "/language", ("language", language), ("returnUrl", "/privacy"));

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/privacy"));
        Assert.That(answer.Headers.GetValues("Set-Cookie").Single(), Does.StartWith($"training-language=c%3D{language}%7Cuic%3D{language};").And.Contain("httponly"));
        Assert.That(await visitor.GetStringAsync(new Uri("/privacy", UriKind.Relative)), Does.Contain($"""<html lang="{language}" dir="{direction}">"""));
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example")]
    [TestCase("/\\elsewhere.example")]
    [TestCase("")]
    public async Task The_language_switch_leads_nowhere_else(string target)
    {
        using var visitor = app.Visitor();

        using var answer = await visitor.SendFormAsync("/sign-in", "/language", ("language", "fr-MA"), ("returnUrl", target));

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [Test]
    public async Task A_language_that_is_not_offered_changes_nothing()
    {
        using var visitor = app.Visitor();

        using var answer = await visitor.SendFormAsync("/sign-in", "/language", ("language", "xx<script>"), ("returnUrl", "/"));

        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example")]
    public async Task Signing_in_leads_nowhere_else(string target)
    {
        await app.CoachAsync($"{Guid.NewGuid():N}@pages.example");
        using var visitor = app.Visitor();

        using var answer = await visitor.SendFormAsync(
            "/sign-in", ("Email", "coach@pages.example"), ("Password", "une phrase de passe"), ("returnUrl", target));

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [Test]
    public async Task The_start_leads_a_coach_to_the_own_site_and_a_visitor_to_the_sign_in()
    {
        using var visitor = app.Visitor();

        Assert.That((await visitor.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo("/sign-in"));
        Assert.That((await coach.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo("/coach"));
    }

    [TestCase("/nowhere", 404)]
    [TestCase("/coach/WAC", 404)]
    [TestCase("/register?site=WAC", 404)]
    [TestCase("/imports/i-0000000", 404)]
    [TestCase("/participants/AAA-AAAA", 404)]
    [TestCase("/error/403", 403)]
    public async Task What_a_coach_may_not_see_is_said_in_words(string path, int status)
    {
        using var answer = await coach.GetAsync(new Uri(path, UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<h1>").And.Contain("site-footer"));
    }

    [TestCase("/register")]
    [TestCase("/participants")]
    [TestCase("/sign-in")]
    [TestCase("/sign-out")]
    public async Task A_form_without_the_pages_token_is_refused(string path)
    {
        using var content = new FormUrlEncodedContent([new("Email", "coach@pages.example")]);

        using var answer = await coach.PostAsync(new Uri(path, UriKind.Relative), content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_list_without_the_pages_token_is_refused()
    {
        using var answer = await coach.PostAsync(new Uri("/imports", UriKind.Relative), List("no-token", "liste.csv", "Prénom;Nom\n"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [TestCase("liste.csv", "", "vide")]
    [TestCase("liste.xls", "\u00D0\u0000\u0001", "Excel")]
    public async Task A_file_that_is_no_list_is_refused_in_words(string name, string content, string word)
    {
        using var answer = await coach.PostAsync(new Uri("/imports", UriKind.Relative), List(await coach.TokenAsync("/imports"), name, content));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("error-summary"));
        Assert.That(html[html.IndexOf("error-summary", StringComparison.Ordinal)..], Does.Contain(word));
    }

    [Test]
    public async Task A_good_list_leads_to_its_own_page()
    {
        using var answer = await coach.PostAsync(
            new Uri("/imports", UriKind.Relative), List(await coach.TokenAsync("/imports"), "liste.csv", "Prénom;Nom;Date de naissance;Sexe;Tuteur;Téléphone\n"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(302));
        Assert.That(answer.Headers.Location?.OriginalString, Does.Match("^/imports/i-[0-9a-z]{7}$"));
    }

    [TestCase("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [TestCase("multipart/form-data", "")]
    [TestCase("text/plain", "a=b")]
    [TestCase("application/x-www-form-urlencoded", "%%%=%00&&&==")]
    public async Task A_broken_body_is_refused_and_never_breaks_the_page(string type, string body)
    {
        foreach (var path in (string[])["/imports", "/register", "/sign-in"])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

            using var answer = await coach.PostAsync(new Uri(path, UriKind.Relative), content);

            Assert.That((int)answer.StatusCode, Is.InRange(400, 499), path);
        }
    }

    [Test]
    public async Task Every_fault_of_a_registration_is_shown_at_once_beside_its_field()
    {
        using var answer = await coach.SendFormAsync(
            "/register", ("GivenName", "12345"), ("FamilyName", "  "), ("BirthDateDay", "31"), ("BirthDateMonth", "02"), ("BirthDateYear", "2014"),
            ("GuardianName", "BE123456"), ("GuardianPhone", "+33 6 12 34 56 78"), ("Consent", "paper"), ("ConsentOn", "2027-01-01"), ("Province", "99.999"));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("id=\"Province-error\""), "an unknown province is said first: the rest cannot be judged");

        using var again = await coach.SendFormAsync(
            "/register", ("GivenName", "12345"), ("FamilyName", "  "), ("BirthDateDay", "31"), ("BirthDateMonth", "02"), ("BirthDateYear", "2014"),
            ("GuardianName", "BE123456"), ("GuardianPhone", "+33 6 12 34 56 78"), ("ConsentOn", "2027-01-01"));
        html = await again.Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            foreach (var field in (string[])["GivenName", "FamilyName", "BirthDate", "Sex", "GuardianName", "Relationship", "GuardianPhone", "Consent", "ConsentOn"])
                Assert.That(html, Does.Contain($"id=\"{field}-error\""), field);
            Assert.That(WebUtility.HtmlDecode(html), Does.Contain("Cette date n’existe pas."));
            Assert.That(html, Does.Contain("value=\"BE123456\""), "what was typed is kept");
        }
    }

    [Test]
    public async Task Markup_in_a_name_stays_text()
    {
        using var answer = await coach.SendFormAsync("/register", ("GivenName", "<script>alert(1)</script>"), ("GuardianName", "\"><img src=x>"));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.That(html, Does.Not.Contain("<script>alert").And.Not.Contain("<img src=x>"));
    }

    [Test]
    public async Task A_registration_of_another_clubs_site_is_refused()
    {
        using var answer = await coach.SendFormAsync("/register", ("Site", "WAC"), ("GivenName", "Adam"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_slip_is_not_there_without_a_registration()
    {
        using var answer = await coach.GetAsync(new Uri("/register/done", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(302));
    }

    [Test]
    public async Task Too_many_sign_ins_are_told_to_wait()
    {
        await using var own = new TrainingApplication(TrainingApplication.OnSqlite);
        using var visitor = own.Visitor();
        HttpResponseMessage answer;
        var tries = 0;
        do
        {
            answer = await visitor.SendFormAsync("/sign-in", ("Email", "nobody@pages.example"));
            tries++;
        }
        while (answer.IsSuccessStatusCode && tries < 100);

        Assert.That((int)answer.StatusCode, Is.EqualTo(429));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Trop de tentatives"));
    }

    private static MultipartFormDataContent List(string token, string name, string content) => new()
    {
        { new StringContent(token), "__RequestVerificationToken" },
        { new StringContent("football-2026"), "Edition" },
        { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "File", name },
    };
}
