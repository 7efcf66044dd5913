using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Notifications;

/// <summary>One application with a gateway for all tests; each has children, phones and days of its own.</summary>
[TestFixture]
internal sealed class NoticeTests
{
    private static int children = 5000;

    private HttpReceiver gateway = null!;
    private TrainingApplication app = null!;
    private Workshop workshop = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        gateway = await HttpReceiver.StartAsync();
        app = new TrainingApplication(
            ("Sms:Url", gateway.Address), ("Notifications:QuietFrom", "21:00"), ("Notifications:QuietUntil", "08:00"), ("Notifications:PerFamilyPerDay", "2"));
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await app.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [SetUp]
    public async Task BeginAsync()
    {
        workshop = await Workshop.OpenAsync(0, app);
        // Each test on a morning of its own, at ten.
        app.Time.SetUtcNow(app.Time.GetUtcNow().Date.AddDays(1).AddHours(9));
        gateway.Requests.Clear();
        gateway.Status = 200;
    }

    [TearDown]
    public void End() => workshop.Staff.Dispose();

    [Test]
    public async Task A_family_hears_once_of_all_that_happened_to_its_children()
    {
        var phone = NewPhone();
        await RegisterAsync(phone, "ar");
        await RegisterAsync(phone, "ar");
        await CancelAsync(await PlanAsync(3));
        await MoveAsync(await PlanAsync(4));
        await NoticesAsync(4);

        var text = TextOf(await OneMessageAsync());

        Assert.That(text.Split('\n'), Has.Length.EqualTo(5), "two children, two sessions, and where it comes from");
        Assert.That(text, Does.Contain("أُلغيت حصة").And.Contain("موعد الحصة الجديد").And.Contain("https://training.example/family"));
        Assert.That((await StatesAsync()).Distinct(), Is.EqualTo(new[] { NoticeState.Sent }));
        Assert.That(await MessagesOfAsync(), Has.Count.EqualTo(1), "one message carried all four");
    }

    [Test]
    public async Task Nobody_is_written_to_at_night()
    {
        app.Time.SetUtcNow(app.Time.GetUtcNow().Date.AddHours(20).AddMinutes(30));
        await RegisterAsync(NewPhone(), "fr");
        await CancelAsync(await PlanAsync(3));
        await NoticesAsync(1);
        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.That(await SendAsync(), Is.Zero);
        Assert.That(gateway.Requests, Is.Empty);

        app.Time.SetUtcNow(app.Time.GetUtcNow().Date.AddDays(1).AddHours(8));
        Assert.That(TextOf((await SentAsync()).Single()), Does.Contain("est annulée"));
    }

    [Test]
    public async Task A_gateway_that_is_away_is_asked_again_later_and_in_the_end_the_site_tells_it()
    {
        await RegisterAsync(NewPhone(), "fr");
        await CancelAsync(await PlanAsync(5));
        await NoticesAsync(1);
        gateway.Status = 503;
        var tries = 0;
        while ((await StatesAsync())[0] == NoticeState.Waiting && tries < 20)
        {
            app.Time.Advance(TimeSpan.FromMinutes(11));
            if (Quiet()) app.Time.SetUtcNow(app.Time.GetUtcNow().Date.AddDays(1).AddHours(9));
            await SendAsync();
            if ((await RowsAsync())[0].DueAt > app.Time.GetUtcNow()) app.Time.SetUtcNow((await RowsAsync())[0].DueAt);
            tries++;
        }

        var row = (await RowsAsync())[0];
        Assert.That((row.State, row.Reason, row.Attempts), Is.EqualTo((NoticeState.ToTell, "http-503", 5)));
        Assert.That(gateway.Requests.Count, Is.AtLeast(6), "one more when the clock leapt while the worker had it in hand");
    }

    [Test]
    public async Task A_family_without_a_phone_or_without_consent_to_messages_is_the_site_s_to_tell()
    {
        await RegisterAsync(null, "fr");
        await RegisterAsync(NewPhone(), "fr", messages: false);
        await CancelAsync(await PlanAsync(3));
        await NoticesAsync(2);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        await SettledAsync(2);

        var list = await workshop.Staff.GetFromJsonAsync<JsonElement>("/api/notices?toTell=true");
        var mine = list.GetProperty("items").EnumerateArray().Where(item => workshop.Youths.Any(youth => youth.Participant == item.GetProperty("participant").GetString())).ToArray();
        Assert.That(gateway.Requests, Is.Empty);
        Assert.That(list.GetProperty("gatewayConfigured").GetBoolean(), Is.True);
        Assert.That(mine.Select(item => item.GetProperty("reason").GetString()), Is.EquivalentTo(new[] { Notice.NoPhone, Notice.NoConsent }));
        Assert.That(mine.Select(item => item.GetProperty("text").GetString()), Has.All.Contains("est annulée"));

        using var told = await workshop.Staff.PostAsJsonAsync("/api/notices/told", new { notices = mine.Select(item => item.GetProperty("notice").GetString()) });
        Assert.That((await told.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("told").GetInt32(), Is.EqualTo(2));
        Assert.That(await StatesAsync(), Has.All.EqualTo(NoticeState.Told));
    }

    [Test]
    public async Task A_phone_gets_so_many_messages_a_day_and_the_others_tomorrow()
    {
        var phone = NewPhone();
        await RegisterAsync(phone, "fr");
        foreach (var sent in (int[])[1, 2, 2])
        {
            var before = (await RowsAsync()).Count;
            await CancelAsync(await PlanAsync(3 + before));
            await NoticesAsync(before + 1);
            app.Time.Advance(TimeSpan.FromMinutes(11));
            await Poll.UntilAsync(
                async () => { await SendAsync(); return (await RowsAsync()).TrueForAll(row => row.State == NoticeState.Sent || row.DueAt > app.Time.GetUtcNow()); },
                async () => string.Join(' ', await StatesAsync()));
            Assert.That(gateway.Requests.Count, Is.EqualTo(sent));
        }

        app.Time.SetUtcNow(app.Time.GetUtcNow().AddHours(24));
        Assert.That((await SentAsync()).Count, Is.EqualTo(3));
    }

    [Test]
    public async Task What_is_no_longer_true_is_not_sent()
    {
        await RegisterAsync(NewPhone(), "fr");
        await CancelAsync(await PlanAsync(0));
        await NoticesAsync(1);
        app.Time.Advance(TimeSpan.FromDays(1));
        await SettledAsync(1);
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { NoticeState.Dropped }));
        Assert.That(gateway.Requests, Is.Empty);
    }

    [Test]
    public async Task A_child_enrolled_without_the_guardian_s_word_asks_for_it_by_message_and_one_with_it_asks_nobody()
    {
        await workshop.RegisterAsync(++children, body =>
        {
            Wish(NewPhone(), "fr", messages: true)(body);
            body["consents"]!.AsArray().RemoveAt(0);
        });
        await RegisterAsync(NewPhone(), "fr");
        await NoticesAsync(1);

        Assert.That(TextOf(await OneMessageAsync()), Does.Contain("accord"));
        Assert.That((await RowsAsync()).ConvertAll(row => row.Kind), Is.EqualTo(new[] { NoticeKind.ConsentMissing }));
    }

    [Test]
    public async Task The_log_holds_no_name_no_phone_and_no_text()
    {
        var columns = await app.InsideAsync(services => Task.FromResult(services.GetRequiredService<Data.TrainingDbContext>().Model
            .FindEntityType(typeof(Notice))!.GetProperties().Where(property => property.ClrType == typeof(string)).Select(property => property.Name).ToArray()));
        Assert.That(columns, Is.EquivalentTo(new[] { nameof(Notice.Reason), nameof(Notice.ToldBy) }));
    }

    [Test]
    public async Task Without_a_gateway_everything_is_on_the_site_s_list_and_a_foreign_site_does_not_see_it()
    {
        await using var plain = await Workshop.OpenAsync(0);
        await plain.RegisterAsync(++children, Wish(NewPhone(), "fr", messages: true));
        workshop = plain;
        await CancelAsync(await PlanAsync(3));
        await NoticesAsync(1, plain.App);
        plain.App.Time.Advance(TimeSpan.FromMinutes(11));
        await Poll.UntilAsync(
            async () => (await plain.Staff.GetFromJsonAsync<JsonElement>("/api/notices?toTell=true")).GetProperty("items").GetArrayLength() == 1, () => Task.FromResult("nothing on the list"));

        var list = await plain.Staff.GetFromJsonAsync<JsonElement>("/api/notices?toTell=true");
        using var foreign = await plain.App.SiteAsync("MJ-04-001");
        Assert.That(list.GetProperty("gatewayConfigured").GetBoolean(), Is.False);
        Assert.That(list.GetProperty("items")[0].GetProperty("reason").GetString(), Is.EqualTo("not-configured"));
        Assert.That((await foreign.GetFromJsonAsync<JsonElement>("/api/notices?toTell=true")).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    private static string NewPhone() => string.Create(CultureInfo.InvariantCulture, $"0677{++children:D6}");

    private static Action<JsonObject> Wish(string? phone, string language, bool messages) => body =>
    {
        var guardian = body["guardians"]![0]!;
        guardian["phone"] = phone;
        guardian["noPhone"] = phone is null;
        guardian["language"] = language;
        if (messages)
            body["consents"]!.AsArray().Add(new JsonObject { ["purpose"] = "messages", ["method"] = "paper", ["guardian"] = 0, ["givenOn"] = "2026-10-01" });
    };

    private Task RegisterAsync(string? phone, string language, bool messages = true) => workshop.RegisterAsync(++children, Wish(phone, language, messages));

    private Task<string> PlanAsync(int inDays) => workshop.HoldAsync(
        60, DateOnly.FromDateTime(workshop.App.Time.GetUtcNow().Date).AddDays(inDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "ethics");

    private async Task CancelAsync(string session)
    {
        using var answer = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { reason = "rain" });
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
    }

    private async Task MoveAsync(string session)
    {
        using var answer = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/reschedule", new { start = "15:00" });
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the events were heard.</summary>
    private Task NoticesAsync(int count, TrainingApplication? of = null) =>
        Poll.UntilAsync(async () => (await RowsAsync(of)).Count == count, async () => $"{(await RowsAsync(of)).Count} notices");

    private Task SettledAsync(int count) => Poll.UntilAsync(
        async () => { await SendAsync(); return (await StatesAsync()).Count(state => state != NoticeState.Waiting) == count; }, async () => string.Join(' ', await StatesAsync()));

    /// <summary>The one message, once the hour of gathering is over.</summary>
    private async Task<HttpReceiver.Asked> OneMessageAsync()
    {
        app.Time.Advance(TimeSpan.FromMinutes(11));
        return (await SentAsync()).Single();
    }

    /// <summary>
    /// What the gateway was asked, once all is sent and settled; who sends it, the test or the worker, does not matter. The clock stands
    /// meanwhile: to one that leaps, what the worker has in hand is lost, and goes again.
    /// </summary>
    private async Task<IReadOnlyCollection<HttpReceiver.Asked>> SentAsync()
    {
        await Poll.UntilAsync(
            async () => { await SendAsync(); return (await StatesAsync()).All(state => state == NoticeState.Sent); }, async () => string.Join(' ', await StatesAsync()));
        return gateway.Requests;
    }

    private static string TextOf(HttpReceiver.Asked asked) => JsonDocument.Parse(asked.Body).RootElement.GetProperty("text").GetString()!;

    private Task<int> SendAsync() => app.InsideAsync(services => services.GetRequiredService<App.Modules.Notifications.SendNotices>().RunAsync(CancellationToken.None));

    private bool Quiet() => app.Time.GetUtcNow().Hour is >= 20 or < 8;

    private async Task<List<NoticeState>> StatesAsync() => [.. (await RowsAsync()).Select(row => row.State)];

    private async Task<IReadOnlyCollection<Guid>> MessagesOfAsync() => [.. (await RowsAsync()).Select(row => row.MessageId!.Value).Distinct()];

    private Task<List<Notice>> RowsAsync(TrainingApplication? of = null)
    {
        var keys = workshop.Youths.Select(youth => ParticipantCode.TryParse(youth.Participant, out var code) ? (int)code.ToKey() : 0).ToArray();
        return (of ?? app).InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Notice>().Where(row => keys.Contains(row.ParticipantId))
            .OrderBy(row => row.Id).ToListAsync());
    }
}
