using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>Two people take a certificate back, or one keeps it.</summary>
[TestFixture]
internal sealed class RevocationTests
{
    private Workshop workshop = null!;
    private HttpClient region = null!;
    private HttpClient site = null!;
    private string lastSession = "";

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 5);
        (region, site) = (await workshop.App.RegionAsync("02"), await workshop.App.SiteAsync("RSB"));
        foreach (var date in (string[])["2026-11-18", "2026-11-19"])
        {
            lastSession = await workshop.HoldAsync(360, date, Workshop.Mandatory);
            await workshop.AllPresentAsync(lastSession);
            await workshop.CloseAsync(lastSession);
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        region.Dispose();
        site.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task One_person_only_asks_and_a_second_who_says_the_same_revokes()
    {
        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);
        var number = certificate.Number();

        Assert.That(await RevokeAsync(site, number, "misuse"), Is.EqualTo(403), "a club decides nothing");
        Assert.That(await RevokeAsync(workshop.Staff, number, "misuse"), Is.EqualTo(202));
        Assert.That(await RevokeAsync(workshop.Staff, number, "misuse"), Is.EqualTo(202), "saying it twice is still one person");
        Assert.That(await StandingAsync(certificate), Is.EqualTo("valid"));
        Assert.That(await RevokeAsync(region, number, "wrongPerson"), Is.EqualTo(409), "another reason is another question");
        Assert.That(await RevokeAsync(region, number, "misuse"), Is.EqualTo(200));

        var verified = await VerifyAsync(certificate);
        Assert.That(
            (verified.Text("status"), verified.Text("revocationClass"), verified.Text("revokedOn")), Is.EqualTo(("revoked", "withdrawn", "2026-11-23")),
            "the public learns when and in general terms why");
        Assert.That((await OpenAsync()).Select(item => item.Number()), Does.Not.Contain(number));
    }

    [Test]
    public async Task One_person_is_enough_to_keep_it_and_it_can_be_asked_again()
    {
        var certificate = await workshop.IssuedAsync(workshop.Youths[1]);
        var address = $"/api/certificates/{certificate.Number()}";

        await RevokeAsync(workshop.Staff, certificate.Number(), "issuedInError");
        using var kept = await region.PostAsJsonAsync($"{address}/keep", new { });
        using var again = await region.PostAsJsonAsync($"{address}/keep", new { });

        Assert.That(((int)kept.StatusCode, (int)again.StatusCode), Is.EqualTo((200, 409)));
        Assert.That(await StandingAsync(certificate), Is.EqualTo("valid"));
        Assert.That(await RevokeAsync(region, certificate.Number(), "issuedInError"), Is.EqualTo(202));
    }

    [Test]
    public async Task What_corrected_attendance_no_longer_carries_is_brought_before_two_people_and_nothing_is_taken_back_by_itself()
    {
        var certificate = await workshop.IssuedAsync(workshop.Youths[2]);
        await CorrectAsync(workshop.Youths[2], "absent");
        await Poll.UntilAsync(async () => (await OpenAsync()).Exists(IsIt), async () => $"the cases are {string.Join(", ", await OpenAsync())}");

        var item = (await OpenAsync()).Single(IsIt);
        Assert.That((item.Text("reason"), item.GetProperty("raisedBySystem").GetBoolean(), item.GetProperty("agreed").GetBoolean()), Is.EqualTo(("attendanceCorrected", true, false)));
        Assert.That(item.GetProperty("missing")[0].GetString(), Does.Contain("6"), "it says what is missing");
        Assert.That(await StandingAsync(certificate), Is.EqualTo("valid"));
        Assert.That(await RevokeAsync(region, certificate.Number(), "attendanceCorrected"), Is.EqualTo(202), "also here two must agree");
        Assert.That(await RevokeAsync(workshop.Staff, certificate.Number(), "attendanceCorrected"), Is.EqualTo(200));
        Assert.That((await VerifyAsync(certificate)).Text("revocationClass"), Is.EqualTo("notEarned"));

        bool IsIt(JsonElement open) => open.Number() == certificate.Number();
    }

    [Test]
    public async Task A_case_that_nobody_took_up_closes_when_the_attendance_carries_the_certificate_again()
    {
        var number = (await workshop.IssuedAsync(workshop.Youths[3])).Number();
        await CorrectAsync(workshop.Youths[3], "absent");
        await Poll.UntilAsync(async () => (await OpenAsync()).Exists(open => open.Number() == number), () => Task.FromResult("no case was raised"));

        await CorrectAsync(workshop.Youths[3], "late");

        await Poll.UntilAsync(async () => !(await OpenAsync()).Exists(open => open.Number() == number), () => Task.FromResult("the case stays open"));
    }

    /// <summary>Opens the last session again, changes a mark and closes it.</summary>
    private async Task CorrectAsync(Youth youth, string status)
    {
        using var opened = await workshop.Staff.PostAsJsonAsync($"/api/sessions/{lastSession}/reopen", new { reason = "The paper says otherwise" });
        Assert.That((int)opened.StatusCode, Is.EqualTo(200), await opened.Content.ReadAsStringAsync());
        var version = (await workshop.RosterAsync(lastSession)).GetProperty("version").GetInt32();
        var answer = await workshop.MarkAsync(lastSession, Workshop.Mark(youth, status, version));
        Assert.That(answer.GetProperty("accepted").GetArrayLength(), Is.EqualTo(1), answer.ToString());
        await workshop.CloseAsync(lastSession);
    }

    private static async Task<int> RevokeAsync(HttpClient caller, string number, string reason)
    {
        using var answer = await caller.PostAsJsonAsync($"/api/certificates/{number}/revoke", new { reason });
        return (int)answer.StatusCode;
    }

    private async Task<List<JsonElement>> OpenAsync() =>
        [.. (await region.GetFromJsonAsync<JsonElement>("/api/certificates/revocations")).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> VerifyAsync(JsonElement certificate) =>
        await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/verify/{certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1]}");

    private async Task<string?> StandingAsync(JsonElement certificate) => (await VerifyAsync(certificate)).Text("status");
}
