using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Notifications;
using Training.App.Platform.Configuration;
using Training.App.Platform.Gateways;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Families;
using Training.App.Tests.Pages;
using Training.App.Tests.Platform.Gateways;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Modules.Notifications;

/// <summary>What the SMS gateway says afterwards of a message, and what the log says of it.</summary>
[TestFixture]
internal sealed class ReceiptTests
{
    private const string Secret = "a-secret-of-the-gateway-and-us";

    private HttpReceiver gateway = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => gateway = await HttpReceiver.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await gateway.DisposeAsync();

    [SetUp]
    public void Forget() => gateway.Requests.Clear();

    [Test]
    public async Task What_arrived_is_in_the_log_and_stays_there_whatever_comes_again_or_late()
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        var message = await SendOneAsync(workshop);
        Assert.That((await LogAsync(workshop)).Receipt, Is.EqualTo("none"));

        foreach (var status in (string[])["sent", "delivered", "DELIVERED", "failed", "buffered"])
            Assert.That(await SayAsync(workshop, message, status), Is.EqualTo(HttpStatusCode.NoContent), status);
        Assert.That(await LogAsync(workshop), Is.EqualTo(("sent", "delivered")));
        using var coach = await workshop.App.CoachAsync("receipts@demo.example");
        Assert.That(await coach.GetStringAsync("/messages"), Does.Contain("Arrivé sur le téléphone"));
    }

    [Test]
    public async Task What_did_not_arrive_is_the_site_s_to_tell_until_it_does()
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        var message = await SendOneAsync(workshop);
        Assert.That(await SayAsync(workshop, message, "failed"), Is.EqualTo(HttpStatusCode.NoContent));
        var told = (await workshop.Staff.GetFromJsonAsync<JsonElement>("/api/notices?toTell=true")).GetProperty("items")[0];
        Assert.That((told.GetProperty("reason").GetString(), told.GetProperty("receipt").GetString()), Is.EqualTo(("not-delivered", "undelivered")));
        using var coach = await workshop.App.CoachAsync("receipts@demo.example");
        Assert.That(await coach.GetStringAsync("/messages"), Does.Contain("Le message n’est pas arrivé sur le téléphone."));

        await SayAsync(workshop, message, "delivered");
        Assert.That(await LogAsync(workshop), Is.EqualTo(("sent", "delivered")));
    }

    [Test]
    public async Task Whoever_cannot_prove_to_be_the_gateway_learns_nothing()
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        var message = await SendOneAsync(workshop);
        foreach (var wrong in (string?[])[null, "", "x", Secret + "x", Secret.ToUpperInvariant()])
        {
            Assert.That(await SayAsync(workshop, message, "delivered", wrong), Is.EqualTo(HttpStatusCode.Unauthorized), wrong);
            Assert.That(await SayAsync(workshop, Guid.NewGuid().ToString("N"), "delivered", wrong), Is.EqualTo(HttpStatusCode.Unauthorized), "an id that is none answers alike");
        }
        foreach (var unknown in (string[])[Guid.NewGuid().ToString("N"), "link-7", "7", "' or 1=1"])
            Assert.That(await SayAsync(workshop, unknown, "delivered"), Is.EqualTo(HttpStatusCode.NotFound), unknown);
        Assert.That((await LogAsync(workshop)).Receipt, Is.EqualTo("none"));
    }

    /// <summary>A gateway may report before the change is through that says what it was sent.</summary>
    [TestCase(0, 503)]
    [TestCase(-240, 503)]
    [TestCase(-600, 404)]
    [TestCase(600, 404)]
    public async Task A_receipt_that_comes_before_its_message_is_written_down_is_asked_for_again(int seconds, int status)
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        using var machine = workshop.App.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sms/receipts")
        {
            Content = JsonContent.Create(new { id = Guid.CreateVersion7(workshop.App.Time.GetUtcNow().AddSeconds(seconds)).ToString("N"), status = "delivered" }),
        };
        request.Headers.Add("X-Receipt-Secret", Secret);
        using var answer = await machine.SendAsync(request);

        Assert.That(((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta), Is.EqualTo((status, status == 503 ? TimeSpan.FromSeconds(10) : (TimeSpan?)null)));
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"id":7,"status":"delivered"}""")]
    [TestCase("""{"id":"a"}""")]
    [TestCase("\0\0\0")]
    public async Task What_is_no_receipt_is_said_to_be_none(string body)
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        Assert.That(await PostAsync(workshop, body, "application/json", Secret), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await PostAsync(workshop, new string('x', 9000), "application/json", Secret), Is.EqualTo(HttpStatusCode.RequestEntityTooLarge).Or.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_gateway_may_sign_and_name_its_fields_as_it_likes()
    {
        await using var workshop = await OpenAsync(
            ("Sms:Receipts:Secret", Secret), ("Sms:Receipts:Proof", "HmacSha256"), ("Sms:Receipts:Header", "X-Signature"), ("Sms:Receipts:IdField", "msg"),
            ("Sms:Receipts:StatusField", "dlr"), ("Sms:Receipts:Delivered", "1, DELIVRD"), ("Sms:Receipts:Undelivered", "2"));
        var message = await SendOneAsync(workshop);
        var body = $"msg={message}&dlr=DELIVRD&phone=%2B212600000000";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));
        const string form = "application/x-www-form-urlencoded";

        Assert.That(await PostAsync(workshop, body, form, signature + "00", "X-Signature"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PostAsync(workshop, body.Replace("DELIVRD", "2"), form, signature, "X-Signature"), Is.EqualTo(HttpStatusCode.Unauthorized), "another body");
        Assert.That(await PostAsync(workshop, body, form, Secret, "X-Signature"), Is.EqualTo(HttpStatusCode.Unauthorized), "the secret itself proves nothing here");
        Assert.That(await PostAsync(workshop, body, form, "sha256=" + signature.ToUpperInvariant(), "X-Signature"), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await LogAsync(workshop), Is.EqualTo(("sent", "delivered")));
    }

    [Test]
    public async Task Without_receipts_the_door_is_not_there_and_the_log_says_that_none_comes()
    {
        await using var workshop = await OpenAsync();
        var message = await SendOneAsync(workshop);
        Assert.That(await SayAsync(workshop, message, "delivered"), Is.EqualTo(HttpStatusCode.NotFound));
        using var coach = await workshop.App.CoachAsync("receipts@demo.example");
        Assert.That(await coach.GetStringAsync("/messages"), Does.Contain("Remis au service, sans accusé"));
    }

    [Test]
    public async Task An_Amazigh_family_is_written_to_in_Tifinagh_once_its_texts_are_validated()
    {
        await using var workshop = await OpenAsync();
        await AmazighFile.PublishAsync(workshop.Staff, AmazighFile.Full());
        await SendOneAsync(workshop, "zgh");
        Assert.That(JsonDocument.Parse(gateway.Requests.Single().Body).RootElement.GetProperty("text").GetString(), Does.StartWith("ⴰⴹⵔⵉⵚ").And.Not.Contain('\uFDD0'));
    }

    [TestCase("Sms:Receipts:Secret", "short", "Sms__Receipts__Secret")]
    [TestCase("Sms:Body", """{"to":"{to}","text":"{text}"}""", "Sms__Body")]
    [TestCase("Sms:Receipts:Proof", "Basic", "Sms__Receipts__Proof")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value, string variable)
    {
        var settings = new Dictionary<string, string?> { ["Sms:Url"] = "https://gateway.example", ["Sms:Body"] = "{id}{to}{text}", ["Sms:Receipts:Secret"] = Secret, [name] = value };
        Assert.That(
            () => ReceiptOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()),
            Throws.TypeOf<ConfigurationException>().With.Message.Contains(variable));
    }

    [Test]
    public async Task Guesses_at_the_secret_from_one_address_are_limited()
    {
        await using var workshop = await OpenAsync(("Sms:Receipts:Secret", Secret));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 1250; i++) answers.Add(await SayAsync(workshop, "x", "delivered", "guess"));

        Assert.That(answers.Distinct(), Is.EqualTo(new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
        Assert.That(answers.Count(answer => answer == HttpStatusCode.Unauthorized), Is.InRange(1190, 1210));
    }

    private Task<Workshop> OpenAsync(params (string Name, string? Value)[] settings) => Workshop.OpenAsync(0, new TrainingApplication(
        [("Sms:Url", gateway.Address), ("Sms:Body", """{"ref":"{id}","to":"{to}","text":"{text}"}"""), .. settings]));

    /// <summary>Sends one message.</summary>
    /// <returns>Our name of it, as the gateway was told.</returns>
    private async Task<string> SendOneAsync(Workshop workshop, string language = "fr")
    {
        await workshop.RegisterAsync(1, body =>
        {
            body["guardians"]![0]!["language"] = language;
            body["consents"]!.AsArray().Add(new JsonObject { ["purpose"] = "messages", ["method"] = "paper", ["guardian"] = 0, ["givenOn"] = "2026-10-01" });
        });
        var session = await workshop.HoldAsync(60, DateOnly.FromDateTime(workshop.App.Time.GetUtcNow().Date).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "ethics");
        using var cancelled = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { reason = "rain" });
        await Poll.UntilAsync(
            async () => (await workshop.Staff.GetStringAsync("/api/notices")).Contains("\"waiting\"", StringComparison.Ordinal), () => workshop.Staff.GetStringAsync("/api/notices"));
        // Once: a clock that leaps while somebody has it in hand lets it be sent again.
        workshop.App.Time.Advance(TimeSpan.FromMinutes(11));
        await Poll.UntilAsync(
            async () =>
            {
                await workshop.App.InsideAsync(services => services.GetRequiredService<SendNotices>().RunAsync(CancellationToken.None));
                return !gateway.Requests.IsEmpty && (await workshop.Staff.GetStringAsync("/api/notices")).Contains("\"sent\"", StringComparison.Ordinal);
            },
            () => workshop.Staff.GetStringAsync("/api/notices"));
        return JsonDocument.Parse(gateway.Requests.Single().Body).RootElement.GetProperty("ref").GetString()!;
    }

    private static async Task<(string? State, string? Receipt)> LogAsync(Workshop workshop)
    {
        var item = (await workshop.Staff.GetFromJsonAsync<JsonElement>("/api/notices")).GetProperty("items")[0];
        return (item.GetProperty("state").GetString(), item.GetProperty("receipt").GetString());
    }

    private static Task<HttpStatusCode> SayAsync(Workshop workshop, string id, string status, string? secret = Secret) =>
        PostAsync(workshop, JsonSerializer.Serialize(new { id, status, phone = "+212600000000" }), "application/json", secret);

    private static async Task<HttpStatusCode> PostAsync(Workshop workshop, string body, string type, string? proof, string header = "X-Receipt-Secret")
    {
        using var gateway = workshop.App.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sms/receipts") { Content = new StringContent(body, Encoding.UTF8, type) };
        if (proof is not null) request.Headers.TryAddWithoutValidation(header, proof);
        using var answer = await gateway.SendAsync(request);
        return answer.StatusCode;
    }
}
