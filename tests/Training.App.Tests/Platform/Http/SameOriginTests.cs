using System.Net.Http.Json;
using Training.App.Tests.Modules.Access;

namespace Training.App.Tests.Platform.Http;

internal sealed class SameOriginTests
{
    private const string Password = "une phrase de passe";

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        await app.CreateCoachAsync("browser@test.example", Password);
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    [TestCase("Origin", "https://elsewhere.example")]
    [TestCase("Origin", "null")]
    [TestCase("X-Nothing", "no proof at all")]
    public async Task Refuses_a_change_by_cookie_that_another_page_may_have_sent(string header, string value)
    {
        var answer = await PostAsync(header, value, "Foreign");

        Assert.That((int)answer.StatusCode, Is.EqualTo(403));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("crossSite"));
    }

    [TestCase("Sec-Fetch-Site", "same-origin")]
    [TestCase("Origin", "http://localhost")]
    [TestCase("Origin", "https://training.example")]
    public async Task Takes_a_change_that_our_own_page_sent(string header, string value)
    {
        var answer = await PostAsync(header, value, $"Own {value}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(201));
    }

    private async Task<HttpResponseMessage> PostAsync(string header, string value, string name)
    {
        var browser = await app.SignedInAsync("browser@test.example", Password);
        browser.DefaultRequestHeaders.Add(header, value);
        return await browser.PostAsJsonAsync(
            new Uri("/api/groups", UriKind.Relative), new { site = "RSB", edition = "football-2026", name, capacity = 10 });
    }
}
