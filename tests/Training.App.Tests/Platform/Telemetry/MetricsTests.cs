using System.Globalization;
using Training.App.Tests.Modules.Enrollments;

namespace Training.App.Tests.Platform.Telemetry;

internal sealed class MetricsTests
{
    [Test]
    public async Task Where_they_are_switched_on_the_measures_are_there_and_name_nobody()
    {
        await using var app = new TrainingApplication(("Telemetry:Metrics", "true"));
        using var nation = app.Nation();
        using var anybody = app.Anonymous();
        var before = ValueOf(await ReadAsync(anybody), "training_registrations");

        await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine());
        using var search = await nation.GetAsync(new Uri("/api/participants?q=Yasmine", UriKind.Relative));
        var text = await ReadAsync(anybody);

        // Other tests of this program register beside this one, into the same counter of the process.
        Assert.That(ValueOf(text, "training_registrations") - before, Is.GreaterThanOrEqualTo(1));
        Assert.That(text, Does.Contain("http_server_request_duration_seconds_bucket{").And.Contain("training_changes_waiting "));
        Assert.That(text, Does.Not.Contain("Yasmine").And.Not.Contain("0612345678"));
        Assert.That(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.All.Match("""^[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [-+0-9.eE]+$"""));
    }

    [Test]
    public async Task Where_nobody_asked_for_them_there_are_none()
    {
        await using var app = new TrainingApplication();
        using var anybody = app.Anonymous();

        using var answer = await anybody.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    private static Task<string> ReadAsync(HttpClient client) => client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private static double ValueOf(string text, string name) => text.Split('\n').Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)).SingleOrDefault();
}
