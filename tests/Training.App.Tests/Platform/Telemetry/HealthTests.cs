using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Tests.Platform.Telemetry;

internal sealed class HealthTests
{
    [Test]
    public async Task Ready_names_each_part_and_what_is_to_be_looked_at()
    {
        await using var app = new TrainingApplication(("App:Roles", "Web"));
        using var anybody = app.Anonymous();

        var well = await ReadAsync(anybody);
        Assert.That(well.Text("status"), Is.EqualTo("Healthy"), well.ToString());
        Assert.That(well.GetProperty("checks").EnumerateObject().Select(check => check.Name), Is.EquivalentTo(["database", "deliveries", "bus", "storage"]));

        await PutAsync(app, DeliveryState.Pending, TrainingApplication.Start.AddHours(-1));
        var late = await ReadAsync(anybody);
        Assert.That(Of(late, "deliveries").Text("description"), Does.Contain("60 minutes"));

        await PutAsync(app, DeliveryState.Dead, TrainingApplication.Start);
        var ill = await ReadAsync(anybody);
        Assert.That(ill.Text("status"), Is.EqualTo("Degraded"));
        Assert.That(Of(ill, "deliveries").Text("description"), Does.Contain("1 deliveries were given up"));
        Assert.That(Of(ill, "database").Text("status"), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_is_said_and_its_path_is_not()
    {
        await using var app = new TrainingApplication(("App:Roles", "Web"));
        using var anybody = app.Anonymous();
        await ReadAsync(anybody);
        // A folder of the trial's own name: root may write anywhere, but not a file where a folder is.
        Directory.CreateDirectory(Path.Combine(app.Storage, $".trial-{Environment.ProcessId}"));

        var ill = await ReadAsync(anybody);

        Assert.That(Of(ill, "storage").Text("description"), Is.EqualTo("The storage folder cannot be written."));
        Assert.That(ill.ToString(), Does.Not.Contain(app.Storage));
    }

    private static JsonElement Of(JsonElement report, string check) => report.GetProperty("checks").GetProperty(check);

    private static async Task<JsonElement> ReadAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), "what is only to be looked at keeps nobody away");
        return await answer.JsonAsync();
    }

    private static Task<Result<Done>> PutAsync(TrainingApplication app, DeliveryState state, DateTimeOffset at) => app.InsideAsync(services =>
        services.GetRequiredService<IWriteGate>().WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                session.Rows.Insert(new OutboxRow
                {
                    EventId = Guid.NewGuid(), Type = "SessionClosed", Consumer = "CountSession.SessionClosed", Body = "{}", CreatedAt = at, DueAt = at, State = state,
                });
                return Task.FromResult<Result<Done>>(default(Done));
            },
            CancellationToken.None));
}
