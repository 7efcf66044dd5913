using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A parent's visit with the printed code: sees the child, downloads the certificate; and anybody's who scans it.</summary>
[Category("Browser")]
internal sealed class ParentJourneyTests
{
    private const int FirstLoadMax = 50 * 1024;

    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_parent_sees_the_child_and_downloads_the_certificate(string language)
    {
        var (complete, awaiting) = await FinishAsync($"Famille {language}");
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        var received = new List<IResponse>();
        page.Response += (_, response) => received.Add(response);
        await visit.GoAsync("/family");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var bytes = 0;
        foreach (var response in received) bytes += (await response.BodyAsync()).Length;
        Assert.That(bytes, Is.LessThanOrEqualTo(FirstLoadMax), "uncompressed bytes of the first load");
        await visit.LookAsync("family-claim");

        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(
            await page.Locator(".error-summary a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"),
            Is.EqualTo(new[] { "#ClaimCode", "#BirthDate-day" }));
        await visit.LookAsync("family-claim-errors");

        await ClaimAsync(visit, complete.ClaimCode, complete.BirthDate.AddDays(1));
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/family"), "a wrong date opens nothing");
        Assert.That(await page.Locator("#ClaimCode-error").CountAsync(), Is.EqualTo(1));
        await ClaimAsync(visit, complete.ClaimCode, complete.BirthDate);
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/family/children"));
        Assert.That(await visit.TextAsync(".child__head h2"), Is.EqualTo(language == "ar" ? complete.NameAr : complete.Name));
        Assert.That(await visit.TextAsync(".meter__text .num"), Does.Match(@"^100 % \((\d+)/\1\)$"));

        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[type='application/pdf']"));
        var file = await download.PathAsync();
        Assert.That(Encoding.ASCII.GetString(await File.ReadAllBytesAsync(file), 0, 5), Is.EqualTo("%PDF-"));
        var text = await ExtractAsync(file);
        Assert.That(text, Does.Contain(complete.Name).And.Contain(complete.NameAr.Split(' ')[1]));

        await visit.SubmitAsync("a[href='/family']");
        await ClaimAsync(visit, awaiting.ClaimCode, awaiting.BirthDate);
        Assert.That(await page.Locator(".child__head").CountAsync(), Is.EqualTo(2), "one phone, two children");
        Assert.That(await page.Locator(".notice--warning").CountAsync(), Is.EqualTo(1), "a consent is missing");
        await visit.LookAsync("family-children");
        await visit.SubmitAsync("a[href^='/family/file/']");
        await visit.LookAsync("family-file");
        await visit.GoAsync("/family/consents");
        await visit.LookAsync("family-consents");
        await visit.GoAsync("/family/children");

        await visit.SubmitAsync($".languages button[value^={(language == "ar" ? "fr" : "ar")}]");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/family/children"), "the language changes for families too");
        await visit.SubmitAsync("form[action='/family/sign-out'] button");
        await visit.GoAsync("/family/children");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/family"), "the phone forgets the children");
    }

    [Test]
    public async Task The_family_pages_work_without_javascript()
    {
        var group = await backstage.OpenGroupAsync("Famille sans script");
        var child = await backstage.RegisterAsync(group);
        await using var visit = await BrowserHost.OpenAsync("ar", javaScript: false);
        await visit.GoAsync("/family");

        await ClaimAsync(visit, child.ClaimCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), child.BirthDate);

        Assert.That(await visit.TextAsync(".child__head h2"), Is.EqualTo(child.NameAr));
        await visit.GoAsync("/family/consents");
        await visit.SubmitAsync("section details button", open: "section details summary");
        Assert.That(await visit.Page.Locator(".notice--success [role=status]").CountAsync(), Is.EqualTo(1), "a parent withdraws a consent");
    }

    [Test]
    public async Task Guessing_is_stopped_in_words()
    {
        var group = await backstage.OpenGroupAsync("Devine");
        var child = await backstage.RegisterAsync(group);
        await using var guesser = await BrowserHost.OpenAsync("ar");
        await using var parent = await BrowserHost.OpenAsync("fr");
        await guesser.GoAsync("/family");
        await parent.GoAsync("/family");

        for (var guess = 1; guess <= 6; guess++) await ClaimAsync(guesser, child.ClaimCode, child.BirthDate.AddDays(guess));
        await ClaimAsync(parent, child.ClaimCode, child.BirthDate);

        foreach (var visit in (Visit[])[guesser, parent])
        {
            Assert.That(await visit.Page.IsDisabledAsync("form.form button.button:not([formaction])"), Is.True, visit.Language);
            await visit.LookAsync("family-claim-locked");
        }
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task Anybody_verifies_a_certificate_and_learns_no_name(string language)
    {
        var (child, _) = await FinishAsync($"Preuve {language}");
        var certificate = await backstage.CertificateAsync(child);
        var code = certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
        await using var visit = await BrowserHost.OpenAsync(language);

        Assert.That(await visit.GoAsync($"/v/{code}"), Is.EqualTo(200));
        Assert.That(await visit.Page.Locator(".verdict--revoked, .verdict--replaced, .verdict--unknown").CountAsync(), Is.Zero);
        var shown = await visit.TextAsync(".verdict");
        Assert.That(shown, Does.Contain(child.BirthDate.Year.ToString(CultureInfo.InvariantCulture)));
        Assert.That(shown, Does.Not.Contain("Ouardighi").And.Not.Contain("الورديغي"));
        await visit.LookAsync("verify-valid");

        await RevokeAsync(certificate.GetProperty("number").GetString()!, language);
        Assert.That(await visit.GoAsync($"/v/{code}"), Is.EqualTo(200));
        Assert.That(await visit.Page.Locator(".verdict--revoked").CountAsync(), Is.EqualTo(1));
        await visit.LookAsync("verify-revoked");

        Assert.That(await visit.GoAsync("/v/" + new string('0', 26)), Is.EqualTo(404));
        Assert.That(await visit.Page.Locator(".verdict--unknown").CountAsync(), Is.EqualTo(1));
        await visit.LookAsync("verify-unknown");
        await visit.Page.FillAsync("#code", code.ToLowerInvariant());
        await visit.SubmitAsync(".search button");
        Assert.That(await visit.Page.Locator(".verdict--revoked").CountAsync(), Is.EqualTo(1), "a code can be typed");
    }

    /// <summary>One asks, and a coordinator agrees on the list of certificates to decide.</summary>
    private async Task RevokeAsync(string number, string language)
    {
        await backstage.AskToRevokeAsync(number);
        await using var coordinator = await BrowserHost.OpenAsync(language);
        await coordinator.SignInAsync("region04");
        await coordinator.GoAsync("/certificates/decide");
        await coordinator.LookAsync("certificates-decide");
        await coordinator.SubmitAsync($"form[action='/certificates/{number}?handler=Revoke'] button");
        await coordinator.LookAsync("certificate-revoked");
    }

    /// <summary>A child who has earned the certificate, and one who only lacks the guardian's consent.</summary>
    private async Task<(Backstage.Child Complete, Backstage.Child Awaiting)> FinishAsync(string name)
    {
        var group = await backstage.OpenGroupAsync(name);
        var complete = await backstage.RegisterAsync(group);
        var awaiting = await backstage.RegisterAsync(group, consented: false);
        await backstage.HoldCurriculumAsync(group);
        await backstage.CertificateAsync(complete);
        return (complete, awaiting);
    }

    private static async Task ClaimAsync(Visit visit, string code, DateOnly birthDate)
    {
        await visit.Page.FillAsync("#ClaimCode", code);
        await visit.Page.FillAsync("#BirthDate-day", birthDate.Day.ToString(CultureInfo.InvariantCulture));
        await visit.Page.FillAsync("#BirthDate-month", birthDate.Month.ToString(CultureInfo.InvariantCulture));
        await visit.Page.FillAsync("#BirthDate-year", birthDate.Year.ToString(CultureInfo.InvariantCulture));
        await visit.SubmitAsync("form.form button.button:not([formaction])");
    }

    private static async Task<string> ExtractAsync(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
