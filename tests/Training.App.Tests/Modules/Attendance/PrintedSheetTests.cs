using Training.App.Tests.Modules.Enrollments.Lifecycle;
using Training.Pdf.Tests;
using UglyToad.PdfPig;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>What a facilitator prints: the sheet of a session, and the cards of a group.</summary>
internal sealed class PrintedSheetTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 12);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [TestCase("ar-MA")]
    [TestCase("fr-MA")]
    public async Task The_day_sheet_has_every_child_in_the_rosters_order_and_the_sessions_code(string language)
    {
        var session = await workshop.HoldAsync(90, "2026-11-20", "ethics");
        var sheet = await PdfAsync($"/api/sessions/{session}/sheet?lang={language}");
        using var document = PdfDocument.Open(sheet);
        var text = string.Join(' ', document.GetPages().Select(page => page.Text));
        Assert.That(text, Does.Contain(session), "whoever types it in finds the session");
        var roster = await workshop.RosterAsync(session);
        var places = roster.GetProperty("items").EnumerateArray().Select(item => text.IndexOf(item.Text("participant")!, StringComparison.Ordinal)).ToArray();
        Assert.That(places, Is.Ordered.And.All.GreaterThan(0));
    }

    [Test]
    public async Task Ten_cards_lie_on_a_page_each_with_its_code()
    {
        var cards = await PdfAsync($"/api/groups/{workshop.Group}/cards?lang=ar-MA");
        using var document = PdfDocument.Open(cards);
        Assert.That(document.NumberOfPages, Is.EqualTo(2));
        var text = string.Join(' ', document.GetPages().Select(page => page.Text));
        foreach (var youth in workshop.Youths) Assert.That(text, Does.Contain(youth.Participant));
    }

    [Test]
    public async Task Another_site_prints_neither_and_who_waits_has_no_card_yet()
    {
        var session = await workshop.HoldAsync(90, "2026-11-20", "ethics");
        using var other = await workshop.App.SiteAsync("WAC");
        foreach (var address in new[] { $"/api/sessions/{session}/sheet", $"/api/groups/{workshop.Group}/cards" })
            Assert.That((int)(await other.GetAsync(new Uri(address, UriKind.Relative))).StatusCode, Is.EqualTo(404), address);

        var club = await Club.OpenAsync(workshop.App, "OCS", capacity: 1);
        var (held, waits) = (await club.RegisterAsync(), await club.RegisterAsync());
        using var answer = await club.Coach.GetAsync(new Uri($"/api/groups/{club.Group}/cards", UriKind.Relative));
        using var document = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        Assert.That(document.GetPage(1).Text, Does.Contain(held.Participant).And.Not.Contain(waits.Participant));
    }

    /// <summary>A document that qpdf finds nothing wrong with.</summary>
    private async Task<byte[]> PdfAsync(string address)
    {
        using var answer = await workshop.Staff.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That((answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.NoStore), Is.EqualTo(("application/pdf", (bool?)true)));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        PdfTools.CheckSyntax(bytes);
        return bytes;
    }
}
