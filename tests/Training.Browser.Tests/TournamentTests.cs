using System.Globalization;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A tournament from the opening to the door: on pages, by camera, and without a network.</summary>
[Category("Browser")]
internal sealed class TournamentTests
{
    private static readonly string[] Clubs = ["AS-FAR", "FUS"];

    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar", true)]
    [TestCase("fr", false)]
    public async Task A_coordinator_opens_a_tournament_draws_a_squad_and_calls_it_off(string language, bool javaScript)
    {
        var (player, other) = (await backstage.RegisterPlayerAsync(Clubs[0], 2015), await backstage.RegisterPlayerAsync(Clubs[0], 2015));
        await using var visit = await BrowserHost.OpenAsync(language, javaScript);
        var page = visit.Page;
        await visit.SignInAsync("region04");
        await visit.GoAsync("/tournaments");
        await visit.SubmitAsync("a[href='/tournaments/new']");
        await page.SelectOptionAsync("#Host", Clubs[0]);
        await page.FillAsync("#Name", $"Coupe {language}");
        await page.FillAsync("#StartsOn", Day(5));
        await page.FillAsync("#EndsOn", Day(6));
        await page.CheckAsync("input[name=Modules] >> nth=0");
        await visit.SubmitAsync("form.form button.button");
        Assert.That(await page.Locator(".error-summary a[href='#Categories']").CountAsync(), Is.EqualTo(1), "no category was chosen");
        Assert.That(await page.Locator("input[name=Modules]:checked").CountAsync(), Is.EqualTo(1), "what was chosen is kept");
        if (javaScript) await visit.LookAsync("tournament-new");
        await page.CheckAsync("input[name=Categories][value=U13]");
        await visit.SubmitAsync("form.form button.button");

        // A coordinator draws for any club of the region.
        await page.SelectOptionAsync("#Club", Clubs[0]);
        if (javaScript) await visit.LookAsync("tournament-open");
        await visit.SubmitAsync("button[name=category][value=U13]");
        Assert.That(await visit.TextAsync("main ul.list"), Does.Contain(player.Participant));

        // What is wrong with one certificate stands beside it and holds back no other.
        await page.FillAsync($"#m-{player.Enrollment}", "2031-01-01");
        await visit.SubmitAsync("form[action*=Medical] button");
        Assert.That(await page.Locator($".error-summary a[href='#m-{player.Enrollment}']").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.InputValueAsync($"#m-{player.Enrollment}"), Is.EqualTo("2031-01-01"), "what was typed is kept");
        if (javaScript) await visit.LookAsync("squad-error");
        await page.FillAsync($"#m-{player.Enrollment}", Day(30));
        // What the club records meanwhile stays: this page has not seen it.
        await backstage.RecordCertificateAsync(other, Day(60));
        await visit.SubmitAsync("form[action*=Medical] button");
        Assert.That(await page.Locator(".notice--success").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.InputValueAsync($"#m-{other.Enrollment}"), Is.EqualTo(Day(60)));
        Assert.That(await page.Locator("li .badge--success").CountAsync(), Is.GreaterThanOrEqualTo(1), "cleared to play");
        if (javaScript) await visit.LookAsync("squad");

        await visit.SubmitAsync("a.back");
        await page.ClickAsync("main details > summary");
        await page.FillAsync("#Reason", "Pluie");
        await visit.SubmitAsync("form[action*=Cancel] button");
        Assert.That(await visit.TextAsync(".notice--warning"), Does.Contain("Pluie"));
        if (javaScript) await visit.LookAsync("tournament-cancelled");
    }

    [TestCase("ar", true)]
    [TestCase("fr", false)]
    public async Task A_coach_draws_the_own_squad_and_a_choice_that_is_refused_is_kept(string language, bool javaScript)
    {
        var players = new[] { await backstage.RegisterPlayerAsync("RSB", 2015), await backstage.RegisterPlayerAsync("RSB", 2015) };
        var tournament = await backstage.OpenTournamentAsync("RSB", $"Petit {language}", Backstage.Today.AddDays(3), squadSize: 1);
        await using var visit = await BrowserHost.OpenAsync(language, javaScript);
        await visit.SignInAsync("coach");
        await visit.GoAsync($"/tournaments/{tournament}");
        await visit.SubmitAsync("button[name=category][value=U13]");
        await visit.Page.ClickAsync("main details > summary");
        foreach (var player in players) await visit.Page.CheckAsync($"input[name=players][value='{player.Enrollment}']");
        if (javaScript) await visit.LookAsync("squad-change");
        await visit.SubmitAsync("form[action*=Players] button");
        Assert.That(await visit.Page.Locator(".error-summary").CountAsync(), Is.EqualTo(1), "there is room for one");
        foreach (var player in players) Assert.That(await visit.Page.IsCheckedAsync($"input[name=players][value='{player.Enrollment}']"), Is.True);

        var others = visit.Page.Locator($"input[name=players]:checked:not([value='{players[1].Enrollment}'])");
        while (await others.CountAsync() > 0) await others.First.UncheckAsync();
        await visit.SubmitAsync("form[action*=Players] button");
        Assert.That(await visit.TextAsync("main ul.list"), Does.Contain(players[1].Participant));
    }

    [TestCase("fr")]
    [TestCase("ar")]
    public async Task At_the_door_a_code_finds_its_squad_and_says_whether_the_child_plays(string language)
    {
        var (tournament, players) = await OpenTodayAsync($"Porte {language}");
        var session = players[0].Session;
        await using var visit = await BrowserHost.OpenAsync(language, javaScript: false);
        await visit.SignInAsync("region04");
        await visit.GoAsync($"/tournaments/{tournament}");
        await visit.Page.FillAsync("#Code", players[0].Child.Participant);
        await visit.SubmitAsync("form[action*=Code] button");
        Assert.That(await visit.TextAsync("[data-answer=bad]"), Does.Contain(Name(players[0].Child, language)), "there, and not cleared to play: the certificate is missing");
        Assert.That((await backstage.MarksAsync(session))[players[0].Child.Enrollment], Is.EqualTo("present"));

        // The books of the day are closed: it is said that nothing was recorded, not that a decision waits.
        await backstage.CloseAsync(session);
        await visit.Page.FillAsync("#Code", players[1].Child.Participant);
        await visit.SubmitAsync("form[action*=Code] button");
        Assert.That(await visit.TextAsync("[data-answer=bad]"), Does.Contain(language == "ar" ? "لم يسجل" : "Pas noté"));
    }

    [Test]
    public async Task The_camera_checks_in_one_card_after_the_other()
    {
        var (tournament, players) = await OpenTodayAsync("Caméra");
        await using var visit = await BrowserHost.OpenAsync("fr");
        var page = visit.Page;
        await FakeCameraAsync(page);
        await visit.SignInAsync("region04");
        var answer = await page.GotoAsync($"/tournaments/{tournament}");
        Assert.That(answer!.Headers["permissions-policy"], Does.Contain("camera=(self)"));
        await page.ClickAsync("[data-scan-start]");
        foreach (var (child, _) in players)
        {
            await ShowCardAsync(page, child.Participant);
            await page.Locator("[data-answer]", new PageLocatorOptions { HasText = child.Name }).First.WaitForAsync();
        }
        await visit.LookAsync("tournament-scan");
        Assert.That(await visit.TextAsync("[data-present]"), Is.EqualTo("2 présents sur 2"), "the figure below is not left behind");
        Assert.That((await backstage.MarksAsync(players[0].Session)).Values, Is.All.EqualTo("present"));
        await page.ClickAsync("[data-scan-stop]");
        Assert.That(await page.EvaluateAsync<bool>("() => document.querySelector('video').srcObject === null"), Is.True, "the camera is let go");

        // The typed field works on beside it, and gives a slip of the finger back.
        var code = players[0].Child.Participant;
        var slip = $"{code[..^1]}{(code[^1] == '0' ? '1' : '0')}";
        await page.FillAsync("#Code", slip);
        await page.PressAsync("#Code", "Enter");
        await page.WaitForFunctionAsync("typed => document.querySelector('#Code').value === typed", slip);

        // What did not reach the server is said, and comes back too.
        await page.RouteAsync("**/tournaments/*?handler=Code*", route => route.AbortAsync());
        await page.FillAsync("#Code", code);
        await page.PressAsync("#Code", "Enter");
        await page.Locator("[data-answer=unsent]").WaitForAsync();
        Assert.That(await page.InputValueAsync("#Code"), Is.EqualTo(code));
    }

    [Test]
    public async Task On_a_roster_the_camera_marks_the_childs_row_and_keeps_what_is_not_saved_yet()
    {
        var group = await backstage.OpenGroupAsync("Scanner");
        var (scanned, tapped) = (await backstage.RegisterAsync(group), await backstage.RegisterAsync(group));
        var session = await backstage.OpenSessionAsync(group, "12:00", "ethics");
        await using var visit = await BrowserHost.OpenAsync("ar");
        var page = visit.Page;
        await FakeCameraAsync(page);
        await visit.SignInAsync("facilitator");
        await visit.GoAsync($"/sessions/{session}");
        await page.ClickAsync($"label[for='{tapped.Enrollment}-late']");
        await page.ClickAsync("main details > summary");
        await page.ClickAsync("[data-scan-start]");
        await ShowCardAsync(page, scanned.Participant);
        await page.Locator($"[id='{scanned.Enrollment}-present']:checked").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await visit.LookAsync("roster-scan");
        Assert.That((await backstage.MarksAsync(session))[scanned.Enrollment], Is.EqualTo("present"));

        // Its own mark is no contradiction: changed by hand, it is saved without a question.
        await page.ClickAsync($"label[for='{scanned.Enrollment}-late']");
        await page.ClickAsync("button[name=Action][value=save]");
        await UntilAsync(async () => (await backstage.MarksAsync(session)).Values.All(mark => mark == "late"));
        Assert.That(await page.Locator("[data-conflicts] .conflict").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task The_squads_of_a_day_are_taken_along_in_one_tap_and_checked_in_without_a_network()
    {
        var (tournament, players) = await OpenTodayAsync("Sans réseau", Clubs);
        await using var visit = await BrowserHost.OpenAsync("ar");
        var page = visit.Page;
        await FakeCameraAsync(page);
        await visit.SignInAsync("region04");
        await visit.GoAsync($"/tournaments/{tournament}");
        await page.ClickAsync("[data-take]");
        await page.Locator("[data-taken-link]").WaitForAsync();
        await visit.LookAsync("tournament-taken");
        await visit.OfflineAsync(true);
        await page.GotoAsync("/offline?lang=ar-MA");
        await page.Locator("[data-sessions] > li").Nth(Clubs.Length - 1).WaitForAsync();
        Assert.That(await page.Locator("[data-sessions] > li").CountAsync(), Is.EqualTo(Clubs.Length), "a squad each, told apart by its club");
        Assert.That(await page.Locator("[data-sessions] [data-open]").AllInnerTextsAsync(), Is.Unique);

        await page.ClickAsync("[data-scan-start]");
        foreach (var (child, _) in players.Skip(1))
        {
            await ShowCardAsync(page, child.Participant);
            await page.Locator("[data-answer=good]", new PageLocatorOptions { HasText = child.NameAr }).First.WaitForAsync();
        }
        await page.FillAsync("#Code", players[0].Child.Participant.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        await page.PressAsync("#Code", "Enter");
        await page.Locator($"[data-state]:has-text('{players.Count}')").WaitForAsync();
        await page.FillAsync("#Code", "000-0000");
        await page.PressAsync("#Code", "Enter");
        await page.Locator("[data-answer=bad]").WaitForAsync();
        await visit.LookAsync("offline-door");

        await visit.OfflineAsync(false);
        foreach (var session in players.Select(player => player.Session).Distinct())
            await UntilAsync(async () => (await backstage.MarksAsync(session)).Values.All(mark => mark == "present"));
    }

    /// <summary>A tournament of today for the U13 of clubs of region 04, with two players each that nobody else has.</summary>
    private async Task<(string Tournament, IReadOnlyList<(Backstage.Child Child, string Session)> Players)> OpenTodayAsync(string name, params string[] clubs)
    {
        if (clubs.Length == 0) clubs = [Clubs[0]];
        // Players of other tests of this fixture are in squads of other tournaments and come into this one's too: only these are asked for.
        var children = new List<(Backstage.Child Child, string Club)>();
        foreach (var club in clubs)
            for (var i = 0; i < 2; i++) children.Add((await backstage.RegisterPlayerAsync(club, 2015), club));
        var tournament = await backstage.OpenTournamentAsync(clubs[0], name, Backstage.Today);
        var sessions = new Dictionary<string, string>();
        foreach (var club in clubs)
            sessions[club] = await backstage.DrawSquadAsync(tournament, club, [.. children.Where(child => child.Club == club).Select(child => child.Child)]);
        return (tournament, [.. children.Select(child => (child.Child, sessions[child.Club]))]);
    }

    /// <summary>A camera that shows nothing, and a reader of codes that reads what the test holds before it.</summary>
    private static Task FakeCameraAsync(IPage page) => page.AddInitScriptAsync(
        """
        window.BarcodeDetector = class {
          static async getSupportedFormats() { return ['qr_code']; }
          async detect() { return window.card ? [{ rawValue: window.card }] : []; }
        };
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement('canvas');
          canvas.getContext('2d').fillRect(0, 0, canvas.width, canvas.height);
          return canvas.captureStream();
        };
        """);

    private static Task ShowCardAsync(IPage page, string code) => page.EvaluateAsync("code => { window.card = code; }", code);

    private static string Name(Backstage.Child child, string language) => language == "ar" ? child.NameAr : child.Name;

    private static string Day(int ahead) => Backstage.Today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

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
