using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Certificates;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using UglyToad.PdfPig;

namespace Training.App.Tests.Modules.Certificates;

[TestFixture]
internal sealed class CertificateFlowTests
{
    private Workshop workshop = null!;

    [SetUp]
    public async Task Open() => workshop = await Workshop.OpenAsync(children: 2);

    [TearDown]
    public async Task Stop() => await workshop.DisposeAsync();

    [Test]
    public async Task Enough_closed_sessions_bring_the_certificate_by_themselves()
    {
        await workshop.CompleteAsync();

        var certificate = await IssuedAsync(workshop.Youths[0]);

        Assert.That(certificate.GetProperty("kind").GetString(), Is.EqualTo("completion"));
        Assert.That(certificate.GetProperty("number").GetString(), Does.Match(@"^2026-\d{7}$"));
        var pdf = await workshop.Staff.GetByteArrayAsync($"/api/certificates/{Number(certificate)}/pdf");
        using var document = PdfDocument.Open(pdf);
        Assert.That(document.NumberOfPages, Is.EqualTo(1));
        Assert.That(pdf, Has.Length.LessThan(50_000));
    }

    [Test]
    public async Task With_a_seal_configured_the_document_comes_sealed_and_the_staff_can_see_by_whom()
    {
        using var key = SealKeys.Make(from: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), until: new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = new TrainingApplication(
            ("Certificates:SealFile", SealKeys.File(key.Export(X509ContentType.Pfx, "x"))), ("Certificates:SealPassword", "x"));
        await using var sealing = await Workshop.OpenAsync(children: 2, app);
        await sealing.CompleteAsync();
        var pdf = await sealing.Staff.GetByteArrayAsync($"/api/certificates/{Number(await IssuedAsync(sealing.Youths[0], sealing))}/pdf");
        var with = await sealing.Staff.GetFromJsonAsync<JsonElement>("/api/certificates/seal");
        var without = await workshop.Staff.GetFromJsonAsync<JsonElement>("/api/certificates/seal");
        Assert.Multiple(() =>
        {
            Assert.That(OrganisationSealTests.Pdfsig(pdf), Does.Contain("Signature is Valid"));
            Assert.That(pdf, Has.Length.LessThan(55_000));
            Assert.That((with.GetProperty("status").GetString(), with.GetProperty("name").GetString()), Is.EqualTo(("ready", "Organisme de test")));
            Assert.That((without.GetProperty("status").GetString(), without.GetProperty("name").ValueKind), Is.EqualTo(("none", JsonValueKind.Null)));
        });
    }

    [Test]
    public async Task The_document_is_named_by_its_number_and_known_by_its_hash()
    {
        await workshop.CompleteAsync();
        var address = $"/api/certificates/{Number(await IssuedAsync(workshop.Youths[0]))}/pdf";

        using var first = await workshop.Staff.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await workshop.Staff.SendAsync(request);

        Assert.That(first.Content.Headers.ContentType, Is.EqualTo(new MediaTypeHeaderValue("application/pdf")));
        Assert.That(first.Content.Headers.ContentDisposition!.FileName, Does.Match(@"^""?2026-\d{7}\.pdf""?$"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(await first.Content.ReadAsByteArrayAsync()));
        Assert.That(first.Headers.ETag!.Tag, Is.EqualTo($"\"{hash}\""));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task Asking_again_in_any_order_brings_no_second_certificate()
    {
        await workshop.CompleteAsync();
        await IssuedAsync(workshop.Youths[0]);

        var added = await workshop.App.InsideAsync(services => services.GetRequiredService<CertificateIssuer>()
            .AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None));
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => workshop.App.InsideAsync(services =>
            services.GetRequiredService<CertificateIssuer>().AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None))));

        Assert.That(added + together.Sum(), Is.Zero);
        Assert.That((await ListAsync(workshop.Youths[0])).GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Four_that_judge_at_once_add_each_certificate_once()
    {
        await using var quiet = await Workshop.OpenAsync(children: 2, new TrainingApplication(("App:Roles", "Web")));
        await quiet.CompleteAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateIssuer>().AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None))));

        Assert.That(added.Sum(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_sweep_finds_what_the_bus_never_brought()
    {
        await using var quiet = await Workshop.OpenAsync(children: 2, new TrainingApplication(("App:Roles", "Web")));
        await quiet.CompleteAsync();

        var (next, added) = await quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));
        var asked = await quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateSweep>().AskForDocumentsAsync(TimeSpan.Zero, CancellationToken.None));

        Assert.That((next is not null, added, asked), Is.EqualTo((true, 2, 2)));
        Assert.That((await ListAsync(quiet, quiet.Youths[0]))[0].GetProperty("status").GetString(), Is.EqualTo("earned"));
    }

    [Test]
    public async Task Until_the_document_is_made_it_says_so()
    {
        await using var quiet = await Workshop.OpenAsync(children: 1, new TrainingApplication(("App:Roles", "Web")));
        await quiet.CompleteAsync();
        await quiet.App.InsideAsync(services => services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));
        var number = (await ListAsync(quiet, quiet.Youths[0]))[0].GetProperty("number").GetString();

        using var answer = await quiet.Staff.GetAsync($"/api/certificates/{number}/pdf");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("notYetIssued"));
    }

    [Test]
    public async Task Excused_does_not_count_and_the_missing_hours_and_modules_are_named()
    {
        var session = await workshop.HoldAsync(360, "2026-11-19", "ai-basics");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "excused"), Workshop.Mark(workshop.Youths[1], "late"));
        await workshop.CloseAsync(session);

        var excused = await CompletionAsync(workshop.Youths[0]);
        var late = await CompletionAsync(workshop.Youths[1]);

        Assert.That(excused.GetProperty("attendedMinutes").GetInt32(), Is.Zero);
        Assert.That(late.GetProperty("attendedMinutes").GetInt32(), Is.EqualTo(360));
        Assert.That(Codes(late), Is.EqualTo(new[] { "hoursMissing", "modulesMissing" }));
        Assert.That(late.GetProperty("missing")[1].GetProperty("facts").GetProperty("modules").GetString(), Is.EqualTo("ethics, safety"));
        Assert.That(late.GetProperty("missing")[0].GetProperty("message").GetString(), Does.Contain("6").And.Not.Contain("{"));
    }

    [Test]
    public async Task An_open_session_does_not_count_yet()
    {
        var session = await workshop.HoldAsync(360, "2026-11-19", Workshop.Mandatory);
        await workshop.AllPresentAsync(session);

        var state = await CompletionAsync(workshop.Youths[0]);

        Assert.That(Codes(state), Does.Contain("sessionsOpen"));
        Assert.That(state.GetProperty("met").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Without_consent_there_is_no_certificate()
    {
        var without = await workshop.RegisterAsync(5, body => body["consents"] = new JsonArray());
        await workshop.CompleteAsync();
        await IssuedAsync(workshop.Youths[0]);

        var state = await CompletionAsync(without);

        Assert.That(Codes(state), Is.EqualTo(new[] { "consentMissing" }));
        Assert.That((await ListAsync(without)).GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task When_the_edition_has_ended_whoever_took_part_gets_a_certificate_of_participation()
    {
        var session = await workshop.HoldAsync(90, "2026-11-19", "ai-basics");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]), Workshop.Mark(workshop.Youths[1], "absent"));
        await workshop.CloseAsync(session);
        workshop.App.Time.SetUtcNow(new DateTimeOffset(2027, 7, 1, 9, 0, 0, TimeSpan.Zero));

        await workshop.App.InsideAsync(services => services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));

        var certificate = await IssuedAsync(workshop.Youths[0]);
        Assert.That(certificate.GetProperty("kind").GetString(), Is.EqualTo("participation"));
        Assert.That((await ListAsync(workshop.Youths[1])).GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_name_that_cannot_be_printed_holds_up_nobody_else()
    {
        var strange = await workshop.RegisterAsync(7);
        Assert.That(ParticipantCode.TryParse(strange.Participant, out var code));
        var key = (int)code.ToKey();
        await workshop.App.InsideAsync(services => services.GetRequiredService<IWriteGate>().WriteAsync<int>(
            AccessScope.Whole,
            async (write, token) => await write.Db.Set<Participant>().Where(row => row.Id == key)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.GivenName, "Adam \u674E"), token),
            CancellationToken.None));
        await workshop.CompleteAsync();

        await IssuedAsync(workshop.Youths[0]);
        await IssuedAsync(workshop.Youths[1]);

        Assert.That((await ListAsync(strange))[0].GetProperty("status").GetString(), Is.EqualTo("earned"));
    }

    [Test]
    public async Task Another_site_sees_neither_certificate_nor_completion()
    {
        await workshop.CompleteAsync();
        var number = Number(await IssuedAsync(workshop.Youths[0]));
        using var stranger = await workshop.App.SiteAsync("WAC");

        foreach (var address in (string[])
        [
            $"/api/certificates/{number}", $"/api/certificates/{number}/pdf", $"/api/certificates?participant={workshop.Youths[0].Participant}",
            $"/api/enrollments/{workshop.Youths[0].Enrollment}/completion",
        ])
        {
            using var answer = await stranger.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
        }
    }

    [Test]
    public async Task Every_reading_of_a_child_s_certificates_is_written_down()
    {
        await workshop.CompleteAsync();
        var number = Number(await IssuedAsync(workshop.Youths[0]));
        (await workshop.Staff.GetAsync($"/api/certificates/{number}/pdf")).Dispose();

        var doors = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>()
            .Set<FileReading>().Where(row => row.Reader == "bootstrap").Select(row => row.Door).Distinct().ToListAsync());

        Assert.That(doors, Is.SupersetOf(new[] { "certificates", "certificate-pdf" }));
    }

    [Test]
    public async Task Anybody_verifies_a_certificate_and_learns_no_name()
    {
        await workshop.CompleteAsync();
        var certificate = await IssuedAsync(workshop.Youths[0]);
        var code = certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
        using var anybody = workshop.App.Anonymous();

        using var answer = await anybody.GetAsync($"/api/verify/{code.ToLowerInvariant().Insert(8, "-")}");

        var text = await answer.Content.ReadAsStringAsync();
        var body = JsonDocument.Parse(text).RootElement;
        Assert.That(body.EnumerateObject().Select(field => field.Name),
            Is.EqualTo(new[] { "status", "kind", "programme", "initials", "birthYear", "issuedOn", "issuer" }));
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
        var certificate = await IssuedAsync(workshop.Youths[0]);
        var address = $"/api/certificates/{Number(certificate)}";
        using var region = await workshop.App.RegionAsync("12");

        using var foreign = await region.PostAsJsonAsync($"{address}/revoke", new { reason = "misuse" });
        using var without = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { });
        using var revoked = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "issuedInError" });
        using var again = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "issuedInError" });
        using var other = await workshop.Staff.PostAsJsonAsync($"{address}/revoke", new { reason = "misuse" });
        using var document = await workshop.Staff.GetAsync($"{address}/pdf");

        Assert.That(
            new[] { foreign, without, revoked, again, other, document }.Select(answer => (int)answer.StatusCode),
            Is.EqualTo(new[] { 404, 400, 200, 200, 409, 409 }));
        var code = certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
        var verified = await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/verify/{code}"));
        Assert.That(verified.GetProperty("status").GetString(), Is.EqualTo("revoked"));
    }

    [Test]
    public async Task A_site_revokes_no_certificate_of_its_own_and_its_region_does()
    {
        await workshop.CompleteAsync();
        var address = $"/api/certificates/{Number(await IssuedAsync(workshop.Youths[0]))}/revoke";
        using var site = await workshop.App.SiteAsync("RSB");
        using var region = await workshop.App.RegionAsync("02");

        using var refused = await site.PostAsJsonAsync(address, new { reason = "misuse" });
        using var revoked = await region.PostAsJsonAsync(address, new { reason = "misuse" });

        Assert.That(new[] { refused, revoked }.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 403, 200 }));
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

    private static string Number(JsonElement certificate) => certificate.GetProperty("number").GetString()!;

    private static string[] Codes(JsonElement completion) =>
        [.. completion.GetProperty("missing").EnumerateArray().Select(gap => gap.GetProperty("code").GetString()!)];

    private Task<JsonElement> ListAsync(Youth youth) => ListAsync(workshop, youth);

    private static async Task<JsonElement> ListAsync(Workshop house, Youth youth) =>
        (await Workshop.ReadAsync(await house.Staff.GetAsync($"/api/certificates?participant={youth.Participant}"))).GetProperty("items");

    private async Task<JsonElement> CompletionAsync(Youth youth) =>
        await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/enrollments/{youth.Enrollment}/completion"));

    private async Task<JsonElement> IssuedAsync(Youth youth, Workshop? house = null)
    {
        JsonElement list = default;
        await Poll.UntilAsync(
            async () => (list = await ListAsync(house ?? workshop, youth)).EnumerateArray().Any(item => item.GetProperty("status").GetString() == "issued"),
            () => Task.FromResult($"the certificates are {list}"));
        return list[0];
    }
}
