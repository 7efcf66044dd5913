using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Attendance;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>What anybody learns of a certificate, and how it is taken back.</summary>
internal sealed class VerifyCertificateTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 2);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task Anybody_verifies_a_certificate_and_learns_no_name()
    {
        await workshop.CompleteAsync();
        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);
        var code = certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
        using var anybody = workshop.App.Anonymous();

        using var answer = await anybody.GetAsync($"/api/verify/{code.ToLowerInvariant().Insert(8, "-")}");

        var text = await answer.Content.ReadAsStringAsync();
        var body = JsonDocument.Parse(text).RootElement;
        Assert.That(body.EnumerateObject().Select(field => field.Name),
            Is.EqualTo(new[] { "status", "kind", "programme", "initials", "birthYear", "issuedOn", "issuer",
                "number", "revision", "revokedOn", "revocationClass", "replacedBy", "documentSha256", "earlierSha256", "keyWithdrawnFrom" }));
        Assert.That((body.GetProperty("status").GetString(), body.GetProperty("kind").GetString()), Is.EqualTo(("valid", "completion")));
        Assert.That(body.GetProperty("initials").GetString(), Is.EqualTo("A. B."));
        Assert.That(text, Does.Not.Contain("Adam").And.Not.Contain("Bennani"));
    }

    [TestCase("0000000000000000000000000A")]
    [TestCase("nonsense")]
    [TestCase("%F0%9F%98%80")]
    [TestCase("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public async Task Unknown_and_malformed_codes_answer_alike(string code)
    {
        using var anybody = workshop.App.Anonymous();

        using var answer = await anybody.GetAsync($"/api/verify/{code}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("certificateUnknown"));
    }

    [Test]
    public async Task A_revoked_certificate_says_so_and_gives_no_document()
    {
        await workshop.CompleteAsync();
        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);
        var address = $"/api/certificates/{certificate.Number()}";
        using var region = await workshop.App.RegionAsync("12");

        using var second = await workshop.App.RegionAsync("02");
        using var foreign = await region.PostAsJsonAsync($"{address}/revoke", new { reason = "misuse" });
        using var without = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { });
        using var asked = await second.PostAsJsonAsync($"{address}/revoke", new { reason = "issuedInError" });
        using var revoked = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "issuedInError" });
        using var again = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "issuedInError" });
        using var other = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "misuse" });
        using var document = await workshop.Staff.GetAsync($"{address}/pdf");

        Assert.That(
            new[] { foreign, without, asked, revoked, again, other, document }.Select(answer => (int)answer.StatusCode),
            Is.EqualTo(new[] { 404, 400, 202, 200, 200, 409, 409 }));
        var code = certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
        var verified = await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/verify/{code}"));
        Assert.That(verified.GetProperty("status").GetString(), Is.EqualTo("revoked"));
    }

    [Test]
    public async Task Too_many_verifications_from_one_address_must_wait()
    {
        using var anybody = workshop.App.Anonymous();
        HttpResponseMessage last = null!;
        for (var i = 0; i < 121; i++)
        {
            last?.Dispose();
            last = await anybody.GetAsync("/api/verify/nonsense");
        }

        Assert.That(last.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(last.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await last.CodeAsync(), Is.EqualTo("tooManyRequests"));
        last.Dispose();
    }
}
