namespace Training.Browser.Tests;

/// <summary>A youth house finds a wrong birth date, and the region writes the right one.</summary>
[Category("Browser")]
internal sealed class CorrectionTests
{
    private Backstage backstage = null!;

    [SetUp]
    public void Prepare() => backstage = new Backstage();

    [TearDown]
    public void Leave() => backstage.Dispose();

    [TestCase("ar")]
    [TestCase("fr")]
    public async Task A_facilitator_proposes_a_birth_date_and_the_coordinator_writes_it(string language)
    {
        var child = await backstage.RegisterAsync(await backstage.OpenGroupAsync($"Rectifications {language}"));
        await using (var visit = await BrowserHost.OpenAsync(language))
        {
            await visit.SignInAsync("facilitator");
            Assert.That(await visit.GoAsync($"/participants/{child.Participant}"), Is.EqualTo(200));
            await visit.SubmitAsync($"a[href='/participants/{child.Participant}/correct']");
            await visit.LookAsync("correct");
            await visit.SubmitAsync("form.form button");
            Assert.That(await visit.Page.Locator(".field--error").CountAsync(), Is.EqualTo(1), "a reason is needed");
            await visit.Page.FillAsync("[id='Form.BirthDate']", "2013-04-05");
            await visit.Page.FillAsync("[id='Form.Why']", "Acte de naissance vu");
            await visit.SubmitAsync("form.form button");
            Assert.That(await visit.Page.Locator("#waits").CountAsync(), Is.EqualTo(1));
            await visit.LookAsync("correct-waits");
        }

        await using var region = await BrowserHost.OpenAsync(language);
        await region.SignInAsync("region04");
        Assert.That(await region.GoAsync("/corrections"), Is.EqualTo(200));
        await region.LookAsync("corrections");
        await region.SubmitAsync($"a[href^='/participants/{child.Participant}/correct']");
        await region.LookAsync("correct-decide");
        await region.SubmitAsync("button[name=Approve][value=true]");
        Assert.That(await region.Page.Locator("#waits").CountAsync(), Is.Zero);
        Assert.That(await region.Page.InputValueAsync("[id='Form.BirthDate']"), Is.EqualTo("2013-04-05"));
        await region.LookAsync("correct-written");
    }
}
