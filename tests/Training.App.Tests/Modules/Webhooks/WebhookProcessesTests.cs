using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Webhooks;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Webhooks;

namespace Training.App.Tests.Modules.Webhooks;

/// <summary>Two processes on one database send the events of one webhook beside each other.</summary>
internal sealed class WebhookProcessesTests
{
    private const int Children = 24;

    private readonly string storage = System.IO.Directory.CreateTempSubdirectory("training-tests-").FullName;

    [OneTimeTearDown]
    public void Remove() => System.IO.Directory.Delete(storage, recursive: true);

    [Test]
    public async Task Each_event_is_sent_by_one_of_them_and_once()
    {
        await using var partner = await HttpReceiver.StartAsync();
        partner.Status = 500;
        await using var one = Process();
        await using var other = Process();
        using var nation = one.Nation();
        using var made = await nation.PostAsJsonAsync("/api/webhooks/", new { name = "Partenaire", address = partner.Address, events = new[] { "enrollment.created" } });
        made.EnsureSuccessStatusCode();
        for (var i = 1; i <= Children; i++) await TrainingApplication.RegisterAsync(nation, Bodies.Child(i));
        await Poll.UntilAsync(async () => (await RowsAsync(one)).Exists(row => row.Attempts > 0), () => Task.FromResult("nothing was tried"));
        await Poll.UntilAsync(async () => (await RowsAsync(one)).Count == Children, () => Task.FromResult("events are missing"));
        partner.Status = 200;
        partner.Requests.Clear();
        other.CreateClient().Dispose();

        // Once only: a clock that jumps while rows are in hand makes them look forgotten.
        one.Time.Advance(TimeSpan.FromHours(1));
        other.Time.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(RunAsync(one), RunAsync(other));
        await Poll.UntilAsync(async () => (await RowsAsync(one)).All(row => row.State == WebhookDeliveryState.Delivered), () => Task.FromResult("not all are delivered"));

        var heard = partner.Requests.Select(asked => JsonDocument.Parse(asked.Body).RootElement.Text("id")).ToArray();
        Assert.That(heard, Has.Length.EqualTo(Children).And.Unique);
    }

    private TrainingApplication Process() => new(
        TrainingApplication.OnSqlite, ("Storage:Root", storage), ("Webhooks:AllowHttp", "true"), ("Webhooks:Networks", "127.0.0.0/8"));

    private static Task<int> RunAsync(TrainingApplication app) => app.Services.GetRequiredService<WebhookWorker>().RunAsync(CancellationToken.None);

    private static async Task<List<WebhookDelivery>> RowsAsync(TrainingApplication app)
    {
        await using var db = new TrainingDbContext(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        return await db.Set<WebhookDelivery>().AsNoTracking().ToListAsync();
    }
}
