using System.Net;
using System.Net.Http.Json;
using Training.App.Modules.Families;
using Training.App.Tests.Modules.Attendance;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Tests.Modules.Families;

/// <summary>The way in: printed code or link, then a code to the phone; and what a recovery in person ends.</summary>
[TestFixture]
internal sealed class FamilyDoorTests : FamilyDoor
{
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
        using var answer = await Workshop.Staff.PostAsJsonAsync(
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
}
