using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Training.App.Platform.Configuration;
using Training.App.Platform.Gateways;

namespace Training.App.Tests.Platform.Gateways;

internal sealed class HttpSmsSenderTests
{
    private static readonly Sms Message = new("m-17", "+212612345678", "حصة «كرة» & 1\nla suite {to}");

    private HttpReceiver gateway = null!;

    [SetUp]
    public async Task StartAsync() => gateway = await HttpReceiver.StartAsync();

    [TearDown]
    public async Task StopAsync() => await gateway.DisposeAsync();

    [Test]
    public async Task Fills_the_operators_json_with_the_phone_the_text_and_the_name_of_the_message()
    {
        using var sender = Sender(
            ("Sms:Body", """{"msisdn":"{toDigits}","message":"{text}","ref":"{id}"}"""), ("Sms:Headers", "Authorization: Bearer abc\nX-Sender: Programme"));
        Assert.That(await sender.SendAsync(Message, CancellationToken.None), Is.EqualTo(Dispatch.Accepted));
        Assert.That(gateway.Requests.TryDequeue(out var asked), Is.True);
        var body = JsonDocument.Parse(asked!.Body).RootElement;
        Assert.That(body.GetProperty("msisdn").GetString(), Is.EqualTo("212612345678"));
        Assert.That(body.GetProperty("message").GetString(), Is.EqualTo(Message.Text), "the text's own braces are text");
        Assert.That(body.GetProperty("ref").GetString(), Is.EqualTo("m-17"));
        Assert.That(asked.Headers["Authorization"], Is.EqualTo("Bearer abc"));
        Assert.That(asked.Headers["X-Sender"], Is.EqualTo("Programme"));
        Assert.That(asked.ContentType, Does.StartWith("application/json"));
    }

    [Test]
    public async Task Writes_a_form_or_an_address_as_the_operator_says()
    {
        using var form = Sender(("Sms:ContentType", "application/x-www-form-urlencoded"), ("Sms:Body", "to={toNational}&text={text}"));
        await form.SendAsync(Message, CancellationToken.None);
        using var address = Sender(("Sms:Method", "GET"), ("Sms:Url", $"{gateway.Address}/send?to={{to}}&text={{text}}"));
        await address.SendAsync(Message, CancellationToken.None);
        var asked = gateway.Requests.ToArray();
        Assert.That(asked[0].Body, Does.StartWith("to=0612345678&text=" + Uri.EscapeDataString(Message.Text)));
        Assert.That(asked[1].Method, Is.EqualTo("GET"));
        Assert.That(asked[1].Target, Does.Contain("to=%2B212612345678&text="));
    }

    [TestCase(400, DispatchOutcome.Refused)]
    [TestCase(302, DispatchOutcome.Refused)]
    [TestCase(401, DispatchOutcome.Failed)]
    [TestCase(429, DispatchOutcome.Failed)]
    [TestCase(503, DispatchOutcome.Failed)]
    public async Task Says_whether_a_refusal_is_for_good_and_follows_no_redirect(int status, DispatchOutcome outcome)
    {
        gateway.Status = status;
        using var sender = Sender();
        Assert.That(await sender.SendAsync(Message, CancellationToken.None), Is.EqualTo(new Dispatch(outcome, $"http-{status}")));
        Assert.That(gateway.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Believes_a_success_only_when_the_answer_says_what_it_should()
    {
        using var sender = Sender(("Sms:AcceptedWhen", "\"status\":\"queued\""));
        gateway.Answer = """{"status":"error"}""";
        Assert.That((await sender.SendAsync(Message, CancellationToken.None)).Outcome, Is.EqualTo(DispatchOutcome.Refused));
        gateway.Answer = """{"status":"queued"}""";
        Assert.That(await sender.SendAsync(Message, CancellationToken.None), Is.EqualTo(Dispatch.Accepted));
    }

    [Test]
    public async Task Answers_with_a_failure_when_nobody_listens()
    {
        using var sender = Sender();
        await gateway.DisposeAsync();
        Assert.That(await sender.SendAsync(Message, CancellationToken.None), Is.EqualTo(Dispatch.Failed("http-unreachable")));
    }

    [Test]
    public async Task Says_that_no_gateway_is_configured()
    {
        using var sender = new HttpSmsSender(null);
        Assert.That(sender.IsConfigured, Is.False);
        Assert.That(await sender.SendAsync(Message, CancellationToken.None), Is.EqualTo(Dispatch.NotConfigured));
    }

    [Test]
    public void Stops_the_start_by_one_sentence_that_names_the_variable()
    {
        Assert.That(() => Sender(("Sms:Url", "gateway")), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Sms__Url "));
        Assert.That(() => Sender(("Sms:Body", """{"text":"{text}"}""")), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Sms__Body "));
        Assert.That(() => Sender(("Sms:Headers", "Bearer")), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("Sms__Headers "));
    }

    private HttpSmsSender Sender(params IEnumerable<(string Name, string? Value)> more)
    {
        var settings = new Dictionary<string, string?> { ["Sms:Url"] = gateway.Address };
        foreach (var (name, value) in more) settings[name] = value;
        return new HttpSmsSender(SmsOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
    }
}
