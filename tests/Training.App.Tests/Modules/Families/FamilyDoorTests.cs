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
using Training.Domain.Families;

namespace Training.App.Tests.Modules.Families;

/// <summary>The way in where an SMS gateway is configured: printed code or link, then a code to the phone.</summary>
[TestFixture]
internal sealed partial class FamilyDoorTests
{
    private HttpReceiver gateway = null!;
    private Workshop workshop = null!;

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

    private Youth Youth => workshop.Youths[0];

    private TrainingApplication App => workshop.App;

    [Test]
    public async Task The_printed_code_leads_to_a_code_on_a_guardian_s_phone_which_opens()
    {
        using var phone = Phone();
        using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = Youth.ClaimCode, birthDate = Youth.BirthDate });
        var answer = await Workshop.ReadAsync(claimed);
        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(answer.GetProperty("phones").EnumerateArray().Select(one => one.GetProperty("phone").GetString()), Is.EqualTo(new[] { "•• 01", "•• 02" }));
        using var early = await phone.GetAsync("/api/family/children");
        Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "the paper alone opens nothing here");

        using var sent = await phone.PostAsJsonAsync("/api/family/code", new { ticket = answer.GetProperty("ticket").GetString(), guardian = 2 });
        var ticket = (await Workshop.ReadAsync(sent)).GetProperty("ticket").GetString();
        Assert.That(LastSms().To, Is.EqualTo("+212611000002"));
        Assert.That(LastSms().Text, Does.Not.Contain("Bilal"), "the number on file may be a stranger's");
        using var opened = await phone.PostAsJsonAsync("/api/family/confirm", new { ticket, code = LastCode() });
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK), await opened.Content.ReadAsStringAsync());
        Assert.That((await Workshop.ReadAsync(await phone.GetAsync("/api/family/children"))).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Guessing_gets_25_tries_an_hour_and_50_a_day_at_the_code_and_20_an_hour_at_the_paper()
    {
        var (hour, day) = (await GuessAsync(TimeSpan.FromHours(1)), await GuessAsync(TimeSpan.FromHours(22)));
        Assert.That((hour, hour + day), Is.EqualTo((OneTimeCode.PerHour * OneTimeCode.TriesMax, OneTimeCode.PerDay * OneTimeCode.TriesMax)));

        var looked = 0;
        for (var minute = 0; minute < 60; minute++, App.Time.Advance(TimeSpan.FromMinutes(1)))
        {
            for (var i = 0; i < 6; i++)
            {
                var claimed = await HandleAsync<ClaimChild.Handler, Result<ClaimChild.Entrance>>(
                    handler => handler.HandleAsync(new ClaimChild.Request(Youth.ClaimCode, new DateOnly(2012, 2, 3).AddDays(i)), CancellationToken.None));
                if (claimed.Error?.Kind == ErrorKind.NotFound) looked++;
            }
        }
        TestContext.Out.WriteLine($"One-time code: {hour} guesses an hour of 1,000,000, {hour + day} a day; birth date of a known paper: {looked} an hour.");
        Assert.That(looked, Is.EqualTo(20));
    }

    [Test]
    public async Task A_code_opens_once_within_ten_minutes_and_not_after_five_wrong_tries()
    {
        var used = await SendAsync();
        Assert.That((await ConfirmAsync(used, LastCode())).Succeeded, Is.True);
        Assert.That((await ConfirmAsync(used, LastCode())).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "used");

        var late = await SendAsync();
        var code = LastCode();
        App.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.That((await ConfirmAsync(late, code)).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "late");

        var tried = await SendAsync();
        code = LastCode();
        for (var i = 0; i < OneTimeCode.TriesMax; i++) Assert.That((await ConfirmAsync(tried, Other(code))).Succeeded, Is.False);
        Assert.That((await ConfirmAsync(tried, code)).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "tried too often");
    }

    [Test]
    public async Task Several_children_of_one_phone_share_its_codes()
    {
        await workshop.RegisterAsync(2, TwoParents);
        for (var i = 0; i < OneTimeCode.PerHour; i++) await SendAsync();
        var other = await EnterAsync(workshop.Youths[1]);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(other, 1), CancellationToken.None));
        Assert.That(sent.Error!.Code, Is.EqualTo("tooManyCodes"));
    }

    [Test]
    public async Task A_gateway_that_fails_is_no_way_around_the_code()
    {
        gateway.Status = 503;
        var ticket = await EnterAsync(Youth);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, 1), CancellationToken.None));
        Assert.That((sent.Error!.Kind, sent.Error.Code), Is.EqualTo((ErrorKind.Busy, "codeNotSent")));
    }

    [Test]
    public async Task A_link_opens_once_with_a_code_to_the_same_phone_and_not_after_a_week()
    {
        var link = await SendLinkAsync();
        using var phone = Phone();
        using var seen = await phone.GetAsync($"/family/l/{link}");
        Assert.That(seen.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var opened = await OpenLinkAsync(link);
        Assert.That(opened.Value.Phones.Select(one => one.Guardian), Is.EqualTo(new[] { 2 }));
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(opened.Value.Ticket, null), CancellationToken.None));
        Assert.That((await ConfirmAsync(sent.Value.Ticket, LastCode())).Succeeded, Is.True);
        Assert.That((await OpenLinkAsync(link)).Error!.Code, Is.EqualTo("linkOver"), "used");

        var late = await SendLinkAsync();
        App.Time.Advance(PersonalLink.LifeTime + TimeSpan.FromSeconds(1));
        Assert.That((await OpenLinkAsync(late)).Error!.Code, Is.EqualTo("linkOver"), "late");
        Assert.That((await OpenLinkAsync("AAAAAAAAAAAAAAAAAAAAAA")).Error!.Code, Is.EqualTo("linkOver"), "unknown");
        Assert.That((await OpenLinkAsync("nonsense")).Error!.Code, Is.EqualTo("linkOver"), "malformed");
    }

    [Test]
    public async Task A_recovery_in_person_ends_what_opened_before_and_is_read_by_the_family()
    {
        using var phone = await OpenSessionAsync(1);
        var link = await SendLinkAsync();
        using var answer = await workshop.Staff.PostAsJsonAsync(
            $"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Knows the child, lost the phone", guardian = 1, phone = "06 11 00 00 09" });
        var code = (await Workshop.ReadAsync(answer)).GetProperty("claimCode").GetString()!;

        using var ended = await phone.GetAsync("/api/family/children");
        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await OpenLinkAsync(link)).Succeeded, Is.False);
        var old = await HandleAsync<ClaimChild.Handler, Result<ClaimChild.Entrance>>(
            handler => handler.HandleAsync(new ClaimChild.Request(Youth.ClaimCode, DateOnly.Parse(Youth.BirthDate, null)), CancellationToken.None));
        Assert.That(old.Error!.Code, Is.EqualTo("claimNotFound"));

        using var again = await OpenSessionAsync(1, Youth with { ClaimCode = code });
        Assert.That(LastSms().To, Is.EqualTo("+212611000009"));
        var readings = (await Workshop.ReadAsync(await again.GetAsync($"/api/family/children/{Youth.Participant}/readings"))).GetProperty("items").EnumerateArray();
        Assert.That(readings.Single(item => item.GetProperty("door").GetString() == "family-recovery").GetProperty("reason").GetString(), Is.EqualTo("Knows the child, lost the phone"));
    }

    [Test]
    public async Task Of_two_guardians_who_disagree_the_more_protective_one_holds_until_both_say_the_same()
    {
        using var father = await OpenSessionAsync(2);
        Assert.That(await StandsAsync(father, given: false), Is.False);
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
        var access = await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/participants/{Youth.Participant}/family-access"));
        var said = access.GetProperty("disagreements")[0];
        Assert.That((said.GetProperty("for").GetArrayLength(), said.GetProperty("against").GetArrayLength()), Is.EqualTo((1, 1)));

        using var mother = await OpenSessionAsync(1);
        Assert.That(await StandsAsync(mother, given: true), Is.False, "the father is still against it");
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
        Assert.That(await StandsAsync(father, given: true), Is.True);
        Assert.That(await StatusAsync(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_guardian_who_only_looks_may_withdraw_and_not_give()
    {
        using var set = await workshop.Staff.PostAsJsonAsync($"/api/participants/{Youth.Participant}/guardian-rights", new { guardian = 1, viewOnly = true });
        using var mother = await OpenSessionAsync(1);
        Assert.That(await StandsAsync(mother, given: false), Is.False);
        using var refused = await AnswerAsync(mother, given: true);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
    }

    [Test]
    public async Task Where_no_guardian_has_a_mobile_phone_the_paper_opens_but_gives_nothing()
    {
        var youth = await workshop.RegisterAsync(3, body => (body["guardians"]![0]!["phone"], body["guardians"]![0]!["noPhone"]) = (null, true));
        using var phone = Phone();
        using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = youth.ClaimCode, birthDate = youth.BirthDate });
        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var given = await phone.PostAsJsonAsync($"/api/family/children/{youth.Participant}/consents", new { purpose = "photos", given = true });
        Assert.That(((int)given.StatusCode, (await Workshop.ReadAsync(given)).GetProperty("code").GetString()), Is.EqualTo((422, "consentNeedsCode")));
        using var foreign = await phone.PostAsJsonAsync($"/api/family/children/{Youth.Participant}/consents", new { purpose = "participation", given = false });
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var withdrawn = await phone.PostAsJsonAsync($"/api/family/children/{youth.Participant}/consents", new { purpose = "participation", given = false });
        Assert.That(withdrawn.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the more protective word needs less proof");
    }

    private static void TwoParents(JsonObject body)
    {
        var guardians = body["guardians"]!.AsArray();
        guardians[0]!["phone"] = "0611000001";
        guardians.Add(new JsonObject { ["name"] = "Karim El Alaoui", ["relationship"] = "father", ["phone"] = "0611000002", ["noPhone"] = false, ["language"] = "fr" });
    }

    /// <summary>Asks for codes and guesses at them as often as it is let, for so long; how many guesses were looked at.</summary>
    private async Task<int> GuessAsync(TimeSpan time)
    {
        var (guesses, until) = (0, App.Time.GetUtcNow() + time);
        for (; App.Time.GetUtcNow() < until; App.Time.Advance(TimeSpan.FromMinutes(5)))
        {
            var ticket = await EnterAsync(Youth);
            foreach (var guardian in (int[])[1, 2])
            {
                var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, guardian), CancellationToken.None));
                if (!sent.Succeeded) continue;
                // Six: the last is not looked at any more.
                for (var i = 0; i < OneTimeCode.TriesMax + 1; i++)
                    if ((await ConfirmAsync(sent.Value.Ticket, Other(LastCode()))).Error!.Fields is not null || i == OneTimeCode.TriesMax - 1) guesses++;
            }
        }
        return guesses;
    }

    private HttpClient Phone()
    {
        var phone = App.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return phone;
    }

    private async Task<HttpClient> OpenSessionAsync(int guardian, Youth? youth = null)
    {
        var phone = Phone();
        var ticket = await SendAsync(guardian, youth);
        using var opened = await phone.PostAsJsonAsync("/api/family/confirm", new { ticket, code = LastCode() });
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK), await opened.Content.ReadAsStringAsync());
        return phone;
    }

    private Task<HttpResponseMessage> AnswerAsync(HttpClient phone, bool given) =>
        phone.PostAsJsonAsync($"/api/family/children/{Youth.Participant}/consents", new { purpose = "participation", given });

    private async Task<bool> StandsAsync(HttpClient phone, bool given)
    {
        using var answer = await AnswerAsync(phone, given);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return (await Workshop.ReadAsync(answer)).GetProperty("stands").GetBoolean();
    }

    private async Task<string?> StatusAsync() =>
        (await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/enrollments/{Youth.Enrollment}"))).GetProperty("status").GetString();

    private async Task<string> EnterAsync(Youth youth)
    {
        var claimed = await HandleAsync<ClaimChild.Handler, Result<ClaimChild.Entrance>>(
            handler => handler.HandleAsync(new ClaimChild.Request(youth.ClaimCode, DateOnly.Parse(youth.BirthDate, null)), CancellationToken.None));
        return claimed.Value.Ticket!;
    }

    private async Task<string> SendAsync(int guardian = 1, Youth? youth = null)
    {
        var ticket = await EnterAsync(youth ?? Youth);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, guardian), CancellationToken.None));
        return sent.Value.Ticket;
    }

    private Task<Result<ConfirmCode.Opened>> ConfirmAsync(string ticket, string code) => HandleAsync<ConfirmCode.Handler, Result<ConfirmCode.Opened>>(
        handler => handler.HandleAsync(new ConfirmCode.Request(ticket, code), CancellationToken.None));

    private async Task<string> SendLinkAsync()
    {
        using var answer = await workshop.Staff.PostAsJsonAsync($"/api/participants/{Youth.Participant}/family-link", new { guardian = 2 });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return LinkToken().Match(LastSms().Text).Groups[1].Value;
    }

    private Task<Result<OpenPersonalLink.Response>> OpenLinkAsync(string link) =>
        HandleAsync<OpenPersonalLink.Handler, Result<OpenPersonalLink.Response>>(handler => handler.HandleAsync(link, CancellationToken.None));

    private Task<TResult> HandleAsync<THandler, TResult>(Func<THandler, Task<TResult>> work)
        where THandler : notnull => App.InsideAsync(services => work(services.GetRequiredService<THandler>()));

    private (string To, string Text) LastSms()
    {
        var body = JsonDocument.Parse(gateway.Requests.Last().Body).RootElement;
        return (body.GetProperty("to").GetString()!, body.GetProperty("text").GetString()!);
    }

    private string LastCode() => SixDigits().Match(LastSms().Text).Value;

    private static string Other(string code) => code == "123456" ? "654321" : "123456";

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"/family/l/([\w-]+)")]
    private static partial Regex LinkToken();
}
