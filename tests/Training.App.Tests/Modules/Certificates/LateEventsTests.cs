using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Attendance;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>What happens to certificates and attendance when papers come late or the child changes its club.</summary>
internal sealed class LateEventsTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 1);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task A_consent_that_comes_after_everything_was_attended_brings_the_certificate()
    {
        var late = await workshop.RegisterAsync(50, body => body["consents"] = new System.Text.Json.Nodes.JsonArray());
        await workshop.CompleteAsync();
        await workshop.IssuedAsync(workshop.Youths[0]);
        Assert.That((await workshop.CertificatesAsync(late)).GetArrayLength(), Is.Zero, "no certificate without consent");

        using var given = await workshop.Staff.PostAsJsonAsync($"/api/participants/{late.Participant}/consents", new { purpose = "participation", givenOn = "2026-11-22" });
        Assert.That((int)given.StatusCode, Is.EqualTo(200), await given.Content.ReadAsStringAsync());
        var certificate = await workshop.IssuedAsync(late);
        Assert.That(certificate.Text("kind"), Is.EqualTo("completion"));
    }

    [Test]
    public async Task A_transfer_leaves_certificate_and_attendance_where_they_were_and_attendance_goes_on_counting()
    {
        var youth = workshop.Youths[0];
        var first = await workshop.HoldAsync(360, "2026-11-18", Workshop.Mandatory);
        await workshop.AllPresentAsync(first);
        await workshop.CloseAsync(first);
        await TransferAsync(youth, "WAC");

        // The rest of the curriculum is attended at the other club.
        using var casablanca = await workshop.App.SiteAsync("WAC");
        var group = (await casablanca.ItemsAsync("/api/groups?site=WAC&edition=football-2026")).Single().Text("id");
        var opened = await casablanca.PostAsJsonAsync("/api/sessions", new { group, kind = "workshop", date = "2026-11-19", start = "10:00", minutes = 360, modules = Workshop.Mandatory });
        var second = (await opened.JsonAsync()).Text("session");
        using var marked = await casablanca.PutAsJsonAsync($"/api/sessions/{second}/attendance", new { marks = new[] { Workshop.Mark(youth) } });
        Assert.That((await marked.JsonAsync()).GetProperty("accepted").GetArrayLength(), Is.EqualTo(1));
        using var closed = await casablanca.PostAsJsonAsync($"/api/sessions/{second}/close", new { });
        Assert.That((int)closed.StatusCode, Is.EqualTo(200), await closed.Content.ReadAsStringAsync());
        var number = (await workshop.IssuedAsync(youth)).Number();

        // Back again: the certificate is the same one, and each club has the sheet it kept.
        using var rabat = await workshop.App.SiteAsync("RSB");
        await TransferAsync(youth, "RSB");
        Assert.That((await workshop.CertificatesAsync(youth)).EnumerateArray().Select(certificate => certificate.Number()), Is.EqualTo(new[] { number }));
        Assert.That((await MarksAsync(rabat, first), await MarksAsync(casablanca, second!)), Is.EqualTo((new[] { "present" }, new[] { "present" })));
        Assert.That((int)(await casablanca.GetAsync(new Uri($"/api/participants/{youth.Participant}", UriKind.Relative))).StatusCode, Is.EqualTo(404), "the file went along");
    }

    private async Task TransferAsync(Youth youth, string site)
    {
        using var opened = await workshop.Staff.PostAsJsonAsync("/api/groups", new { site, edition = "football-2026", name = $"Arrivals {Guid.NewGuid():N}", capacity = 10 });
        var group = (await opened.JsonAsync()).Text("group");
        using var asked = await workshop.Staff.PostAsJsonAsync($"/api/enrollments/{youth.Enrollment}/transfer", new { toSite = site, toGroup = group });
        using var accepted = await workshop.Staff.PostAsJsonAsync($"/api/transfers/{(await asked.JsonAsync()).Text("transfer")}/accept", new { });
        Assert.That((int)accepted.StatusCode, Is.EqualTo(200), await accepted.Content.ReadAsStringAsync());
    }

    private static async Task<string?[]> MarksAsync(HttpClient client, string session)
    {
        var roster = await client.GetFromJsonAsync<JsonElement>($"/api/sessions/{session}/roster");
        return [.. roster.GetProperty("items").EnumerateArray().Select(item => item.Text("status")).Where(status => status is not null)];
    }
}
