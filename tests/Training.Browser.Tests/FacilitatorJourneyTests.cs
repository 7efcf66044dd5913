using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A facilitator's morning: creates a session, marks the children, settles a contradiction, closes.</summary>
[Category("Browser")]
internal sealed class FacilitatorJourneyTests
{
    private const string Status = "[data-roster-status]";

    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_session_is_created_marked_and_closed(string language)
    {
        var group = await backstage.OpenGroupAsync($"Matin {language}");
        var children = new[] { await backstage.RegisterAsync(group), await backstage.RegisterAsync(group, consented: false), await backstage.RegisterAsync(group) };
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/today"));
        await visit.LookAsync("today");

        await visit.SubmitAsync("a[href='/sessions/new']");
        await visit.LookAsync("session-new");
        await page.SelectOptionAsync("#Group", group);
        await page.FillAsync("#Start", "00:05");
        await page.FillAsync("#Minutes", "");
        await page.CheckAsync("input[name=Modules][value=ethics]");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator(".error-summary a[href='#Minutes']").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.IsCheckedAsync("input[name=Modules][value=ethics]"), Is.True, "what was chosen is kept");
        await visit.LookAsync("session-new-errors");

        await page.FillAsync("#Minutes", "60");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        var session = new Uri(page.Url).Segments[^1];
        Assert.That(await page.Locator(".roster__row").CountAsync(), Is.EqualTo(3));
        await visit.LookAsync("roster");

        await ChooseAsync(page, children[0], "absent");
        await page.ClickAsync("[data-all-present]");
        await page.ClickAsync("button[name=Action][value=save]");
        await SavedAsync(page);
        Assert.That((await backstage.MarksAsync(session)).Values, Is.EquivalentTo(new[] { "absent", "present", "present" }));

        await visit.SubmitAsync("button[name=Action][value=close]");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo($"/sessions/{session}/closed"));
        Assert.That(await visit.TextAsync(".tiles .tile >> nth=0 >> dd"), Is.EqualTo("67 % (2/3)"));
        await visit.LookAsync("session-closed");
        Assert.That((await backstage.RosterAsync(session)).GetProperty("sessionStatus").GetString(), Is.EqualTo("closed"));

        await visit.GoAsync($"/sessions/{session}");
        Assert.That(await page.Locator("fieldset[disabled]").CountAsync(), Is.EqualTo(3), "a closed session takes no mark");
        await visit.LookAsync("roster-closed");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task Two_people_who_mark_one_child_differently_are_asked(string language)
    {
        var group = await backstage.OpenGroupAsync($"Deux {language}");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:10", "ethics");
        await using var one = await BrowserHost.OpenAsync(language);
        await using var other = await BrowserHost.OpenAsync(language);
        foreach (var visit in (Visit[])[one, other])
        {
            await visit.SignInAsync("facilitator");
            await visit.GoAsync($"/sessions/{session}");
        }

        await ChooseAsync(other.Page, child, "late");
        await other.Page.ClickAsync("button[name=Action][value=save]");
        await SavedAsync(other.Page);
        await ChooseAsync(one.Page, child, "absent");
        await one.Page.ClickAsync("button[name=Action][value=save]");
        await one.Page.WaitForSelectorAsync("[data-conflicts] .conflict");

        Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("late"), "nothing is overwritten in silence");
        Assert.That(await one.TextAsync("[data-conflicts] .conflict h2"), Is.EqualTo(language == "ar" ? child.NameAr : child.Name));
        await one.LookAsync("roster-conflict");
        await one.Page.ClickAsync("button[name=Action][value=close]");
        Assert.That(new Uri(one.Page.Url).AbsolutePath, Is.EqualTo($"/sessions/{session}"), "an open question keeps the session open");

        await one.Page.ClickAsync("[data-keep=yours]");
        await SavedAsync(one.Page);
        Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("absent"));
    }

    [Test]
    public async Task The_roster_works_without_javascript_contradictions_included()
    {
        var group = await backstage.OpenGroupAsync("Sans script");
        var (first, second) = (await backstage.RegisterAsync(group), await backstage.RegisterAsync(group));
        var session = await backstage.OpenSessionAsync(group, "00:15", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr", javaScript: false);
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}");
        await backstage.MarkAsync(session, first.Enrollment, "excused");

        await ChooseAsync(page, first, "absent");
        await visit.SubmitAsync("button[name=Action][value=save]");
        Assert.That(await visit.TextAsync(".conflict h2"), Is.EqualTo(first.Name));
        Assert.That((await backstage.MarksAsync(session))[first.Enrollment], Is.EqualTo("excused"));

        await visit.SubmitAsync(".conflict button[data-keep=yours]");
        Assert.That(await page.Locator(".conflict").CountAsync(), Is.Zero);
        Assert.That((await backstage.MarksAsync(session))[first.Enrollment], Is.EqualTo("absent"));

        await visit.SubmitAsync("button[name=Action][value=close]");
        Assert.That(await visit.TextAsync(".notice--warning"), Does.Contain("1 enfant"), "closing with a child unmarked is asked about");
        Assert.That((await backstage.RosterAsync(session)).GetProperty("sessionStatus").GetString(), Is.EqualTo("open"));
        await visit.SubmitAsync("button[value=closeAnyway]");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo($"/sessions/{session}/closed"));
        Assert.That(await visit.TextAsync(".tick-list"), Does.Contain(second.Name));
    }

    [Test]
    public async Task A_session_of_another_house_is_not_there()
    {
        var group = await backstage.OpenGroupAsync("Chez nous");
        var session = await backstage.OpenSessionAsync(group, "00:20");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("coach");

        Assert.That(await visit.GoAsync($"/sessions/{session}"), Is.EqualTo(404));
        Assert.That(await visit.GoAsync("/sessions/s-0000000"), Is.EqualTo(404));
    }

    private static Task ChooseAsync(IPage page, Backstage.Child child, string status) => page.ClickAsync($"label[for='{child.Enrollment}-{status}']");

    /// <summary>Waits until the roster says that everything is saved.</summary>
    private static Task SavedAsync(IPage page) => page.WaitForFunctionAsync(
        $"() => {{ const line = document.querySelector('{Status}'); return line.textContent === line.dataset.saved; }}");
}
