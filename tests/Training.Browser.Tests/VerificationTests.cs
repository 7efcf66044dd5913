using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>Somebody is shown a certificate: with its file at hand, or without any network.</summary>
[Category("Browser")]
internal sealed class VerificationTests
{
    private Backstage backstage = null!;
    private JsonElement certificate;
    private Backstage.Child child = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        backstage = new Backstage();
        var group = await backstage.OpenGroupAsync("Vérification");
        child = await backstage.RegisterAsync(group);
        await backstage.HoldCurriculumAsync(group);
        certificate = await backstage.CertificateAsync(child);
    }

    [OneTimeTearDown]
    public void Leave() => backstage.Dispose();

    [Test]
    public async Task A_pdf_is_compared_in_the_browser_and_one_changed_byte_shows()
    {
        var whole = await backstage.PdfAsync(certificate.GetProperty("number").GetString()!);
        var changed = (byte[])whole.Clone();
        changed[^100] ^= 1;
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.GoAsync(PathOf("verificationAddress"));

        Assert.That(await CompareAsync(visit, whole), Does.Contain("inchangé"));
        await visit.LookAsync("verify-compared");
        Assert.That(await CompareAsync(visit, changed), Does.Contain("n’est pas le document délivré"));
        Assert.That(await CompareAsync(visit, "no pdf"u8.ToArray()), Does.Contain("PDF"));
    }

    [Test]
    public async Task The_old_pdf_of_a_revoked_certificate_is_known_and_worth_nothing()
    {
        var group = await backstage.OpenGroupAsync("Révoquée");
        var other = await backstage.RegisterAsync(group);
        await backstage.HoldCurriculumAsync(group);
        var issued = await backstage.CertificateAsync(other);
        var number = issued.GetProperty("number").GetString()!;
        var old = await backstage.PdfAsync(number);
        await backstage.AskToRevokeAsync(number);
        await using (var coordinator = await BrowserHost.OpenAsync("fr"))
        {
            await coordinator.SignInAsync("region04");
            await coordinator.GoAsync("/certificates/decide");
            await coordinator.SubmitAsync($"form[action='/certificates/{number}?handler=Revoke'] button");
        }
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.GoAsync($"/v/{issued.GetProperty("verificationAddress").GetString()!.Split("/v/")[1]}");

        Assert.That(await visit.Page.Locator(".verdict--revoked").CountAsync(), Is.EqualTo(1));
        Assert.That(await CompareAsync(visit, old), Does.Contain("ne vaut plus rien"));
        await visit.LookAsync("verify-revoked-compared");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_square_code_is_checked_without_a_network(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.GoAsync("/v/offline");
        await visit.Page.EvaluateAsync(
            "async () => { await navigator.serviceWorker.register('/service-worker.js'); await navigator.serviceWorker.ready; }");
        await visit.OfflineAsync(true);
        var signed = PathOf("signedAddress");

        await visit.ReplacePageAsync();
        await visit.Page.GotoAsync(signed);
        Assert.That(await HeadlineAsync(visit), Is.EqualTo(language == "ar" ? "شهادة أصلية" : "Attestation authentique"));
        Assert.That(await visit.TextAsync("[data-number]"), Is.EqualTo(certificate.GetProperty("number").GetString()));
        Assert.That(await visit.TextAsync("[data-birth-year]"), Is.EqualTo($"{child.BirthDate.Year}"));
        await visit.LookAsync("verify-offline");

        // The last character may carry unused bits; one in the middle never does.
        var middle = signed.Length - 60;
        var forged = signed[..middle] + (signed[middle] == 'A' ? 'B' : 'A') + signed[(middle + 1)..];
        await visit.Page.FillAsync("#square", $"https://training.example{forged}");
        await visit.Page.ClickAsync("[data-form] .actions button");
        Assert.That(await HeadlineAsync(visit, not: language == "ar" ? "شهادة أصلية" : "Attestation authentique"), Is.EqualTo(language == "ar" ? "غير أصلية" : "Non authentique"));
        Assert.That(await visit.Page.IsHiddenAsync("[data-facts]"), "nothing of a forgery is shown as a fact");
    }

    [TestCase("ar", "تحققوا عبر الشبكة")]
    [TestCase("fr", "À vérifier avec le réseau")]
    public async Task What_a_withdrawn_key_signed_is_for_the_register_to_say(string language, string headline)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.Page.RouteAsync("**/.well-known/certificate-keys.json", async route =>
        {
            var answer = await route.FetchAsync();
            var published = JsonNode.Parse(await answer.TextAsync())!;
            foreach (var key in published["keys"]!.AsArray()) key!["withdrawnFrom"] = "2026-10-05";
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = published.ToJsonString() });
        });
        await visit.GoAsync("/v/offline");
        await visit.Page.FillAsync("#square", $"https://training.example{PathOf("signedAddress")}");
        await visit.Page.ClickAsync("[data-form] .actions button");

        Assert.That(await HeadlineAsync(visit), Is.EqualTo(headline));
        Assert.That(await visit.TextAsync("[data-explanation]"), Does.Contain("05/10/2026"));
        Assert.That(await visit.Page.IsHiddenAsync("[data-facts]"), "whoever holds the key may have written them");
        await visit.LookAsync("verify-withdrawn-key");
    }

    private string PathOf(string address) => "/v/" + certificate.GetProperty(address).GetString()!.Split("/v/")[1];

    private static async Task<string> CompareAsync(Visit visit, byte[] content)
    {
        var before = await visit.Page.InnerTextAsync("[data-answer]");
        await visit.Page.SetInputFilesAsync("#pdf", new FilePayload { Name = "attestation.pdf", MimeType = "application/pdf", Buffer = content });
        var answer = visit.Page.Locator("[data-answer]");
        await Assertions.Expect(answer).Not.ToHaveTextAsync(before.Length > 0 ? before : "\u0000");
        await Assertions.Expect(answer).Not.ToHaveTextAsync("");
        return await answer.InnerTextAsync();
    }

    private static async Task<string> HeadlineAsync(Visit visit, string not = "")
    {
        var headline = visit.Page.Locator("[data-headline]");
        await Assertions.Expect(headline).Not.ToHaveTextAsync(not);
        return (await headline.InnerTextAsync()).Trim();
    }
}
