using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A family's way in where messages are sent, and its pages in Amazigh: an application of its own, with a gateway.</summary>
[Category("Browser")]
internal sealed class FamilyCodeTests
{
    private const int FirstLoadMax = 50 * 1024;

    private SmsInbox inbox = null!;
    private RunningApplication application = null!;
    private Backstage backstage = null!;
    private HttpClient nation = null!;
    private string group = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        inbox = new SmsInbox();
        application = await RunningApplication.StartAsync(("Sms__Url", inbox.Address), ("Sms__Receipts__Secret", "a-secret-of-the-browser-tests"), ("Sms__Body", """{"ref":"{id}","to":"{to}","text":"{text}"}"""));
        backstage = new Backstage(application);
        nation = new HttpClient { BaseAddress = application.Address };
        nation.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningApplication.BootstrapKey);
        group = await backstage.OpenGroupAsync("Familles avec téléphone");
        await BringAsync(leaveOut: null);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        nation.Dispose();
        backstage.Dispose();
        await application.DisposeAsync();
        inbox.Dispose();
    }

    [TestCase("ar")]
    [TestCase("fr")]
    [TestCase("zgh")]
    public async Task Every_page_of_the_way_in_is_clean(string language)
    {
        var own = await backstage.OpenGroupAsync($"Familles en {language}");
        var child = await backstage.RegisterAsync(own);
        await backstage.HoldCurriculumAsync(own);
        await using var visit = await BrowserHost.OpenAsync(language, application: application);
        await visit.GoAsync("/family");
        await visit.LookAsync("way-claim");
        await ClaimAsync(visit, child);
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/family/code"));
        await visit.LookAsync("way-code");
        await visit.SubmitAsync("form[action$='handler=Send'] button");
        await visit.LookAsync("way-code-sent");
        await visit.Page.FillAsync("#Code", "12");
        await visit.SubmitAsync("form[action$='handler=Confirm'] button");
        await visit.LookAsync("way-code-wrong");
        await visit.Page.FillAsync("#Code", inbox.Code);
        await visit.SubmitAsync("form[action$='handler=Confirm'] button");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/family/children"));
        foreach (var (name, path) in new[] { ("children", "/family/children"), ("consents", "/family/consents"), ("data", $"/family/data/{child.Participant}"), ("file", $"/family/file/{child.Participant}"), ("privacy", "/privacy") })
        {
            Assert.That(await visit.GoAsync(path), Is.EqualTo(200));
            await visit.LookAsync($"way-{name}");
        }
        await visit.GoAsync($"/family/data/{child.Participant}");
        await visit.SubmitAsync("main form.form button");
        await visit.LookAsync("way-data-empty");
        await SendLinkAsync(child);
        await visit.GoAsync(inbox.Link);
        await visit.LookAsync("way-link");
        await visit.SubmitAsync("main form button");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/family/code"));
        await visit.GoAsync("/family/l/AAAAAAAAAAAAAAAAAAAAAA");
        await visit.SubmitAsync("main form button");
        await visit.LookAsync("way-link-over");
    }

    [TestCase("ar")]
    [TestCase("zgh")]
    public async Task The_whole_way_in_needs_no_script(string language)
    {
        var child = await backstage.RegisterAsync(group);
        await using var visit = await BrowserHost.OpenAsync("ar", javaScript: false, application: application);
        await visit.GoAsync("/family");
        if (language == "zgh") await visit.SubmitAsync(".languages button[value='zgh-MA']");
        Assert.That(await visit.Page.Locator("html").GetAttributeAsync("lang"), Does.StartWith(language));
        await ClaimAsync(visit, child);
        await visit.SubmitAsync("form[action$='handler=Send'] button");
        await visit.Page.FillAsync("#Code", inbox.Code);
        await visit.SubmitAsync("form[action$='handler=Confirm'] button");
        Assert.That(await visit.TextAsync(".child__head h2"), Is.EqualTo(child.NameAr));
        if (language == "zgh") return;
        await visit.GoAsync("/family/consents");
        await visit.SubmitAsync("section details button", open: "section details summary");
        await visit.GoAsync($"/family/data/{child.Participant}");
        await visit.Page.FillAsync("#Words", "الاسم مكتوب خطأ");
        await visit.SubmitAsync("main form.form button");
        Assert.That(await visit.Page.Locator(".notice--success [role=status]").CountAsync(), Is.EqualTo(1));
        await visit.GoAsync("/family/children");
        await visit.SubmitAsync("form[action='/family/sign-out'] button");

        await SendLinkAsync(child);
        await visit.GoAsync(inbox.Link);
        await visit.SubmitAsync("main form button");
        await visit.SubmitAsync("form[action$='handler=Send'] button");
        await visit.Page.FillAsync("#Code", inbox.Code);
        await visit.SubmitAsync("form[action$='handler=Confirm'] button");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/family/children"));
    }

    [TestCase("ar")]
    [TestCase("zgh")]
    public async Task The_first_load_stays_small_where_a_third_language_is_offered(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language, application: application);
        var received = new List<IResponse>();
        visit.Page.Response += (_, response) => received.Add(response);
        await visit.GoAsync("/family");
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var bytes = 0;
        foreach (var response in received) bytes += (await response.BodyAsync()).Length;

        TestContext.Out.WriteLine($"{language}: {bytes} bytes, uncompressed, in {received.Count} files");
        Assert.That(bytes, Is.LessThanOrEqualTo(FirstLoadMax));
    }

    [Test]
    public async Task Half_translated_pages_are_clean_too_and_the_directorate_s_page_is()
    {
        var child = await backstage.RegisterAsync(group);
        var number = 0;
        await BringAsync(_ => number++ % 2 == 0);
        try
        {
            await using var visit = await BrowserHost.OpenAsync("zgh", application: application);
            await visit.GoAsync("/family");
            await visit.LookAsync("half-claim");
            await ClaimAsync(visit, child);
            await visit.LookAsync("half-code");
            await using var desk = await BrowserHost.OpenAsync("fr", application: application);
            await desk.SignInAsync("directorate");
            await desk.GoAsync("/amazigh");
            await desk.LookAsync("amazigh");
            await BringAsync(leaveOut: null, publish: false);
            await desk.GoAsync("/amazigh");
            await desk.LookAsync("amazigh-preview");
            await using var arabic = await BrowserHost.OpenAsync("ar", application: application);
            await arabic.SignInAsync("directorate");
            await arabic.GoAsync("/amazigh");
            await arabic.LookAsync("amazigh-preview");
        }
        finally
        {
            await BringAsync(leaveOut: null);
        }
    }

    private async Task BringAsync(Func<string, bool>? leaveOut, bool publish = true)
    {
        using var content = new ByteArrayContent(TifinaghLetters.Fill(await nation.GetByteArrayAsync("/api/amazigh/workbook?version=0"), leaveOut));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        using var brought = await nation.PostAsync(new Uri("/api/amazigh", UriKind.Relative), content);
        var answer = await brought.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((int)brought.StatusCode, Is.EqualTo(201), answer.ToString());
        if (!publish) return;
        using var published = await nation.PostAsJsonAsync($"/api/amazigh/{answer.GetProperty("number").GetInt32()}/publish", new { });
        Assert.That((int)published.StatusCode, Is.EqualTo(200));
    }

    private async Task SendLinkAsync(Backstage.Child child)
    {
        using var sent = await nation.PostAsJsonAsync($"/api/participants/{child.Participant}/family-link", new { guardian = 1 });
        Assert.That((int)sent.StatusCode, Is.EqualTo(200), await sent.Content.ReadAsStringAsync());
    }

    private static async Task ClaimAsync(Visit visit, Backstage.Child child)
    {
        await visit.Page.FillAsync("#ClaimCode", child.ClaimCode);
        await visit.Page.FillAsync("#BirthDate-day", child.BirthDate.Day.ToString(CultureInfo.InvariantCulture));
        await visit.Page.FillAsync("#BirthDate-month", child.BirthDate.Month.ToString(CultureInfo.InvariantCulture));
        await visit.Page.FillAsync("#BirthDate-year", child.BirthDate.Year.ToString(CultureInfo.InvariantCulture));
        await visit.SubmitAsync("form.form button.button:not([formaction])");
    }
}
