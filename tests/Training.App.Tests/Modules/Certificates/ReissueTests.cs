using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform.Files;
using Training.App.Tests.Modules.Attendance;
using UglyToad.PdfPig;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>A name that was written wrongly, on paper that is already in a family's hands.</summary>
[TestFixture]
internal sealed class ReissueTests
{
    private Workshop workshop = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 2);
        await workshop.CompleteAsync();
    }

    [OneTimeTearDown]
    public Task Stop() => workshop.DisposeAsync().AsTask();

    [Test]
    public async Task A_corrected_name_comes_on_a_new_revision_under_the_same_number_and_public_link()
    {
        var youth = workshop.Youths[0];
        var before = await workshop.IssuedAsync(youth);
        var former = await PdfAsync(before);

        await CorrectAsync(youth, new { givenName = "Ayoub", familyName = "Corrigé", givenNameAr = "أيوب", familyNameAr = "المصحح", reason = "Misread on the paper" });
        Assert.That((await workshop.IssuedAsync(youth)).Text("name"), Is.EqualTo(before.Text("name")), "a certificate keeps its name until a person issues it anew");
        using var asked = await workshop.Staff.PostAsJsonAsync($"/api/certificates/{before.Number()}/reissue", new { reason = "Name corrected" });
        Assert.That((int)asked.StatusCode, Is.EqualTo(200), await asked.Content.ReadAsStringAsync());

        var after = await workshop.IssuedAsync(youth);
        Assert.That((after.Number(), after.Text("verificationAddress"), after.GetProperty("revision").GetInt32()),
            Is.EqualTo((before.Number(), before.Text("verificationAddress"), 2)));
        Assert.That(after.Text("signedAddress"), Is.Not.EqualTo(before.Text("signedAddress")));
        using (var document = PdfDocument.Open(await PdfAsync(after))) Assert.That(document.GetPage(1).Text, Does.Contain("Corrigé"));

        var verified = await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/verify/{after.Text("verificationAddress")!.Split('/')[^1]}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(former));
        Assert.That((verified.Text("status"), verified.Text("initials"), verified.GetProperty("earlierSha256")[0].GetString()), Is.EqualTo(("valid", "A. C.", hash)));
        workshop.App.Time.Advance(TimeSpan.FromMinutes(1));
        var changes = await workshop.Staff.GetFromJsonAsync<JsonElement>(PublishChanges.Address);
        Assert.That(changes.GetProperty("revised").EnumerateArray().Select(row => (row.Number(), row.GetProperty("current").GetInt32())), Does.Contain((before.Number(), 2)));
        Assert.That(workshop.App.Services.GetRequiredService<IFileStore>().Has(hash), Is.False, "the document with the wrong name is not kept");
    }

    [Test]
    public async Task Nothing_is_issued_anew_while_the_file_says_what_the_certificate_says()
    {
        var number = (await workshop.IssuedAsync(workshop.Youths[1])).Number();
        using var asked = await workshop.Staff.PostAsJsonAsync($"/api/certificates/{number}/reissue", new { reason = "Just so" });
        using var without = await workshop.Staff.PostAsJsonAsync($"/api/certificates/{number}/reissue", new { });
        Assert.That(((int)asked.StatusCode, await asked.CodeAsync(), (int)without.StatusCode), Is.EqualTo((409, "nothingCorrected", 400)));
    }

    [Test]
    public async Task A_correction_keeps_to_the_rules_of_names_and_needs_a_reason()
    {
        var address = $"/api/participants/{workshop.Youths[1].Participant}/name";
        using var spoof = await workshop.Staff.PostAsJsonAsync(address, new { givenName = "Sami \u202Eimas", familyName = "AB123456", reason = "x" });
        using var without = await workshop.Staff.PostAsJsonAsync(address, new { givenName = "Sami", familyName = "Alaoui" });
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var foreign = await stranger.PostAsJsonAsync(address, new { givenName = "Sami", familyName = "Alaoui", reason = "x" });

        Assert.That(new[] { spoof, without, foreign }.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 400, 400, 404 }));
        var errors = (await Workshop.ReadAsync(spoof)).GetProperty("errors");
        Assert.That(errors.TryGetProperty("familyName", out _), "an identity number is no name");
        Assert.That((await Workshop.ReadAsync(without)).GetProperty("errors").TryGetProperty("reason", out _));
    }

    private async Task CorrectAsync(Youth youth, object body)
    {
        using var answer = await workshop.Staff.PostAsJsonAsync($"/api/participants/{youth.Participant}/name", body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
    }

    private Task<byte[]> PdfAsync(JsonElement certificate) => workshop.Staff.GetByteArrayAsync($"/api/certificates/{certificate.Number()}/pdf");
}
