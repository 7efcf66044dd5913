using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Families;

namespace Training.App.Tests.Pages;

/// <summary>What a family reads in Amazigh, in a browser without JavaScript, and the directorate's page for its texts.</summary>
[TestFixture]
internal sealed partial class AmazighPagesTests
{
    private Workshop workshop = null!;
    private HttpClient phone = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        workshop = await Workshop.OpenAsync(children: 1);
        phone = workshop.App.Visitor();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        phone.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task Without_a_validated_text_the_language_is_not_offered()
    {
        using var chosen = await phone.SendFormAsync("/family", "/language", ("language", "zgh-MA"), ("returnUrl", "/family"));
        var html = await phone.GetStringAsync("/family");

        Assert.That(html, Does.Contain("<html lang=\"ar-MA\" dir=\"rtl\">").And.Not.Contain("ⵜⴰⵎⴰⵣⵉⵖⵜ"));
        Assert.That(await phone.GetStringAsync("/family?lang=zgh"), Does.Contain("<html lang=\"ar-MA\""));
    }

    [Test]
    public async Task The_switch_leads_through_all_pages_of_a_family_and_not_beyond()
    {
        await AmazighFile.PublishAsync(workshop.Staff, AmazighFile.Full());
        Assert.That(await phone.GetStringAsync("/family"), Does.Contain("<button name=\"language\" value=\"zgh-MA\" lang=\"zgh-MA\" dir=\"ltr\">ⵜⴰⵎⴰⵣⵉⵖⵜ</button>"));
        Assert.That(await phone.GetStringAsync("/sign-in"), Does.Not.Contain("ⵜⴰⵎⴰⵣⵉⵖⵜ"), "staff read Arabic or French");
        using var chosen = await phone.SendFormAsync("/family", "/language", ("language", "zgh-MA"), ("returnUrl", "/family"));
        Assert.That(((int)chosen.StatusCode, chosen.Headers.Location?.ToString()), Is.EqualTo((302, "/family")));

        await HoldOneAsync();
        await EnterAsync();
        var code = workshop.Youths[0].Participant;
        foreach (var page in (string[])["/family", "/family/children", "/family/consents", $"/family/data/{code}", $"/family/file/{code}", "/family/l/AAAA", "/privacy"])
        {
            var html = await phone.GetStringAsync(page);
            Assert.That(html, Does.Contain("<html lang=\"zgh-MA\" dir=\"ltr\">"), page);
            Assert.That(StandsIn(html), Is.Empty, $"{page}: every text that stands there is in the table");
            Assert.That(html, Does.Not.Contain("FDD0").And.Not.Contain('\uFDD0'), page);
            Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThan(20_000), page);
        }
        Assert.That(await phone.GetStringAsync("/sign-in"), Does.Contain("<html lang=\"ar-MA\" dir=\"rtl\">"));
        using var missing = await phone.GetAsync("/family/nowhere");
        Assert.That(await missing.Content.ReadAsStringAsync(), Does.Contain("lang=\"zgh-MA\" dir=\"ltr\"").And.Contain("ⴰⴹⵔⵉⵚ"));
        using var back = await phone.SendFormAsync("/family", "/language", ("language", "fr-MA"), ("returnUrl", "/family"));
        Assert.That(await phone.GetStringAsync("/family"), Does.Contain("<html lang=\"fr-MA\" dir=\"ltr\">"));
    }

    [Test]
    public async Task A_text_that_is_missing_is_said_in_Arabic_with_its_own_language_and_direction()
    {
        await AmazighFile.PublishAsync(workshop.Staff, AmazighFile.Of(("families.claim.code", "ⵜⴰⵏⴳⴰⵍⵜ")));
        phone.DefaultRequestHeaders.Remove("Accept-Language");
        phone.DefaultRequestHeaders.Add("Accept-Language", "zgh, fr;q=0.8");
        using var refused = await phone.SendFormAsync("/family", ("ClaimCode", "\uFDD0<b>"), ("BirthDateDay", ""), ("BirthDateMonth", ""), ("BirthDateYear", ""));
        var html = await refused.Content.ReadAsStringAsync();

        Assert.That(html, Does.Contain("<label for=\"ClaimCode\">ⵜⴰⵏⴳⴰⵍⵜ</label>"));
        Assert.That(html, Does.Contain("<h1><span lang=\"ar-MA\" dir=\"rtl\">متابعة طفلي</span></h1>"));
        Assert.That(html, Does.Match("<title>[^<]*</title>"), "no element in the title");
        Assert.That(html, Does.Match("aria-label=\"[^\"<]+\""), "nor in an attribute");
        Assert.That(html, Does.Contain(">ⵜⴰⵏⴳⴰⵍⵜ : <span lang=\"ar-MA\" dir=\"rtl\">").Or.Contain("ⵜⴰⵏⴳⴰⵍⵜ: <span lang=\"ar-MA\" dir=\"rtl\">"), "a fault names its field in one language and itself in another");
        Assert.That(html, Does.Not.Contain("FDD0").And.Not.Contain('\uFDD0').And.Not.Contain('\uFDD1'));
        Assert.That(Opened().Count(html), Is.EqualTo(Closed().Count(html)));
        Assert.That(html, Does.Contain("&lt;b&gt;").And.Not.Contain("<b>"));
    }

    [Test]
    public async Task The_directorate_brings_a_table_looks_and_puts_it_into_force()
    {
        var desk = await workshop.App.DirectorateAsync("amazigh@demo.example");
        Assert.That(await desk.GetStringAsync("/amazigh"), Does.Contain("l’amazighe n’est pas proposé aux familles"));
        var faulty = await UploadAsync(desk, AmazighFile.Of(("families.claim.title", "Suivi"), ("families.claim.code", "ⵜⴰⵏⴳⴰⵍⵜ")));
        Assert.That(await faulty.Content.ReadAsStringAsync(), Does.Contain("Ligne 2 : Utilisez des lettres tifinaghes ici."));
        var none = await UploadAsync(desk, null);
        Assert.That(await none.Content.ReadAsStringAsync(), Does.Contain("error-summary"));

        using var brought = await UploadAsync(desk, AmazighFile.Full());
        Assert.That(brought.Headers.Location?.ToString(), Is.EqualTo("/amazigh?version=1"));
        var look = await desk.GetStringAsync("/amazigh?version=1");
        Assert.That(look, Does.Contain("<span lang=\"zgh\" dir=\"ltr\">ⴰⴹⵔⵉⵚ").And.Contain("SMS (arabe"));
        using var published = await desk.SendFormAsync("/amazigh?version=1", "/amazigh?handler=Publish", ("version", "1"));
        Assert.That(await desk.GetStringAsync("/amazigh"), Does.Contain("La version 1 est en vigueur").And.Contain("account:"));
        Assert.That(await phone.GetStringAsync("/family"), Does.Contain("ⵜⴰⵎⴰⵣⵉⵖⵜ"), "this process shows it at once");
        using var unknown = await desk.GetAsync("/amazigh?version=7");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        desk.Dispose();
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient desk, byte[]? file)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await desk.TokenAsync("/amazigh")), "__RequestVerificationToken" } };
        if (file is not null) form.Add(new ByteArrayContent(file), "Table", "amazigh.xlsx");
        return await desk.PostAsync(new Uri("/amazigh", UriKind.Relative), form);
    }

    private async Task HoldOneAsync()
    {
        var session = await workshop.HoldAsync(modules: "ethics");
        await workshop.AllPresentAsync(session);
        using var closed = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/close", new { });
    }

    private async Task EnterAsync()
    {
        var youth = workshop.Youths[0];
        using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = youth.ClaimCode, birthDate = youth.BirthDate });
        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>The Arabic texts that stand in for missing ones.</summary>
    private static string[] StandsIn(string html) => [.. StandIn().Matches(html).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex("<span lang=\"ar-MA\" dir=\"rtl\">([^<]*)")]
    private static partial Regex StandIn();

    [GeneratedRegex("<span\\b")]
    private static partial Regex Opened();

    [GeneratedRegex("</span>")]
    private static partial Regex Closed();
}
