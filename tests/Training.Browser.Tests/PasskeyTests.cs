namespace Training.Browser.Tests;

/// <summary>A facilitator adds a passkey and comes in with it, in a browser with an authenticator of its own.</summary>
[Category("Browser")]
internal sealed class PasskeyTests
{
    [TestCase("fr")]
    [TestCase("ar")]
    public async Task A_passkey_is_made_and_opens_without_a_password(string language)
    {
        // Browsers give passkeys to names alone, not to addresses.
        var root = $"http://localhost:{BrowserHost.Application.Address.Port}";
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.AuthenticatorAsync();
        await visit.SignInAsync(root, "facilitator");
        await visit.GoAsync($"{root}/my/passkeys");
        await visit.LookAsync("passkeys");
        await visit.Page.FillAsync("#Name", $"Téléphone {language}");
        await visit.SubmitAsync("form[data-passkey=create] button.button");
        await visit.LookAsync("passkeys-added");
        Assert.That(await visit.Page.Locator("main ul bdi.code").CountAsync(), Is.EqualTo(10), "codes on paper");

        await visit.SubmitAsync("form[action='/sign-out'] button", "details.account summary");
        await visit.GoAsync($"{root}/sign-in/passkey");
        await visit.LookAsync("sign-in-passkey");
        await visit.SubmitAsync("form[data-passkey=get] button.button");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/today"));
        Assert.That(await visit.Page.Locator("details.account").CountAsync(), Is.EqualTo(1));

        await visit.GoAsync($"{root}/my/passkeys");
        await visit.SubmitAsync("form[action*=Remove] button");
        Assert.That(await visit.Page.Locator("form[action*=Remove]").CountAsync(), Is.Zero);
    }
}
