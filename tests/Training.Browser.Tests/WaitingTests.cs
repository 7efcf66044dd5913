namespace Training.Browser.Tests;

/// <summary>A coach answers for a family that was offered a place, and for another club that asks for a transfer.</summary>
[Category("Browser")]
internal sealed class WaitingTests
{
    [TestCase("fr", true)]
    [TestCase("ar", false)]
    public async Task An_offered_place_is_taken_on_the_page(string language, bool javaScript)
    {
        using var backstage = new Backstage();
        var group = await backstage.OpenGroupAsync($"Attente {language}", capacity: 1);
        var holder = await backstage.RegisterAsync(group);
        var first = await backstage.RegisterAsync(group);
        await backstage.RegisterAsync(group);
        await backstage.WithdrawAsync(holder);
        await using var visit = await BrowserHost.OpenAsync(language, javaScript);
        await visit.SignInAsync("facilitator");

        Assert.That(await visit.GoAsync($"/waiting/{Backstage.YouthHouse}"), Is.EqualTo(200));
        if (javaScript) await visit.LookAsync("waiting");
        await visit.SubmitAsync($"form:has(input[value='{first.Enrollment}']) button[value=accept]");

        Assert.That(await visit.Page.Locator($"input[value='{first.Enrollment}']").CountAsync(), Is.Zero);
        Assert.That(await backstage.StatusAsync(first), Is.EqualTo("active"));
    }
}
