using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Families;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Gateways;
using Training.Domain.Common;

namespace Training.App.Tests.Modules.Families;

/// <summary>Where an SMS gateway is configured: a child with two guardians who have a phone each, and their way in.</summary>
internal abstract partial class FamilyDoor
{
    private HttpReceiver gateway = null!;
    private Workshop workshop = null!;

    protected HttpReceiver Gateway => gateway;

    protected Workshop Workshop => workshop;

    [OneTimeSetUp]
    public async Task StartGatewayAsync() => gateway = await HttpReceiver.StartAsync();

    [OneTimeTearDown]
    public async Task StopGatewayAsync() => await gateway.DisposeAsync();

    [SetUp]
    public async Task OpenAsync()
    {
        gateway.Requests.Clear();
        gateway.Status = 200;
        workshop = await Workshop.OpenAsync(0, new TrainingApplication(("Sms:Url", gateway.Address)));
        await workshop.RegisterAsync(1, TwoParents);
    }

    [TearDown]
    public async Task CloseAsync() => await workshop.DisposeAsync();

    protected Youth Youth => workshop.Youths[0];

    protected TrainingApplication App => workshop.App;

    protected static void TwoParents(JsonObject body)
    {
        var guardians = body["guardians"]!.AsArray();
        guardians[0]!["phone"] = "0611000001";
        guardians.Add(new JsonObject { ["name"] = "Karim El Alaoui", ["relationship"] = "father", ["phone"] = "0611000002", ["noPhone"] = false, ["language"] = "fr" });
    }

    protected HttpClient Phone()
    {
        var phone = App.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return phone;
    }

    protected async Task<HttpClient> OpenSessionAsync(int guardian, Youth? youth = null)
    {
        var phone = Phone();
        var ticket = await SendAsync(guardian, youth);
        using var opened = await phone.PostAsJsonAsync("/api/family/confirm", new { ticket, code = LastCode() });
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK), await opened.Content.ReadAsStringAsync());
        return phone;
    }

    protected async Task<string> EnterAsync(Youth youth)
    {
        var claimed = await HandleAsync<ClaimChild.Handler, Result<ClaimChild.Entrance>>(
            handler => handler.HandleAsync(new ClaimChild.Request(youth.ClaimCode, DateOnly.Parse(youth.BirthDate, null)), CancellationToken.None));
        return claimed.Value.Ticket!;
    }

    protected async Task<string> SendAsync(int guardian = 1, Youth? youth = null)
    {
        var ticket = await EnterAsync(youth ?? Youth);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, guardian), CancellationToken.None));
        return sent.Value.Ticket;
    }

    protected Task<Result<ConfirmCode.Opened>> ConfirmAsync(string ticket, string code) => HandleAsync<ConfirmCode.Handler, Result<ConfirmCode.Opened>>(
        handler => handler.HandleAsync(new ConfirmCode.Request(ticket, code), CancellationToken.None));

    protected async Task<string> SendLinkAsync()
    {
        using var answer = await workshop.Staff.PostAsJsonAsync($"/api/participants/{Youth.Participant}/family-link", new { guardian = 2 });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return LinkToken().Match(LastSms().Text).Groups[1].Value;
    }

    protected Task<Result<OpenPersonalLink.Response>> OpenLinkAsync(string link) =>
        HandleAsync<OpenPersonalLink.Handler, Result<OpenPersonalLink.Response>>(handler => handler.HandleAsync(link, CancellationToken.None));

    protected Task<TResult> HandleAsync<THandler, TResult>(Func<THandler, Task<TResult>> work)
        where THandler : notnull => App.InsideAsync(services => work(services.GetRequiredService<THandler>()));

    protected (string To, string Text) LastSms()
    {
        var body = JsonDocument.Parse(gateway.Requests.Last().Body).RootElement;
        return (body.GetProperty("to").GetString()!, body.GetProperty("text").GetString()!);
    }

    protected string LastCode() => SixDigits().Match(LastSms().Text).Value;

    protected static string Other(string code) => code == "123456" ? "654321" : "123456";

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"/family/l/([\w-]+)")]
    private static partial Regex LinkToken();
}
