using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Training.App.Modules.Access;
using Training.App.Modules.Enrollments.Imports;

namespace Training.App.Tests.Platform.Http;

/// <summary>What stays in the log when a request breaks: an exception's message may quote a child's data.</summary>
internal sealed class UnhandledFaultTests
{
    private const string Quoted = "Yasmine El Alaoui";

    [TestCase("/api/imports/i-0000000")]
    [TestCase("/sign-in")]
    public async Task The_log_names_the_kind_of_the_fault_and_never_quotes_it(string address)
    {
        var lines = new LogLines();
        await using var application = new TrainingApplication(("Logging:LogLevel:Default", "Trace"));
        await using var broken = application.WithWebHostBuilder(host => host.ConfigureServices(services =>
        {
            services.AddSingleton<ILoggerProvider>(lines);
            services.AddScoped<GetImport.Handler>(_ => throw new InvalidOperationException(Quoted));
            services.AddScoped<SignIn.Handler>(_ => throw new InvalidOperationException(Quoted));
        }));
        using var client = broken.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", TrainingApplication.BootstrapKey);

        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(500));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain(Quoted));
        Assert.That(lines.All, Has.None.Contains(Quoted));
        Assert.That(lines.All, Has.Some.Contains(nameof(InvalidOperationException)));
    }
}
