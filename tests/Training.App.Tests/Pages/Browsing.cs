using System.Text.RegularExpressions;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Pages;

/// <summary>A browser without JavaScript: keeps cookies, follows no redirect, sends forms with the page's own token.</summary>
internal static partial class Browsing
{
    public const string Password = "une phrase de passe";

    /// <summary>A visitor who has not signed in.</summary>
    public static HttpClient Visitor(this TrainingApplication app)
    {
        var client = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept-Language", "fr");
        return client;
    }

    /// <summary>A coach of RSB who has signed in by the page.</summary>
    public static async Task<HttpClient> CoachAsync(this TrainingApplication app, string email)
    {
        await app.CreateCoachAsync(email, Password);
        return await app.SignInByPageAsync(email);
    }

    /// <summary>A coordinator of a region who has signed in by the page.</summary>
    public static async Task<HttpClient> CoordinatorAsync(this TrainingApplication app, string email, string region)
    {
        await app.CreateCoordinatorAsync(email, Password, region);
        return await app.SignInByPageAsync(email);
    }

    /// <summary>Somebody of the directorate who has signed in by the page.</summary>
    public static async Task<HttpClient> DirectorateAsync(this TrainingApplication app, string email)
    {
        await app.CreateAsync(email, Password, new CreateAccount.Grant(Role.Directorate));
        return await app.SignInByPageAsync(email);
    }

    /// <summary>A browser in which an adult has signed in by the page.</summary>
    public static async Task<HttpClient> SignInByPageAsync(this TrainingApplication app, string email)
    {
        var client = app.Visitor();
        using var chosen = await client.SendFormAsync("/sign-in", "/language", ("language", "fr-MA"));
        using var answer = await client.SendFormAsync("/sign-in", ("Email", email), ("Password", Password));
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), "the adult signs in");
        return client;
    }

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient client, string page, params (string Name, string Value)[] fields) =>
        await client.SendFormAsync(page, page, fields);

    /// <summary>Sends a form to another address than its page's.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = await client.TokenAsync(page);
        using var content = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2)));
        return await client.PostAsync(new Uri(action, UriKind.Relative), content);
    }

    /// <summary>The antiforgery token of a page.</summary>
    public static async Task<string> TokenAsync(this HttpClient client, string page)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        return Token().Match(html).Groups["token"].Value;
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
