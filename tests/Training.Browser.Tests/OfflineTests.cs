using System.Globalization;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A facilitator marks without a network: nothing is lost, and nothing that somebody else marked is overwritten.</summary>
[Category("Browser")]
internal sealed class OfflineTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task Marks_made_without_a_network_outlive_the_page_and_arrive(string language)
    {
        var group = await backstage.OpenGroupAsync($"Hors ligne {language}");
        var (present, absent) = (await backstage.RegisterAsync(group), await backstage.RegisterAsync(group));
        var session = await backstage.OpenSessionAsync(group, language == "ar" ? "07:00" : "07:30", "ethics");
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.LookAsync("roster-taken");

        await visit.OfflineAsync(true);
        // Any page leads to the one that works without a network.
        await visit.Page.GotoAsync("/today");
        await visit.Page.ClickAsync($"[data-session='{session}'] [data-open]");
        await ChooseAsync(visit.Page, present, "present");
        await ChooseAsync(visit.Page, absent, "absent");
        await KeptAsync(visit, 2);
        Assert.That((await backstage.MarksAsync(session)).Values, Is.All.Null, "nothing has left the phone");

        // The page is killed; a new one finds everything, still without a network.
        await visit.ReplacePageAsync();
        await visit.Page.GotoAsync($"/offline?lang={language}-MA");
        await KeptAsync(visit, 2);
        await visit.Page.ClickAsync($"[data-session='{session}'] [data-open]");
        Assert.That(await visit.Page.IsCheckedAsync($"[data-enrollment='{absent.Enrollment}'] input[value=absent]"), Is.True);
        await visit.LookAsync("offline-roster");

        await visit.OfflineAsync(false);
        await UntilAsync(async () => (await backstage.MarksAsync(session)).Values.All(mark => mark is not null));
        var marks = await backstage.MarksAsync(session);
        Assert.That((marks[present.Enrollment], marks[absent.Enrollment]), Is.EqualTo(("present", "absent")));
        await visit.Page.Locator(".is-unsaved").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visit.Page.ClickAsync("[data-back]");
        await visit.LookAsync("offline-list");
        await visit.Page.ClickAsync($"[data-session='{session}'] [data-release]");
        await visit.Page.Locator($"[data-session='{session}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Test]
    public async Task Two_phones_that_disagree_leave_a_card_and_overwrite_nothing()
    {
        var group = await backstage.OpenGroupAsync("Deux téléphones");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "08:00", "ethics");
        await using var one = await BrowserHost.OpenAsync("fr");
        await using var other = await BrowserHost.OpenAsync("fr");
        foreach (var visit in (Visit[])[one, other])
        {
            await visit.SignInAsync("facilitator");
            await TakeAsync(visit, session);
            await visit.OfflineAsync(true);
            await visit.GoOfflinePageAsync(session);
        }
        await ChooseAsync(one.Page, child, "present");
        await ChooseAsync(other.Page, child, "absent");
        await one.OfflineAsync(false);
        await UntilAsync(async () => (await backstage.MarksAsync(session))[child.Enrollment] == "present");
        await other.OfflineAsync(false);

        await other.Page.Locator($"[data-enrollment='{child.Enrollment}'] [data-note]:not([hidden])").WaitForAsync();
        Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("present"), "the first mark stands");
        await other.Page.ClickAsync("[data-back]");
        await other.SubmitAsync($"[data-session='{session}'] [data-decide]");
        Assert.That(await other.Page.Locator("[data-waiting] .conflict").CountAsync(), Is.EqualTo(1), "and the other waits for a person");
    }

    [Test]
    public async Task What_did_not_go_through_is_sent_again_and_so_is_what_was_marked_meanwhile()
    {
        var group = await backstage.OpenGroupAsync("Réseau faible");
        var (first, second) = (await backstage.RegisterAsync(group), await backstage.RegisterAsync(group));
        var session = await backstage.OpenSessionAsync(group, "10:00", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.GoOfflinePageAsync(session);
        var tries = 0;
        var underWay = new TaskCompletionSource();
        var marked = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/attendance", async route =>
        {
            if (Interlocked.Increment(ref tries) == 1) await route.AbortAsync();
            else
            {
                underWay.TrySetResult();
                await marked.Task;
                await route.ContinueAsync();
            }
        });
        await ChooseAsync(visit.Page, first, "present");
        await underWay.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await ChooseAsync(visit.Page, second, "late");
        marked.SetResult();
        await UntilAsync(async () => (await backstage.MarksAsync(session)).Values.All(mark => mark is not null));
    }

    [Test]
    public async Task A_request_that_is_never_answered_is_given_up_and_repeated()
    {
        var group = await backstage.OpenGroupAsync("Sans réponse");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "10:30", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.Page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = DateTime.UtcNow });
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.GoOfflinePageAsync(session);
        var tries = 0;
        var lost = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/attendance", async route =>
        {
            if (Interlocked.Increment(ref tries) == 1) lost.TrySetResult(); // And no answer, ever.
            else await route.ContinueAsync();
        });
        await ChooseAsync(visit.Page, child, "present");
        await lost.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await visit.Page.Clock.FastForwardAsync(31_000);
        await UntilAsync(async () => (await backstage.MarksAsync(session))[child.Enrollment] == "present");
    }

    [Test]
    public async Task A_browser_that_wrongly_says_there_is_no_network_holds_nothing_back()
    {
        var group = await backstage.OpenGroupAsync("En ligne");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "11:00", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.Page.AddInitScriptAsync("Object.defineProperty(navigator, 'onLine', { get: () => false })");
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.GoOfflinePageAsync(session);
        await ChooseAsync(visit.Page, child, "present");
        await UntilAsync(async () => (await backstage.MarksAsync(session))[child.Enrollment] == "present");
    }

    [Test]
    public async Task A_clock_that_is_a_day_ahead_is_corrected()
    {
        var group = await backstage.OpenGroupAsync("Horloge");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "08:30", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.Page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = DateTime.UtcNow.AddDays(1) });
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.GoOfflinePageAsync(session);
        await visit.Page.Locator("[data-clock]").WaitForAsync(); // It says that the clock is wrong.
        await ChooseAsync(visit.Page, child, "late");
        await UntilAsync(async () => (await backstage.MarksAsync(session))[child.Enrollment] == "late");
    }

    [Test]
    public async Task After_twelve_hours_the_names_are_gone_and_the_marks_are_not()
    {
        var group = await backstage.OpenGroupAsync("Douze heures");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "09:30", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.Page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = DateTime.UtcNow });
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.OfflineAsync(true);
        await visit.GoOfflinePageAsync(session);
        await ChooseAsync(visit.Page, child, "excused");
        await KeptAsync(visit, 1);
        await visit.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(13));
        await visit.Page.GotoAsync("/offline?lang=fr-MA");
        await visit.Page.Locator($"[data-session='{session}'] [data-open][disabled]").WaitForAsync();
        Assert.That(await visit.TextAsync("main"), Does.Not.Contain("Douze heures").And.Not.Contain(child.Name));

        await visit.OfflineAsync(false);
        await UntilAsync(async () => (await backstage.MarksAsync(session))[child.Enrollment] == "excused");
    }

    [Test]
    public async Task Two_hundred_sessions_are_sent_at_once()
    {
        const int many = 200;
        var group = await backstage.OpenGroupAsync("Deux cents");
        var child = await backstage.RegisterAsync(group);
        var sessions = new List<string>();
        for (var i = 0; i < many; i++)
            sessions.Add(await backstage.OpenSessionAsync(group, Backstage.Today.AddDays(-1 - i / 12), string.Create(CultureInfo.InvariantCulture, $"{8 + i % 12:00}:00"), "ethics"));
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, sessions[0]);
        // The same as taking each along by hand, without two hundred pages.
        await visit.Page.EvaluateAsync(
            """
            async ([sessions, enrollment]) => {
              const store = await import('/js/offline-store.js');
              const me = await (await fetch('/api/me')).json();
              for (const session of sessions) {
                await store.take(session, me.caller, { title: session, date: '2026-01-01', start: '08:00', items: [{ enrollment, participant: '', name: '', nameAr: null, status: null }] }, 0, 0);
                await store.mark(session, enrollment, 'present');
              }
            }
            """, new object[] { sessions, child.Enrollment });
        await visit.GoAsync("/offline?lang=fr-MA");
        await UntilAsync(async () => await visit.Page.EvaluateAsync<int>("async () => (await import('/js/offline-store.js')).waiting()") == 0);
        foreach (var session in sessions.Where((_, i) => i % 40 == 0))
            Assert.That((await backstage.MarksAsync(session))[child.Enrollment], Is.EqualTo("present"));
    }

    [Test]
    public async Task Signing_out_leaves_nothing_on_the_phone_and_warns_of_marks_not_sent()
    {
        var group = await backstage.OpenGroupAsync("Départ");
        var child = await backstage.RegisterAsync(group);
        var session = await backstage.OpenSessionAsync(group, "09:00", "ethics");
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("facilitator");
        await TakeAsync(visit, session);
        await visit.OfflineAsync(true);
        await visit.GoOfflinePageAsync(session);
        await ChooseAsync(visit.Page, child, "present");
        await KeptAsync(visit, 1);
        // The mark stays unsent although there is a network: the server is told to be away.
        await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await visit.OfflineAsync(false);
        await visit.GoAsync("/today");
        var asked = new List<string>();
        visit.Page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            if (asked.Count == 1) await dialog.DismissAsync();
            else await dialog.AcceptAsync();
        };
        await visit.Page.ClickAsync(".account summary");
        await visit.Page.ClickAsync(".account__panel form button");
        Assert.That(visit.Page.Url, Does.EndWith("/today"), "the first time it was not confirmed");
        await visit.SubmitAsync(".account__panel form button");
        Assert.That(asked, Has.Count.EqualTo(2).And.All.Contains("1"));
        Assert.That(visit.Page.Url, Does.EndWith("/sign-in"));
        Assert.That(await visit.Page.EvaluateAsync<string[]>("async () => (await indexedDB.databases()).map(db => db.name)"), Does.Not.Contain("training-offline"));
    }

    private static async Task TakeAsync(Visit visit, string session)
    {
        await visit.GoAsync($"/sessions/{session}");
        await visit.Page.ClickAsync("[data-take]");
        await visit.Page.Locator("[data-taken-link]").WaitForAsync();
    }

    /// <summary>Marks are durable once the page says how many it keeps; a page that is left before has not been told of the tap.</summary>
    private static Task KeptAsync(Visit visit, int marks) => visit.Page.Locator($"[data-state]:has-text('{marks}')").WaitForAsync();

    private static Task ChooseAsync(IPage page, Backstage.Child child, string status) =>
        page.ClickAsync($"[data-enrollment='{child.Enrollment}'] input[value={status}] + label");

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await done())
        {
            if (end.IsCancellationRequested) Assert.Fail("It did not come about within two minutes.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
