namespace Training.Browser.Tests;

/// <summary>A facilitator looks after groups and enrollments: departures, returns, late consents, guardians known, children of elsewhere.</summary>
[Category("Browser")]
internal sealed class EnrollmentPagesTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar", true)]
    [TestCase("fr", false)]
    public async Task From_the_group_to_the_child_who_leaves_and_comes_back(string language, bool javaScript)
    {
        var group = await backstage.OpenGroupAsync($"Groupe {language}", capacity: 5);
        var other = await backstage.OpenGroupAsync($"Autre {language}", capacity: 5);
        var child = await backstage.RegisterAsync(group);
        await using var visit = await BrowserHost.OpenAsync(language, javaScript);
        await visit.SignInAsync("facilitator");

        Assert.That(await visit.GoAsync($"/groups/{group}"), Is.EqualTo(200));
        await visit.SubmitAsync("details form.form button", open: "details summary.label");
        if (javaScript) await visit.LookAsync("group");
        await visit.SubmitAsync($"a[href='/enrollments/{child.Enrollment}']");
        if (javaScript) await visit.LookAsync("enrollment");
        const string leave = "details:has(input[value=withdraw])";
        await visit.SubmitAsync($"{leave} button", open: $"{leave} summary");
        Assert.That(await visit.Page.Locator("#Reason[aria-invalid]").CountAsync(), Is.EqualTo(1), "no reason was given");
        if (javaScript) await visit.LookAsync("enrollment-unanswered");
        await visit.Page.SelectOptionAsync("#Reason", "school");
        await visit.SubmitAsync($"{leave} button");
        Assert.That(await backstage.StatusAsync(child), Is.EqualTo("withdrawn"));
        if (javaScript) await visit.LookAsync("enrollment-ended");

        await visit.SubmitAsync("button[value=reenroll]");
        Assert.That(visit.Page.Url, Does.Contain("/enrollments/").And.Not.Contain(child.Enrollment), "a new enrollment beside the ended one");
        await visit.Page.ClickAsync("details:has(input[value=group]) summary");
        await visit.Page.SelectOptionAsync("#Group", other);
        await visit.SubmitAsync("details:has(input[value=group]) button");
        Assert.That(await visit.Page.Locator("ol.list li").CountAsync(), Is.GreaterThanOrEqualTo(3), "the history says it all");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_consent_that_comes_late_is_recorded_on_the_childs_file(string language)
    {
        var child = await backstage.RegisterAsync(await backstage.OpenGroupAsync($"Accords {language}"), consented: false);
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("facilitator");

        await visit.GoAsync($"/participants/{child.Participant}");
        const string form = "form[action$='handler=Consent']";
        await visit.SubmitAsync($"{form} button", open: "details:has(#GivenOn) summary");
        Assert.That(await visit.Page.Locator("#GivenOn[aria-invalid]").CountAsync(), Is.EqualTo(1), "no day was given");
        await visit.LookAsync("consent-unanswered");
        await visit.Page.FillAsync("#GivenOn", Backstage.Today.ToString("yyyy-MM-dd", null));
        await visit.SubmitAsync($"{form} button");
        Assert.That(await backstage.StatusAsync(child), Is.EqualTo("active"));
        await visit.LookAsync("consent-given");

        await visit.SubmitAsync("form[action$='handler=WithdrawConsent'] button");
        Assert.That(await backstage.StatusAsync(child), Is.EqualTo("awaitingConsent"));
    }

    [TestCase("ar", true)]
    [TestCase("fr", false)]
    public async Task A_guardian_is_found_by_phone(string language, bool javaScript)
    {
        var sibling = await backstage.RegisterAsync(await backstage.OpenGroupAsync($"Fratrie {language}"));
        await using var visit = await BrowserHost.OpenAsync(language, javaScript);
        await visit.SignInAsync("facilitator");

        await visit.GoAsync("/register");
        await visit.Page.FillAsync("#GivenName", "Rania");
        await visit.Page.FillAsync("#GuardianPhone", "0699999999");
        await visit.SubmitAsync("button[formaction$='handler=Guardian']");
        Assert.That(await visit.Page.Locator(".notice[role=status]:not(.notice--success)").CountAsync(), Is.EqualTo(1), "nobody has this number");
        await visit.Page.FillAsync("#GuardianPhone", sibling.Phone);
        await visit.SubmitAsync("button[formaction$='handler=Guardian']");

        Assert.That(await visit.Page.InputValueAsync("#GuardianName"), Is.EqualTo("Naima El Ouardighi"));
        Assert.That(await visit.Page.IsCheckedAsync("input[name='Relationship'][value=mother]"), Is.True);
        Assert.That(await visit.Page.InputValueAsync("#GivenName"), Is.EqualTo("Rania"), "what was typed is still there");
        Assert.That(await visit.TextAsync(".notice--success"), Does.Contain(language == "ar" ? sibling.NameAr : sibling.Name));
        Assert.That(visit.Page.Url, Does.Not.Contain(sibling.Phone));
        if (javaScript) await visit.LookAsync("guardian-found");
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_child_of_another_house_is_asked_for_and_comes(string language)
    {
        await backstage.OpenGroupAsync($"Arrivées {language}");
        var child = await backstage.RegisterAsync(await backstage.OpenGroupAsync($"Départs {language}", site: Backstage.OtherHouse), site: Backstage.OtherHouse);
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("facilitator");

        await visit.GoAsync($"/waiting/{Backstage.YouthHouse}");
        await visit.SubmitAsync("a[href^='/transfers/ask/']");
        await visit.SubmitAsync("main form.form button");
        await visit.LookAsync("fetch-unanswered");
        await visit.Page.FillAsync("#Participant", child.Participant);
        await FillBirthAsync(visit, child.BirthDate.AddDays(1));
        await visit.SubmitAsync("main form.form button");
        Assert.That(await visit.Page.Locator("#Participant[aria-invalid]").CountAsync(), Is.EqualTo(1), "the birth date is another one");
        await FillBirthAsync(visit, child.BirthDate);
        await visit.SubmitAsync("main form.form button");
        Assert.That(visit.Page.Url, Does.EndWith($"/waiting/{Backstage.YouthHouse}"));
        Assert.That(await visit.TextAsync("main"), Does.Not.Contain(child.Name).And.Not.Contain(child.NameAr), "initials until the other house agrees");
        await visit.LookAsync("transfer-asked");

        await backstage.AcceptTransferAsync(child);
        await visit.GoAsync($"/enrollments/{child.Enrollment}");
        Assert.That(await visit.TextAsync("h1"), Is.EqualTo(language == "ar" ? child.NameAr : child.Name));
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_group_goes_on_to_the_next_edition(string language)
    {
        await backstage.OpenNextEditionAsync();
        var group = await backstage.OpenGroupAsync($"Suite {language}");
        var (signed, unsigned, stays) = (await backstage.RegisterAsync(group), await backstage.RegisterAsync(group), await backstage.RegisterAsync(group));
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("facilitator");

        await visit.GoAsync("/coach");
        await visit.SubmitAsync("a[href^='/rollover/']");
        await visit.GoAsync($"/rollover/{Backstage.YouthHouse}?group={group}");
        await visit.LookAsync("rollover");
        await visit.Page.UncheckAsync($"input[name=Take][value='{stays.Enrollment}']");
        await visit.Page.CheckAsync($"input[name=Signed][value='{signed.Enrollment}']");
        await visit.SubmitAsync("main form.form button");
        Assert.That(await visit.Page.Locator("#SignedOn[aria-invalid]").CountAsync(), Is.EqualTo(1), "the day of the papers is missing");
        Assert.That(await visit.Page.IsCheckedAsync($"input[name=Signed][value='{signed.Enrollment}']"), Is.True, "ticks are kept");
        await visit.Page.FillAsync("#SignedOn", Backstage.Today.ToString("yyyy-MM-dd", null));
        await visit.SubmitAsync("main form.form button");
        await visit.LookAsync("rollover-done");

        Assert.That(await backstage.RollOverAsync(group), Is.EquivalentTo(new Dictionary<string, string?>
        {
            [signed.Enrollment] = "alreadyEnrolled", [unsigned.Enrollment] = "alreadyEnrolled", [stays.Enrollment] = "ready",
        }));
    }

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task The_coordinators_desk_leads_to_a_transfer_and_it_is_accepted(string language)
    {
        await backstage.OpenGroupAsync($"Accueil {language}", site: Backstage.OtherHouse);
        var full = await backstage.OpenGroupAsync($"Plein {language}", capacity: 1);
        var child = await backstage.RegisterAsync(full);
        await backstage.RegisterAsync(full);
        await backstage.AskTransferAsync(child, Backstage.OtherHouse);
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("region04");

        Assert.That(visit.Page.Url, Does.EndWith("/desk"), "where a coordinator's day starts");
        Assert.That(await visit.Page.Locator($"a[href='/waiting/{Backstage.YouthHouse}']").CountAsync(), Is.EqualTo(1));
        await visit.LookAsync("desk");
        await visit.SubmitAsync("main a[href='/transfers']");
        await visit.LookAsync("transfers");
        await visit.SubmitAsync($"li:has-text('{(language == "ar" ? child.NameAr : child.Name)}'):has(button[value=acceptTransfer]) button[value=acceptTransfer]");
        Assert.That(await backstage.SiteAsync(child), Is.EqualTo(Backstage.OtherHouse));
    }

    private static async Task FillBirthAsync(Visit visit, DateOnly day)
    {
        await visit.Page.FillAsync("#BirthDate-day", day.ToString("dd", null));
        await visit.Page.FillAsync("#BirthDate-month", day.ToString("MM", null));
        await visit.Page.FillAsync("#BirthDate-year", day.ToString("yyyy", null));
    }
}
