using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Platform.Telemetry;

/// <summary>A collector gets what it was named for, and nobody's name.</summary>
[NonParallelizable]
internal sealed class OtlpTests
{
    [Test]
    public async Task Traces_and_measures_arrive_at_the_collector_and_name_nobody()
    {
        await using var collector = await HttpReceiver.StartAsync();
        await using var app = new TrainingApplication(("Telemetry:Otlp", collector.Address));
        using var nation = app.Nation();
        var child = await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine());
        using var search = await nation.GetAsync(new Uri("/api/participants?q=Yasmine", UriKind.Relative));
        using var file = await nation.GetAsync(new Uri($"/api/participants/{child.Text("participant")}", UriKind.Relative));
        using var strange = await nation.GetAsync(new Uri("/v/not-a-code-of-ours", UriKind.Relative));

        await Poll.UntilAsync(
            () =>
            {
                app.Services.GetRequiredService<TracerProvider>().ForceFlush();
                app.Services.GetRequiredService<MeterProvider>().ForceFlush();
                return Task.FromResult(Sent("/v1/traces").Contains("consume ") && Sent("/v1/metrics").Contains("training.certificates.waiting"));
            },
            () => Task.FromResult($"{collector.Requests.Count} requests arrived"));

        Assert.That(collector.Requests.Select(request => request.ContentType), Is.All.EqualTo("application/x-protobuf"));
        Assert.That(Sent("/v1/traces"), Does.Contain("POST /api/enrollments").And.Contain("GET /api/participants/{").And.Contain("http.response.status_code"));
        Assert.That(Sent("/v1/metrics"), Does.Contain("training.registrations").And.Contain("http.server.request.duration").And.Contain("training.changes.waiting"));
        var everything = string.Concat(collector.Requests.Select(request => request.Body));
        Assert.That(everything, Does.Not.Contain("Yasmine").And.Not.Contain("0612345678").And.Not.Contain(child.Text("participant")!).And.Not.Contain("not-a-code-of-ours").And.Not.Contain(TrainingApplication.BootstrapKey));

        string Sent(string path) => string.Concat(collector.Requests.Where(request => request.Target == path).Select(request => request.Body));
    }

    [Test]
    public async Task Where_no_collector_is_named_nothing_listens()
    {
        await using var app = new TrainingApplication();
        app.CreateClient().Dispose();

        Assert.That(app.Services.GetService<TracerProvider>(), Is.Null);
        Assert.That(app.Services.GetService<MeterProvider>(), Is.Null);
    }
}
