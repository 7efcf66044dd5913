namespace Training.Browser.Tests;

/// <summary>The coordinator compares two files of one child, makes them one, and undoes it.</summary>
[Category("Browser")]
internal sealed class DuplicateTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task The_coordinator_merges_two_files_and_separates_them_again(string language)
    {
        var pair = await backstage.OpenPairAsync(language == "ar" ? "Wijdane" : "Ghizlane", language == "ar" ? "وجدان" : "غزلان");
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("region04");

        Assert.That(await visit.GoAsync("/duplicates"), Is.EqualTo(200));
        await visit.LookAsync("duplicates");
        await visit.SubmitAsync($"a[href='/duplicates/{pair}']");
        Assert.That(await visit.Page.Locator(".pair__differs").CountAsync(), Is.GreaterThanOrEqualTo(2));
        await visit.LookAsync("duplicate");
        await visit.SubmitAsync("form.form button");
        Assert.That(await visit.Page.Locator(".field--error").CountAsync(), Is.EqualTo(1), "nothing was chosen");
        await visit.LookAsync("duplicate-unanswered");

        await visit.Page.CheckAsync("input[name=Decision][value=same]");
        await visit.SubmitAsync("form.form button");
        Assert.That(await visit.Page.Locator($"a[href='/duplicates/{pair}']").CountAsync(), Is.Zero);
        await visit.SubmitAsync("a[href='/duplicates?status=same']");
        await visit.SubmitAsync($"a[href='/duplicates/{pair}']");
        await visit.Page.FillAsync("#Reason", "Deux cousines");
        await visit.LookAsync("duplicate-merged");
        await visit.SubmitAsync("form.form button");
        await visit.LookAsync("duplicate-undone");

        await visit.GoAsync("/duplicates?status=different");
        Assert.That(await visit.Page.Locator($"a[href='/duplicates/{pair}']").CountAsync(), Is.EqualTo(1), "it does not come back");
    }

    [Test]
    public async Task The_directorate_says_why_before_it_sees_names()
    {
        var pair = await backstage.OpenPairAsync("Firdaous", "فردوس");
        await using var visit = await BrowserHost.OpenAsync("ar");
        await visit.SignInAsync("directorate");

        await visit.GoAsync($"/duplicates/{pair}");
        Assert.That(await visit.TextAsync("main"), Does.Not.Contain("فردوس"));
        await visit.LookAsync("duplicate-reason");
        await visit.Page.FillAsync("#Reason", "طلب من الأسرة");
        await visit.SubmitAsync("form.form button");
        Assert.That(await visit.TextAsync("main"), Does.Contain("فردوس"));
    }

    [Test]
    public async Task A_coach_finds_the_door_closed()
    {
        await using var visit = await BrowserHost.OpenAsync("fr");
        await visit.SignInAsync("coach");
        Assert.That(await visit.GoAsync("/duplicates"), Is.EqualTo(403));
    }
}
