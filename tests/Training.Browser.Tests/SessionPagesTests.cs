namespace Training.Browser.Tests;

/// <summary>The pages around a session: what waits, what was done, other hours, repeated sessions, whoever walks in.</summary>
[Category("Browser")]
internal sealed class SessionPagesTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task What_two_people_marked_differently_is_decided_on_the_list_and_told_in_the_history(string language)
    {
        var group = await backstage.OpenGroupAsync($"Liste {language}");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:30", "ethics");
        await backstage.MarkAsync(session, child.Enrollment, "present");
        await backstage.MarkAsync(session, child.Enrollment, "absent", baseVersion: 1);
        await using var visit = await BrowserHost.OpenAsync(language, javaScript: language == "ar");
        await visit.SignInAsync("facilitator");
        Assert.That(await visit.Page.Locator("form.conflict").CountAsync(), Is.GreaterThanOrEqualTo(1), "the day shows what waits");
        if (language == "ar") await visit.LookAsync("today-waiting");

        await visit.GoAsync("/conflicts");
        if (language == "ar") await visit.LookAsync("conflicts");
        await visit.GoAsync($"/sessions/{session}");
        await visit.SubmitAsync("form.conflict button[data-keep=yours]");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo($"/sessions/{session}"));
        Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("absent"));

        await visit.GoAsync($"/sessions/{session}/manage");
        Assert.That(await visit.TextAsync("section[aria-labelledby=history]"), Does.Contain(language == "ar" ? child.NameAr : child.Name));
        if (language == "ar") await visit.LookAsync("session-manage");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_session_is_logged_closed_and_opened_again_with_a_reason(string language)
    {
        var group = await backstage.OpenGroupAsync($"Journal {language}");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:35", "ethics");
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}/manage");
        await visit.LookAsync("session-manage-open");
        await visit.Page.CheckAsync("input[name=Accounts] >> nth=0");
        await visit.Page.FillAsync("#Adult-0", "Naima El Fassi");
        await visit.Page.FillAsync("#m-ethics", "45");
        await visit.SubmitAsync("section[aria-labelledby=log] button.button");
        Assert.That((await backstage.RosterAsync(session)).GetProperty("adults").GetArrayLength(), Is.EqualTo(2));

        await backstage.MarkAsync(session, child.Enrollment, "present");
        await backstage.CloseAsync(session);
        await visit.GoAsync($"/sessions/{session}/manage");
        await visit.SubmitAsync("section[aria-labelledby=reopen] button");
        Assert.That(await visit.Page.Locator(".error-summary a[href='#ReopenReason']").CountAsync(), Is.EqualTo(1));
        await visit.LookAsync("session-manage-closed");
        await visit.Page.FillAsync("#ReopenReason", "Erreur");
        await visit.SubmitAsync("section[aria-labelledby=reopen] button");
        Assert.That((await backstage.RosterAsync(session)).GetProperty("sessionStatus").GetString(), Is.EqualTo("open"));
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task Repeated_sessions_are_shown_made_and_moved(string language)
    {
        var group = await backstage.OpenGroupAsync($"Plan {language}");
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/schedules/new?group={group}");
        await visit.LookAsync("schedule-new");
        await page.CheckAsync("input[name=Pattern][value=camp]");
        await page.FillAsync("#From", Backstage.Today.AddDays(7).ToString("yyyy-MM-dd", null));
        await visit.SubmitAsync("button[value=preview]");
        await visit.LookAsync("schedule-preview");
        await visit.SubmitAsync("button[value=make]");
        Assert.That(await page.Locator(".notice--success").CountAsync(), Is.EqualTo(1));

        await visit.GoAsync("/sessions/hours");
        await visit.LookAsync("hours");
        await page.SelectOptionAsync("#Place", $"group:{group}");
        await page.FillAsync("#From", Backstage.Today.ToString("yyyy-MM-dd", null));
        await page.FillAsync("#To", Backstage.Today.AddDays(30).ToString("yyyy-MM-dd", null));
        await page.FillAsync("#Start", "21:00");
        await visit.SubmitAsync("button[value=preview]");
        await visit.SubmitAsync("button[value=move]");
        await visit.LookAsync("hours-moved");
        await visit.SubmitAsync("form[action*=Undo] button");
        Assert.That(await page.Locator(".notice--success").CountAsync(), Is.EqualTo(1));
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_code_marks_its_child_and_a_typing_error_is_explained(string language)
    {
        var group = await backstage.OpenGroupAsync($"Cartes {language}");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:40", "ethics");
        await using var visit = await BrowserHost.OpenAsync(language, javaScript: false);
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}");
        await visit.Page.ClickAsync("main details > summary");
        await visit.Page.FillAsync("#Code", $"{child.Participant[..^1]}{(child.Participant[^1] == '0' ? '1' : '0')}");
        await visit.SubmitAsync("form[action*=Code] button");
        Assert.That(await visit.Page.Locator(".error-summary a[href='#Code']").CountAsync(), Is.EqualTo(1));

        await visit.Page.FillAsync("#Code", child.Participant);
        await visit.SubmitAsync("form[action*=Code] button");

        Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("present"));
        Assert.That(await visit.TextAsync(".notice--success"), Does.Contain(language == "ar" ? child.NameAr : child.Name));
    }

    [Test]
    public async Task Whoever_walks_in_is_registered_and_present_in_one_go()
    {
        var group = await backstage.OpenGroupAsync("Porte");
        await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:45", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        var page = visit.Page;
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}");
        await visit.SubmitAsync("a[href^='/register?group=']");
        Assert.That(await page.InputValueAsync("#Group"), Is.EqualTo(group), "the group is chosen already");
        await page.FillAsync("#GivenName", "Zineb");
        await page.FillAsync("#FamilyName", "Ouazzani Touhami");
        await page.FillAsync("#BirthDate-day", "17");
        await page.FillAsync("#BirthDate-month", "5");
        await page.FillAsync("#BirthDate-year", "2013");
        await page.CheckAsync("input[name=Sex][value=female]");
        await page.FillAsync("#GuardianName", "Malika Ouazzani");
        await page.CheckAsync("input[name=Relationship][value=mother]");
        await page.FillAsync("#GuardianPhone", "0611998877");
        await page.CheckAsync("input[name=Consent][value=paper]");
        await visit.SubmitAsync("form.form button.button:not([formaction])");

        await visit.SubmitAsync($"a.button[href='/sessions/{session}']");

        Assert.That((await backstage.MarksAsync(session)).Values, Is.EquivalentTo(new[] { "present", null }));
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task The_directorate_sees_where_past_sessions_are_still_open(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("directorate");
        Assert.That(await visit.GoAsync("/sessions/open"), Is.EqualTo(200));
        Assert.That(await visit.Page.Locator("table tbody tr").CountAsync(), Is.GreaterThan(0));
        await visit.LookAsync("still-open");
    }

    [Test]
    public async Task A_roster_of_thirty_is_light_on_a_weak_network()
    {
        var group = await backstage.OpenGroupAsync("Trente");
        for (var i = 0; i < 30; i++) await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "00:50", "ethics");
        await using var visit = await BrowserHost.OpenAsync("ar");
        await visit.SignInAsync("facilitator");
        await visit.ForgetAsync();

        var (everything, document) = await visit.WeighAsync($"/sessions/{session}");

        await TestContext.Out.WriteLineAsync($"roster of 30: {everything} bytes first, of which the page itself {document}");
        Assert.That(await visit.Page.Locator(".roster__row").CountAsync(), Is.EqualTo(30));
        // Unpublished, styles and scripts travel plain and are asked for each time; published, they are a third and kept for a year.
        Assert.That(everything, Is.LessThanOrEqualTo(60_000));
        Assert.That(document, Is.LessThanOrEqualTo(15_000));
    }
}
