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
}
