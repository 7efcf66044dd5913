using System.Globalization;

namespace Training.Browser.Tests;

/// <summary>Those who follow the figures: the nation by region, a region by site, each within the own perimeter.</summary>
[Category("Browser")]
internal sealed class ReportTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task The_directorate_sees_what_the_interface_reports(string language)
    {
        var report = await backstage.ReportAsync("edition=football-2026&by=region");
        var oriental = report.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("key").GetString() == "02");
        int Figure(string name) => oriental.GetProperty(name).GetInt32();
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;

        await visit.SignInAsync("directorate");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/reports"));
        await page.SelectOptionAsync("#edition", "football-2026");
        await visit.SubmitAsync("form.row button");
        Assert.That(await page.Locator(".table--stack tbody tr").CountAsync(), Is.EqualTo(12));
        Assert.That(await page.Locator(".chart svg[role=img] g").CountAsync(), Is.EqualTo(12));
        Assert.That(await page.Locator(".map a").CountAsync(), Is.EqualTo(12));
        var row = page.Locator(".table--stack tbody tr").Nth(1);
        var cells = (await row.Locator("td").AllInnerTextsAsync()).Select(cell => cell.Trim()).ToArray();
        var percent = Math.Round(100m * Figure("present") / Figure("marked"), MidpointRounding.AwayFromZero);
        Assert.That(cells[1], Is.EqualTo(Figure("enrolled").ToString(CultureInfo.InvariantCulture)));
        Assert.That(cells[4], Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"{percent} % ({Figure("present")}/{Figure("marked")})")));
        var completeness = report.GetProperty("completeness");
        Assert.That(await visit.TextAsync(".badge >> nth=1"), Does.Contain($"{completeness.GetProperty("closed")}/{completeness.GetProperty("expected")}"));
        await visit.LookAsync("report");

        var csv = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download][href*='.csv']"));
        Assert.That(await File.ReadAllTextAsync(await csv.PathAsync()), Does.Contain($";{Figure("enrolled")};"));

        await visit.SubmitAsync(".table--stack tbody tr >> nth=1 >> a");
        Assert.That(await visit.TextAsync(".table--stack tbody"), Does.Contain(language == "ar" ? "نهضة بركان" : "Renaissance Sportive de Berkane"));
        await visit.LookAsync("report-region");
        await visit.SubmitAsync(".table--stack tbody tr >> nth=0 >> a");
        await visit.LookAsync("report-site");
        await visit.SubmitAsync(".table--stack tbody tr >> nth=0 >> a");
        await visit.LookAsync("report-group");
        await visit.SubmitAsync(".breadcrumbs a");
        Assert.That(await page.Locator(".table--stack tbody tr").CountAsync(), Is.EqualTo(12));
    }

    [TestCase("region04", "ar")]
    [TestCase("coach", "fr")]
    public async Task Others_see_the_figures_of_their_own_perimeter(string account, string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync(account);

        Assert.That(await visit.GoAsync("/reports?edition=football-2026&region=09"), Is.EqualTo(200));

        Assert.That(await visit.Page.Locator(".breadcrumbs").CountAsync(), Is.Zero, "there is nothing above");
        Assert.That(await visit.TextAsync("h1"), Does.Not.Contain("Souss").And.Not.Contain("سوس"), "another region's figures do not show");
        await visit.LookAsync($"report-{account}");
    }

    [Test]
    public async Task An_edition_that_does_not_exist_is_not_found()
    {
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("directorate");

        Assert.That(await visit.GoAsync("/reports?edition=nothing-1900"), Is.EqualTo(404));
    }
}
