using Microsoft.Playwright;
using Training.Paper.Tests.Corpus;

namespace Training.Browser.Tests;

/// <summary>A sheet that was filled by hand comes into the books.</summary>
[Category("Browser")]
internal sealed class PaperTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_filled_sheet_is_typed_in_by_digits_and_by_taps(string language)
    {
        var group = await backstage.OpenGroupAsync($"Feuille {language}");
        for (var i = 0; i < 4; i++) await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:20", "ethics");
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}");
        await visit.SubmitAsync($"a[href='/sessions/{session}/sheet']");

        foreach (var digit in (string[])["1", "4", "2"]) await page.Keyboard.PressAsync($"Digit{digit}");
        await page.Locator(".paper__row >> nth=3 >> .paper__box >> nth=2 >> label").ClickAsync();
        Assert.That(await page.Locator(".paper__row.is-unsaved").CountAsync(), Is.EqualTo(4));
        await visit.LookAsync("sheet-typed");
        await visit.SubmitAsync("form[data-sheet] button.button");

        Assert.That(await page.Locator(".paper__row.is-unsaved").CountAsync(), Is.Zero);
        var rows = await page.Locator(".paper__row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.enrollment)");
        var marks = await backstage.MarksAsync(session);
        Assert.That(rows.Select(row => marks[row]), Is.EqualTo(new[] { "present", "absent", "late", "excused" }), "each row has the mark its line was given");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_photographed_sheet_fills_the_boxes_and_a_person_confirms(string language)
    {
        var group = await backstage.OpenGroupAsync($"Photo {language}");
        for (var i = 0; i < 4; i++) await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:25", "ethics");
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}/sheet");
        await page.SetInputFilesAsync("#Photos", new FilePayload { Name = "page.jpg", MimeType = "image/jpeg", Buffer = await PhotographAsync(page, session, language, 0, 3, null, 1) });
        await visit.SubmitAsync("form[enctype] button");

        Assert.That((await backstage.MarksAsync(session)).Values, Is.All.Null, "nothing is recorded by reading");
        Assert.That(await page.Locator(".paper__row[data-proposed=true]").CountAsync(), Is.EqualTo(3));
        await visit.LookAsync("sheet-photo");
        await page.Locator(".paper__row >> nth=2 >> .paper__box >> nth=2 >> label").ClickAsync();
        await visit.SubmitAsync("form[data-sheet] button.button");

        var rows = await page.Locator(".paper__row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.enrollment)");
        var marks = await backstage.MarksAsync(session);
        Assert.That(rows.Select(row => marks[row]), Is.EqualTo(new[] { "present", "absent", "excused", "late" }));
    }

    /// <summary>Prints the sheet, ticks a box in each row (null for none) and photographs it.</summary>
    private static async Task<byte[]> PhotographAsync(IPage page, string session, string language, params int?[] boxes)
    {
        var printed = await page.APIRequest.GetAsync($"/api/sessions/{session}/sheet?lang={language}-MA");
        return Scanner.Scan(await printed.BodyAsync(), language == "ar", boxes);
    }
}
