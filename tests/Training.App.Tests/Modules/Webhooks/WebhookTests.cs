using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Webhooks;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Certificates;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Pages;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Domain.Webhooks;

namespace Training.App.Tests.Modules.Webhooks;

/// <summary>What a partner's system hears, how often, and who may have it told.</summary>
[TestFixture]
internal sealed class WebhookTests
{
    private HttpReceiver partner = null!;
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public async Task Start()
    {
        partner = await HttpReceiver.StartAsync();
        app = new TrainingApplication(("Webhooks:AllowHttp", "true"), ("Webhooks:Networks", "127.0.0.0/8"));
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
        await partner.DisposeAsync();
    }

    [Test]
    public async Task An_enrollment_is_told_once_signed_and_by_ids_alone()
    {
        var (id, secret) = await CreateAsync(nation, "enrollment.created");
        var child = await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));

        var asked = await HeardAsync(1);

        var body = JsonDocument.Parse(asked.Body).RootElement;
        Assert.That(body.Text("type"), Is.EqualTo("enrollment.created"));
        Assert.That(body.GetProperty("data").EnumerateObject().Select(field => field.Name), Is.EquivalentTo(new[] { "enrollment", "site", "region", "edition" }));
        Assert.That(body.GetProperty("data").Text("enrollment"), Is.EqualTo(child.Text("enrollment")));
        Assert.That(asked.Headers["webhook-id"], Is.EqualTo(body.Text("id")));
        Assert.That(IsSigned(asked, secret), Is.True);
        Assert.That(IsSigned(asked with { Body = asked.Body + " " }, secret), Is.False);
        await StateAsync(id, "delivered");
    }

    [Test]
    public async Task Without_a_webhook_an_enrollment_promises_no_row_more()
    {
        await app.InsideAsync(async services =>
        {
            await services.GetRequiredService<WebhookBook>().RefreshAsync(CancellationToken.None);
            return 0;
        });
        var routes = app.Services.GetRequiredService<Training.Data.Writing.IEventRoutes>();
        var message = typeof(Training.App.Modules.Enrollments.Messages.ParticipantEnrolled);

        Assert.That(routes.ConsumersOf(message), Has.None.Contains(nameof(FeedWebhooks)));
        var (id, _) = await CreateAsync(nation, "enrollment.created");
        Assert.That(routes.ConsumersOf(message), Has.Some.Contains(nameof(FeedWebhooks)));
        Assert.That(routes.ConsumersOf(typeof(Training.App.Modules.Attendance.Messages.SessionClosed)), Has.None.Contains(nameof(FeedWebhooks)), "not asked for");
        using var stopped = await nation.PostAsync(new Uri($"/api/webhooks/{id}/stop", UriKind.Relative), null);
        Assert.That(routes.ConsumersOf(message), Has.None.Contains(nameof(FeedWebhooks)));
    }

    [Test]
    public async Task A_list_is_told_child_by_child_and_each_once()
    {
        await CreateAsync(nation, "enrollment.created");
        var list = new StringBuilder(ImportCalls.Heading).Append('\n');
        var names = new[] { "Nabil;Bennani", "Yasmine;Kettani", "Omar;Ouazzani", "Salma;Idrissi", "Hamza;Tazi" };
        for (var i = 0; i < names.Length; i++) list.Append(System.Globalization.CultureInfo.InvariantCulture, $"{names[i]};0{i + 1}/0{i + 2}/2013;M;Samira Alami;061122334{i};01/10/2026\n");

        await nation.CommitAsync(await nation.PreviewAsync(list.ToString()));

        await HeardAsync(5);
        var rows = await RowsAsync();
        Assert.That(rows.Select(row => row.SubjectId).Distinct().Count(), Is.EqualTo(5));
        Assert.That(partner.Requests.Select(asked => asked.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(5));
    }

    [Test]
    public async Task Attendance_and_certificates_are_told_until_their_revocation()
    {
        await CreateAsync(nation, "attendance.closed", "certificate.issued", "certificate.revoked");
        var workshop = await Workshop.OpenAsync(1, app);
        foreach (var date in (string[])["2026-11-18", "2026-11-19"])
        {
            var session = await workshop.HoldAsync(360, date, Workshop.Mandatory);
            await workshop.AllPresentAsync(session);
            await workshop.CloseAsync(session);
        }
        var number = (await workshop.IssuedAsync(workshop.Youths[0])).Number();
        using var region = await app.RegionAsync("02");
        foreach (var person in (HttpClient[])[nation, region])
        {
            using var said = await person.PostAsJsonAsync($"/api/certificates/{number}/revoke", new { reason = "misuse" });
            Assert.That(said.IsSuccessStatusCode, await said.Content.ReadAsStringAsync());
        }

        await HeardAsync(4);
        var heard = partner.Requests.Select(asked => JsonDocument.Parse(asked.Body).RootElement).ToArray();
        Assert.That(heard.Select(body => body.Text("type")), Is.EquivalentTo(new[] { "attendance.closed", "attendance.closed", "certificate.issued", "certificate.revoked" }));
        Assert.That(heard.Where(body => body.Text("type")!.StartsWith("certificate", StringComparison.Ordinal)).Select(body => body.GetProperty("data").Text("certificate")), Is.All.EqualTo(number));
    }

    [Test]
    public async Task What_fails_is_tried_again_under_the_same_id_and_given_up_after_three_days()
    {
        var (id, _) = await CreateAsync(nation, "enrollment.created");
        partner.Status = 500;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));
        await HeardAsync(1);
        await AttemptsAsync(1);
        partner.Status = 200;
        Assert.That(await RunAsync(), Is.Zero, "not before its hour");
        app.Time.Advance(TimeSpan.FromSeconds(11));
        await RunAsync();
        await StateAsync(id, "delivered");
        Assert.That(partner.Requests.Select(asked => asked.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(1));

        partner.Status = 503;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(2));
        await HeardAsync(3);
        await AttemptsAsync(1);
        for (var i = 0; i < 80 && (await RowsAsync()).Any(row => row.State == WebhookDeliveryState.Waiting); i++)
        {
            app.Time.Advance(TimeSpan.FromHours(1));
            await RunAsync();
        }
        var given = (await RowsAsync()).Single(row => row.State == WebhookDeliveryState.GivenUp);
        Assert.That(given.TriedAt - given.CreatedAt, Is.InRange(TimeSpan.FromDays(3), TimeSpan.FromHours(74)));

        partner.Status = 200;
        using var again = await nation.PostAsync(new Uri($"/api/webhooks/{id}/deliveries/{OpaqueId.Delivery(given.Id)}/redeliver", UriKind.Relative), null);
        Assert.That((int)again.StatusCode, Is.EqualTo(202));
        await RunAsync();
        await Poll.UntilAsync(async () => (await RowsAsync()).All(row => row.State == WebhookDeliveryState.Delivered), () => Task.FromResult("by hand"));
    }

    [Test]
    public async Task An_address_that_is_gone_stops_the_webhook_and_it_says_so()
    {
        var (id, _) = await CreateAsync(nation, "enrollment.created");
        partner.Status = 410;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));

        await Poll.UntilAsync(async () => (await ItemAsync(nation, id)).Text("disabledReason") == "gone", () => Task.FromResult("the webhook works on"));
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(2));
        Assert.That(partner.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Rows_that_a_killed_worker_had_in_hand_come_back()
    {
        var (id, _) = await CreateAsync(nation, "enrollment.created");
        partner.Status = 500;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));
        await AttemptsAsync(1);
        partner.Status = 200;
        var now = app.Time.GetUtcNow();
        await ChangeAsync(db => db.Set<WebhookDelivery>().ExecuteUpdateAsync(set => set.SetProperty(row => row.HeldUntil, now + SendDeliveries.HoldTime)));
        app.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.That(await RunAsync(), Is.Zero, "somebody may be at it");
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();

        await StateAsync(id, "delivered");
    }

    [Test]
    public async Task A_region_hears_of_its_own_and_only_while_its_owner_may_see_it()
    {
        using var region = await app.RegionAsync("06");
        var (id, _) = await CreateInAsync(region, "06", ["enrollment.created"]);
        using var beyond = await region.PostAsJsonAsync("/api/webhooks/", Body("02", "enrollment.created"));
        using var nationwide = await region.PostAsJsonAsync("/api/webhooks/", Body(null, "enrollment.created"));
        Assert.That(((int)beyond.StatusCode, (int)nationwide.StatusCode), Is.EqualTo((400, 400)));
        using var other = await app.RegionAsync("02");
        Assert.That((int)(await other.GetAsync(new Uri($"/api/webhooks/{id}", UriKind.Relative))).StatusCode, Is.EqualTo(404));

        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1, "RSB"));
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(2, "WAC"));
        Assert.That(JsonDocument.Parse((await HeardAsync(1)).Body).RootElement.GetProperty("data").Text("site"), Is.EqualTo("WAC"));

        var now = app.Time.GetUtcNow();
        await ChangeAsync(db => db.Set<ApiKey>().Where(row => row.RegionId != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now)));
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(3, "WAC"));
        await Poll.UntilAsync(async () => (await ItemAsync(nation, id)).Text("disabledReason") == "ownerLeft", () => Task.FromResult("it works on"));
        Assert.That(partner.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_renewed_secret_signs_beside_the_former_one_for_a_week()
    {
        var (id, former) = await CreateAsync(nation, "enrollment.created");
        using var answer = await nation.PostAsync(new Uri($"/api/webhooks/{id}/secret", UriKind.Relative), null);
        var secret = (await answer.JsonAsync()).Text("secret")!;
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));
        var both = await HeardAsync(1);
        app.Time.Advance(TimeSpan.FromDays(8));
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(2));
        await HeardAsync(2);
        var after = partner.Requests.Last();

        Assert.That((IsSigned(both, former), IsSigned(both, secret), IsSigned(after, former), IsSigned(after, secret)), Is.EqualTo((true, true, false, true)));
        Assert.That(await nation.GetStringAsync(new Uri("/api/webhooks/", UriKind.Relative)), Does.Not.Contain("whsec_"));
    }

    [TestCase("https://10.0.0.1/")]
    [TestCase("https://[::1]/")]
    [TestCase("not an address")]
    [TestCase("")]
    public async Task An_address_inside_is_refused(string address)
    {
        using var answer = await nation.PostAsJsonAsync("/api/webhooks/", new { name = "Partenaire", address, events = new[] { "enrollment.created" } });

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Single().Name, Is.EqualTo("address"));
    }

    [Test]
    public async Task A_coordinator_adds_one_by_the_page_sees_the_secret_once_and_the_log()
    {
        using var coordinator = await app.CoordinatorAsync("region@test.example", "02");
        using var made = await coordinator.SendFormAsync("/webhooks", ("Name", "Ligue"), ("Address", partner.Address), ("Region", "02"), ("Events", "enrollment.created"));
        Assert.That(await made.Content.ReadAsStringAsync(), Does.Contain("whsec_"));
        Assert.That(await coordinator.GetStringAsync(new Uri("/webhooks", UriKind.Relative)), Does.Contain("Ligue").And.Not.Contain("whsec_"));
        await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));
        await HeardAsync(1);
        var id = (await nation.ItemsAsync("/api/webhooks/"))[0].Text("id")!;
        await StateAsync(id, "delivered");

        var page = await coordinator.GetStringAsync(new Uri($"/webhooks/{id}", UriKind.Relative));
        Assert.That(page, Does.Contain("http-200").And.Contain("Renvoyer"));
        using var refused = await coordinator.SendFormAsync("/webhooks", ("Name", "Ligue"), ("Address", "https://10.0.0.1/"), ("Region", "02"), ("Events", "enrollment.created"));
        Assert.That(System.Net.WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), Does.Contain("réseau interne"));
    }

    private object Body(string? region, params string[] events) => new { name = "Partenaire", address = partner.Address, events, region };

    private Task<(string Id, string Secret)> CreateAsync(HttpClient who, params string[] events) => CreateInAsync(who, null, events);

    private async Task<(string Id, string Secret)> CreateInAsync(HttpClient who, string? region, string[] events)
    {
        using var answer = await who.PostAsJsonAsync("/api/webhooks/", Body(region, events));
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        var made = await answer.JsonAsync();
        return (made.Text("id")!, made.Text("secret")!);
    }

    private static async Task<JsonElement> ItemAsync(HttpClient who, string id) => await (await who.GetAsync(new Uri($"/api/webhooks/{id}", UriKind.Relative))).JsonAsync();

    private async Task<HttpReceiver.Asked> HeardAsync(int count)
    {
        await Poll.UntilAsync(() => Task.FromResult(partner.Requests.Count >= count), async () => $"heard {partner.Requests.Count} of {count}: " + string.Join(", ", (await RowsAsync()).Select(row => $"{row.Event} {row.State} {row.Answer}")));
        Assert.That(partner.Requests, Has.Count.EqualTo(count));
        return partner.Requests.First();
    }

    private Task StateAsync(string id, string state) => Poll.UntilAsync(
        async () => (await nation.ItemsAsync($"/api/webhooks/{id}/deliveries")).All(row => row.Text("state") == state), () => Task.FromResult($"not all are {state}"));

    private Task AttemptsAsync(int attempts) => Poll.UntilAsync(
        async () => (await RowsAsync()).Any(row => row.State == WebhookDeliveryState.Waiting && row.Attempts == attempts), () => Task.FromResult("it was not tried"));

    private Task<int> RunAsync() => app.Services.GetRequiredService<WebhookWorker>().RunAsync(CancellationToken.None);

    private Task<List<WebhookDelivery>> RowsAsync() => ChangeAsync(db => db.Set<WebhookDelivery>().AsNoTracking().ToListAsync());

    private async Task<T> ChangeAsync<T>(Func<TrainingDbContext, Task<T>> change)
    {
        await using var db = new TrainingDbContext(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        return await change(db);
    }

    /// <summary>As a partner verifies it: a few lines.</summary>
    private static bool IsSigned(HttpReceiver.Asked asked, string secret)
    {
        var content = Encoding.UTF8.GetBytes($"{asked.Headers["webhook-id"]}.{asked.Headers["webhook-timestamp"]}.{asked.Body}");
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), content))}";
        return asked.Headers["webhook-signature"].Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(expected)));
    }
}
