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

        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);

        Assert.That(certificate.GetProperty("kind").GetString(), Is.EqualTo("completion"));
        Assert.That(certificate.GetProperty("number").GetString(), Does.Match(@"^2026-\d{7}$"));
        var pdf = await workshop.Staff.GetByteArrayAsync($"/api/certificates/{certificate.Number()}/pdf");
        using var document = PdfDocument.Open(pdf);
        Assert.That(document.NumberOfPages, Is.EqualTo(1));
        Assert.That(pdf, Has.Length.LessThan(50_000));
    }

    [Test]
    public async Task With_a_seal_configured_the_document_comes_sealed_and_the_staff_can_see_by_whom()
    {
        using var key = SealKeys.Make(from: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), until: new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = new TrainingApplication(
            TrainingApplication.OnSqlite, ("Certificates:SealFile", SealKeys.File(key.Export(X509ContentType.Pfx, "x"))), ("Certificates:SealPassword", "x"));
        await using var sealing = await Workshop.OpenAsync(children: 2, app);
        await sealing.CompleteAsync();
        var pdf = await sealing.Staff.GetByteArrayAsync($"/api/certificates/{(await sealing.IssuedAsync(sealing.Youths[0])).Number()}/pdf");
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
        var address = $"/api/certificates/{(await workshop.IssuedAsync(workshop.Youths[0])).Number()}/pdf";

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
        await workshop.IssuedAsync(workshop.Youths[0]);

        var added = await workshop.App.InsideAsync(services => services.GetRequiredService<CertificateIssuer>()
            .AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None));
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => workshop.App.InsideAsync(services =>
            services.GetRequiredService<CertificateIssuer>().AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None))));

        Assert.That(added + together.Sum(), Is.Zero);
        Assert.That((await workshop.CertificatesAsync(workshop.Youths[0])).GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Four_that_judge_at_once_add_each_certificate_once()
    {
        await using var quiet = await Workshop.OpenAsync(children: 2, new TrainingApplication(TrainingApplication.OnSqlite, ("App:Roles", "Web")));
        await quiet.CompleteAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateIssuer>().AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None))));

        Assert.That(added.Sum(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_sweep_finds_what_the_bus_never_brought()
    {
        await using var quiet = await Workshop.OpenAsync(children: 2, new TrainingApplication(TrainingApplication.OnSqlite, ("App:Roles", "Web")));
        await quiet.CompleteAsync();

        var (next, added) = await quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));
        var asked = await quiet.App.InsideAsync(services =>
            services.GetRequiredService<CertificateSweep>().AskForDocumentsAsync(TimeSpan.Zero, CancellationToken.None));

        Assert.That((next is not null, added, asked), Is.EqualTo((true, 2, 2)));
        Assert.That((await quiet.CertificatesAsync(quiet.Youths[0]))[0].GetProperty("status").GetString(), Is.EqualTo("earned"));
    }

    [Test]
    public async Task Until_the_document_is_made_it_says_so()
    {
        await using var quiet = await Workshop.OpenAsync(children: 1, new TrainingApplication(TrainingApplication.OnSqlite, ("App:Roles", "Web")));
        await quiet.CompleteAsync();
        await quiet.App.InsideAsync(services => services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));
        var number = (await quiet.CertificatesAsync(quiet.Youths[0]))[0].GetProperty("number").GetString();

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
    public async Task Staff_and_family_read_the_same_sentences_with_the_rule_and_the_last_day()
    {
        var session = await workshop.HoldAsync(360, "2026-11-19", "ai-basics");
        await workshop.AllPresentAsync(session);
        await workshop.CloseAsync(session);
        var youth = workshop.Youths[0];
        using var family = workshop.App.CreateClient();
        (await family.PostAsJsonAsync("/api/family/claim", new { claimCode = youth.ClaimCode, birthDate = youth.BirthDate })).Dispose();

        var told = await family.GetStringAsync($"/api/family/enrollments/{youth.Enrollment}/completion?lang=fr-MA");
        var staff = await workshop.Staff.GetStringAsync($"/api/enrollments/{youth.Enrollment}/completion?lang=fr-MA");
        using var foreign = await family.GetAsync($"/api/family/enrollments/{workshop.Youths[1].Enrollment}/completion");

        Assert.That((told, foreign.StatusCode), Is.EqualTo((staff, HttpStatusCode.NotFound)));
        var answer = JsonDocument.Parse(told).RootElement;
        Assert.That(answer.GetProperty("rule").GetString(), Is.EqualTo("La réussite demande 11,3 heures sur 15 et chaque module obligatoire."));
        Assert.That((answer.GetProperty("by").GetString(), answer.GetProperty("byText").GetString()), Is.EqualTo(("2027-06-30", "Cela reste possible jusqu’au 30/06/2027.")));
        Assert.That(answer.GetProperty("missing")[1].GetProperty("message").GetString(), Does.Contain("Sécurité en ligne et vie privée"), "modules by their names");
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
        await workshop.IssuedAsync(workshop.Youths[0]);

        var state = await CompletionAsync(without);

        Assert.That(Codes(state), Is.EqualTo(new[] { "consentMissing" }));
        Assert.That((await workshop.CertificatesAsync(without)).GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task When_the_edition_has_ended_whoever_took_part_gets_a_certificate_of_participation()
    {
        var session = await workshop.HoldAsync(90, "2026-11-19", "ai-basics");
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0]), Workshop.Mark(workshop.Youths[1], "absent"));
        await workshop.CloseAsync(session);
        workshop.App.Time.SetUtcNow(new DateTimeOffset(2027, 7, 1, 9, 0, 0, TimeSpan.Zero));

        await workshop.App.InsideAsync(services => services.GetRequiredService<CertificateSweep>().AssessNextAsync(0, CancellationToken.None));

        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);
        Assert.That(certificate.GetProperty("kind").GetString(), Is.EqualTo("participation"));
        Assert.That((await workshop.CertificatesAsync(workshop.Youths[1])).GetArrayLength(), Is.Zero);
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

        await workshop.IssuedAsync(workshop.Youths[0]);
        await workshop.IssuedAsync(workshop.Youths[1]);

        Assert.That((await workshop.CertificatesAsync(strange))[0].GetProperty("status").GetString(), Is.EqualTo("earned"));
    }

    [Test]
    public async Task Another_site_sees_neither_certificate_nor_completion()
    {
        await workshop.CompleteAsync();
        var number = (await workshop.IssuedAsync(workshop.Youths[0])).Number();
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
        var number = (await workshop.IssuedAsync(workshop.Youths[0])).Number();
        (await workshop.Staff.GetAsync($"/api/certificates/{number}/pdf")).Dispose();

        var doors = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>()
            .Set<FileReading>().Where(row => row.Reader == "bootstrap").Select(row => row.Door).Distinct().ToListAsync());

        Assert.That(doors, Is.SupersetOf(new[] { "certificates", "certificate-pdf" }));
    }

    private static string[] Codes(JsonElement completion) =>
        [.. completion.GetProperty("missing").EnumerateArray().Select(gap => gap.GetProperty("code").GetString()!)];

    private async Task<JsonElement> CompletionAsync(Youth youth) =>
        await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/enrollments/{youth.Enrollment}/completion"));
}
