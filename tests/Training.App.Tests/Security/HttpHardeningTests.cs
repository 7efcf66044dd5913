using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Training.App.Tests.Modules.Access;
using Training.App.Tests.Modules.Enrollments;

namespace Training.App.Tests.Security;

/// <summary>What a browser, a cache and a stranger's link may make of our answers.</summary>
internal sealed partial class HttpHardeningTests
{
    private const string Password = "une phrase de passe";
    private const string Email = "hardening@test.example";
    private const string Evil = "evil.example";

    private TrainingApplication app = null!;
    private HttpClient anybody = null!;
    private HttpClient coach = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        await app.CreateCoachAsync(Email, Password);
        anybody = app.Anonymous();
        coach = await app.SignedInAsync(Email, Password);
        coach.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        anybody.Dispose();
        coach.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("/sign-in")]
    [TestCase("/family")]
    [TestCase("/nowhere")]
    [TestCase("/api/sites")]
    [TestCase("/api/nowhere")]
    [TestCase("/css/site.css")]
    [TestCase("/v/ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public async Task Every_answer_carries_the_headers_that_guard_it(string address)
    {
        using var answer = await anybody.GetAsync(new Uri(address, UriKind.Relative));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(answer, "Content-Security-Policy"), Does.Contain("default-src 'self'").And.Contain("frame-ancestors 'none'").And.Contain("object-src 'none'")
                .And.Contain("form-action 'self'").And.Not.Contain("unsafe-"));
            Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("same-origin"));
            Assert.That(Header(answer, "Strict-Transport-Security"), Does.Contain("max-age=31536000"), "the public address is https");
            Assert.That(Header(answer, "Server"), Is.Empty);
            Assert.That(Header(answer, "X-Powered-By"), Is.Empty);
            if (!address.StartsWith("/css", StringComparison.Ordinal)) Assert.That(Header(answer, "Cache-Control"), Does.Contain("no-store"), "no cache may keep it for the next user");
        }
    }

    [TestCase("application/json; charset=nonsense", 415)]
    [TestCase("application/json; charset=utf-7", 415)]
    [TestCase("application/json; charset=\"UTF-8\"", 404)]
    [TestCase("application/json; charset=utf-16", 404)]
    [TestCase("application/json", 404)]
    public async Task Letters_of_an_unknown_kind_are_refused_and_no_fault_of_ours(string type, int status)
    {
        var letters = type.EndsWith("16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8;
        using var content = new ByteArrayContent(letters.GetBytes("""{ "claimCode": "AAAA-AAAA-AAAA", "birthDate": "2014-03-12" }"""));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await anybody.PostAsync(new Uri("/api/family/claim", UriKind.Relative), content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status).Or.EqualTo(status == 404 ? 400 : status), await answer.Content.ReadAsStringAsync());
    }

    [TestCase("/coach")]
    [TestCase("/register")]
    [TestCase("/participants")]
    [TestCase("/today")]
    [TestCase("/sign-in")]
    [TestCase("/privacy")]
    public async Task No_page_has_a_script_or_a_style_of_its_own_that_the_policy_would_have_to_allow(string address)
    {
        var html = await (await coach.GetAsync(new Uri(address, UriKind.Relative))).Content.ReadAsStringAsync();

        Assert.That(Inline().Matches(html).Select(match => match.Value), Is.Empty);
    }

    [Test]
    public async Task A_session_s_cookie_is_out_of_reach_of_scripts_and_foreign_pages_and_never_leaves_in_the_clear()
    {
        using var browser = app.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false });
        var form = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = Email, ["Password"] = Password, ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
        }));

        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.ToArray() : [];
        var session = cookies.Single(cookie => cookie.StartsWith("training-account=", StringComparison.Ordinal));
        Assert.That(session, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase.And.Contain("secure").IgnoreCase);
    }

    [TestCase("/sign-in?ReturnUrl=/coach")]
    [TestCase("/coach")]
    [TestCase("/nowhere")]
    [TestCase("/api/nowhere")]
    public async Task A_forged_host_comes_back_in_nothing(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Host = Evil;
        request.Headers.Add("X-Forwarded-Host", Evil);
        request.Headers.Add("X-Original-URL", "/coach");

        using var answer = await anybody.SendAsync(request);

        Assert.That(await answer.Content.ReadAsStringAsync() + answer.Headers, Does.Not.Contain(Evil));
    }

    [TestCase("https://evil.example")]
    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("\\\\evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("http:evil.example")]
    public async Task A_way_back_leads_to_our_own_pages_alone(string returnUrl)
    {
        using var answer = await anybody.PostAsync(new Uri("/language", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["language"] = "fr-MA", ["returnUrl"] = returnUrl }));

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("</title><svg onload=alert(1)>")]
    [TestCase("مجموعة‮<script>alert(1)</script>‬")]
    public async Task What_people_typed_is_shown_as_text(string typed)
    {
        using var made = await coach.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = $"{typed}{Guid.NewGuid():N}"[..Math.Min(60, typed.Length + 8)], capacity = 10 });

        // Refused where the rule for names knows it; and where it is taken, every page writes it as text.
        foreach (var address in (string[])["/coach", "/register", "/today", $"/participants?q={Uri.EscapeDataString(typed)}", $"/nowhere?x={Uri.EscapeDataString(typed)}"])
        {
            var html = await (await coach.GetAsync(new Uri(address, UriKind.Relative))).Content.ReadAsStringAsync();
            Assert.That(html, Does.Not.Contain("<script>alert").And.Not.Contain("<img src=x").And.Not.Contain("<svg onload"), $"{made.StatusCode} {address}");
            Assert.That(html, Does.Not.Contain('\u202E'), "an override would turn the words around it");
        }
    }

    [TestCase("/css/..%2f..%2fappsettings.json")]
    [TestCase("/css/%2e%2e/%2e%2e/appsettings.json")]
    [TestCase("/..%5c..%5cappsettings.json")]
    [TestCase("/api/certificates/..%2f..%2ftraining.db/pdf")]
    [TestCase("/api/imports/..%2f..%2fkeys/refused")]
    [TestCase("/v/..%2f..%2f..%2fetc%2fpasswd")]
    public async Task No_address_leads_out_of_its_folder(string address)
    {
        using var answer = await coach.GetAsync(new Uri(address, UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.InRange(400, 404));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("LogLevel").And.Not.Contain("root:").And.Not.Contain("SQLite format"));
    }

    [Test]
    public async Task An_idempotency_key_of_one_caller_is_none_of_another()
    {
        using var club = await app.SiteAsync("RSB");
        using var other = await app.SiteAsync("WAC");
        using var first = await SendAsync(club, "RSB");
        using var stranger = await SendAsync(other, "RSB");
        using var again = await SendAsync(club, "RSB");

        Assert.That((int)first.StatusCode, Is.EqualTo(201), await first.Content.ReadAsStringAsync());
        Assert.That((int)stranger.StatusCode, Is.Not.EqualTo(201), "the answer, with its claim code, is the first caller's");
        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task Json_is_not_read_to_any_depth_and_no_field_is_taken_that_is_not_asked_for()
    {
        var deep = "{\"participant\":" + new string('[', 200) + new string(']', 200) + "}";
        using var nested = await coach.PostAsync(new Uri("/api/enrollments", UriKind.Relative), new StringContent(deep, Encoding.UTF8, "application/json"));
        var body = Bodies.Child(3);
        body["participant"]!["mergedIntoId"] = 1;
        using var assigned = await coach.PostAsync(new Uri("/api/enrollments", UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

        Assert.That((nested.StatusCode, assigned.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
        Assert.That((await assigned.JsonAsync()).GetProperty("errors").EnumerateObject().Single().Value[0].Text("code"), Is.EqualTo("unknownField"));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string site)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/enrollments", UriKind.Relative)) { Content = JsonContent.Create(Bodies.Child(11, site)) };
        request.Headers.Add("Idempotency-Key", "one-key-of-two");
        return client.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(',', values) : "";

    [GeneratedRegex("""<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+\s*=\s*["']|\sstyle\s*=\s*["']|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
