using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Platform.Http;

namespace Training.App.Tests.Modules.Registry;

/// <summary>A name that is searched for is a child's: it reaches no log, not even one that is asked to tell everything.</summary>
internal sealed class SearchPrivacyTests
{
    private static readonly string[] Typed = ["yassmine", "ياسمين", "0612345678", "Z123456789"];

    [Test]
    public async Task What_is_searched_for_reaches_no_log()
    {
        var lines = new LogLines();
        await using var application = new TrainingApplication(
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Information"),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Information"));
        await using var logged = application.WithWebHostBuilder(host => host.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(lines)));
        using var client = logged.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", TrainingApplication.BootstrapKey);
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        lines.All.Clear();

        foreach (var typed in Typed)
        {
            using var asked = await client.GetAsync(new Uri($"/api/participants?q={Uri.EscapeDataString(typed)}", UriKind.Relative));
            using var posted = await client.PostAsJsonAsync("/api/participants/search", new { q = typed });
            using var refused = await client.GetAsync(new Uri($"/api/participants?q={Uri.EscapeDataString(typed)}&cursor=nonsense", UriKind.Relative));
            Assert.That((int)refused.StatusCode, Is.EqualTo(400));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Not.Contain(typed));
        }

        Assert.That(lines.All, Has.Some.Contains("SELECT"), "the log tells what it is asked to tell");
        foreach (var typed in Typed)
        {
            Assert.That(lines.All, Has.None.Contains(typed));
            Assert.That(lines.All, Has.None.Contains(Uri.EscapeDataString(typed)));
        }
    }
}
