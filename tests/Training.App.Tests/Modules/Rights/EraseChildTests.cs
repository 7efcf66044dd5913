using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Rights;

/// <summary>One child with traces everywhere, and what is left of it once its family had it erased.</summary>
internal sealed class EraseChildTests
{
    private static readonly string[] Words = ["Zoubida", "Tifnouti", "زبيدة", "التيفنوتي", "Halima", "661928374", "J130012345"];

    private Workshop workshop = null!;
    private Youth child = null!;
    private string session = "";
    private string request = "";
    private string certificate = "";
    private string figures = "";
    private IReadOnlyList<string> before = [];
    private HttpResponseMessage erased = null!;

    [OneTimeSetUp]
    public async Task FillAndErase()
    {
        workshop = await Workshop.OpenAsync(children: 2, new TrainingApplication(TrainingApplication.OnSqlite));
        child = await workshop.RegisterAsync(7, body =>
        {
            var person = body["participant"]!;
            (person["givenName"], person["familyName"], person["givenNameAr"], person["familyNameAr"]) = ("Zoubida", "Tifnouti", "زبيدة", "التيفنوتي");
            (person["sex"], person["massarCode"]) = ("female", "J130012345");
            (body["guardians"]![0]!["name"], body["guardians"]![0]!["phone"]) = ("Halima Tifnouti", "0661928374");
        });
        await workshop.CompleteAsync();
        session = await workshop.HoldAsync();
        await TellAsync();
        await Poll.UntilAsync(async () => await CertificateAsync() is { Status: CertificateStatus.Issued }, () => Task.FromResult("no certificate is issued"));
        certificate = (await CertificateAsync())!.VerificationCode;
        (before, figures, request) = (await Traces.FindAsync(workshop.App, Words), await FiguresAsync(), await RequestAsync());
        using (var mistyped = await EraseAsync(workshop.Youths[0].Participant))
            Assert.That((await mistyped.JsonAsync()).GetProperty("errors").GetProperty("confirm")[0].Text("code"), Is.EqualTo("codeDiffers"));
        erased = await EraseAsync(child.Participant);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        erased.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public void The_child_was_everywhere_before()
    {
        Assert.That(before, Is.SupersetOf((string[])[
            "Participants.GivenName", "Participants.MassarCode", "Participants.Note", "Guardians.Name", "Guardians.Phone", "Certificates.FamilyNameAr", "Sessions.Note",
            "FileReadings.Reason", "EnrollmentChanges.Note", "RightsRequests.Words", "HeldMarks.Reason"]));
        Assert.That(before, Has.Some.StartsWith("files/"));
    }

    [Test]
    public async Task The_answer_says_what_went_and_what_stays()
    {
        Assert.That(erased.StatusCode, Is.EqualTo(HttpStatusCode.OK), await erased.Content.ReadAsStringAsync());
        var said = await erased.JsonAsync();

        Assert.That((said.GetProperty("lists").GetInt32(), said.GetProperty("documents").GetInt32(), said.GetProperty("certificates").GetInt32()), Is.EqualTo((3, 1, 1)));
    }

    [Test]
    public async Task No_table_and_no_file_names_the_child_any_more() => Assert.That(await Traces.FindAsync(workshop.App, Words), Is.Empty);

    [Test]
    public async Task The_database_s_pages_forget_too() => Assert.That(await Traces.AreInPagesAsync(workshop.App, Words), Is.False);

    [Test]
    public async Task Neither_code_name_nor_claim_code_leads_to_it()
    {
        using var file = await workshop.Staff.GetAsync($"/api/participants/{child.Participant}");
        using var claim = await ClaimAsync();

        Assert.That((file.StatusCode, claim.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That((await workshop.Staff.JsonAsync("/api/participants?q=Tifnouti")).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task The_register_keeps_that_it_was_asked_and_done()
    {
        var line = await workshop.Staff.JsonAsync($"/api/rights/requests/{request}");

        Assert.That((line.Text("status"), line.Text("participant"), line.Text("words")), Is.EqualTo(("done", child.Participant, (string?)null)));
    }

    [Test]
    public async Task What_was_counted_stays() => Assert.That(await FiguresAsync(), Is.EqualTo(figures));

    [Test]
    public async Task Who_holds_the_certificate_can_have_it_verified()
    {
        var shown = await workshop.Staff.JsonAsync($"/api/verify/{certificate}");

        Assert.That((shown.Text("status"), shown.Text("initials")), Is.EqualTo(("valid", "Z. T.")));
    }

    [Test]
    public async Task A_second_erasure_is_refused()
    {
        using var again = await EraseAsync(child.Participant);

        Assert.That(await again.CodeAsync(), Is.EqualTo("alreadyAnswered"));
    }

    [Test]
    public async Task Nobody_asks_for_a_child_of_another_region()
    {
        using var other = await workshop.App.RegionAsync("06");
        using var answer = await other.PostAsJsonAsync("/api/rights/requests", new { participant = workshop.Youths[0].Participant, kind = "erase" });

        Assert.That(await answer.CodeAsync(), Is.EqualTo("participantNotFound"));
    }

    /// <summary>Writes the child's name into every place where people write, and sends three lists that name it: registered, looked at, refused.</summary>
    private async Task TellAsync()
    {
        var staff = workshop.Staff;
        var row = "Zoubida;Tifnouti;" + DateTime.Parse(child.BirthDate, null).ToString("dd/MM/yyyy", null) + ";F;Halima Tifnouti;0661928374;01/10/2026\n";
        await staff.CommitAsync(await staff.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Row(40)}{row}"));
        await staff.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Row(41)}{row}");
        await staff.PreviewAsync($"Spalte;Andere\nnotes;06 61 92 83 74\n");
        await staff.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Row(42)}");
        await workshop.MarkAsync(session, Workshop.Mark(child));
        await workshop.App.SiteAsync("RSB").ContinueWith(site => site.Result.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks = new[] { Workshop.Mark(child, "absent") } })).Unwrap();
        await workshop.App.InsideAsync(async services => await services.GetRequiredService<IWriteGate>().WriteAsync<Done>(AccessScope.Whole, async (write, token) =>
        {
            await write.Db.Database.ExecuteSqlRawAsync(
                """
                UPDATE Participants SET Note = 'Zoubida est allergique' WHERE GivenName = 'Zoubida';
                UPDATE Sessions SET Note = 'Halima Tifnouti a accompagné zoubida; atelier réussi' WHERE Id = (SELECT MAX(Id) FROM Sessions);
                UPDATE HeldMarks SET Reason = 'Zoubida était là';
                UPDATE EnrollmentChanges SET Note = 'Mère : Halima' WHERE EnrollmentId = (SELECT e.Id FROM Enrollments e JOIN Participants p ON p.Id = e.ParticipantId WHERE p.GivenName = 'Zoubida');
                """, token);
            return default(Done);
        }, CancellationToken.None));
        (await staff.GetAsync($"/api/participants/{child.Participant}?reason=Appel%20de%20Halima%20Tifnouti")).Dispose();
        await RequestAsync();
        await RequestAsync("correct");
    }

    private async Task<string> RequestAsync(string kind = "erase")
    {
        using var answer = await workshop.Staff.PostAsJsonAsync("/api/rights/requests", new { participant = child.Participant, kind, words = "Pour Zoubida Tifnouti" });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).Text("id")!;
    }

    private Task<HttpResponseMessage> EraseAsync(string confirm) =>
        workshop.Staff.PostAsJsonAsync($"/api/rights/requests/{request}/erase", new { confirm });

    private async Task<HttpResponseMessage> ClaimAsync()
    {
        using var phone = workshop.App.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = child.ClaimCode, birthDate = child.BirthDate });
    }

    private Task<Certificate?> CertificateAsync() => workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Certificate>()
        .OrderBy(row => row.Id).FirstOrDefaultAsync(row => row.FamilyName == "Tifnouti"));

    /// <summary>Attendance as counted from the source, by sex and age: a rebuild would give it.</summary>
    private Task<string> FiguresAsync() => workshop.App.InsideAsync(async services =>
    {
        var db = services.GetRequiredService<ReadDb>();
        var marks = await (from mark in db.Set<Domain.Attendance.AttendanceMark>()
                           join enrollment in db.Set<Domain.Enrollments.Enrollment>() on mark.EnrollmentId equals enrollment.Id
                           join person in db.Set<Participant>() on enrollment.ParticipantId equals person.Id
                           select new { person.Sex, person.BirthDate, mark.Status }).ToListAsync();
        return string.Join(' ', marks.GroupBy(mark => (mark.Sex, Age(mark.BirthDate), mark.Status)).OrderBy(group => group.Key).Select(group => $"{group.Key}:{group.Count()}"));
    });

    private static int Age(DateOnly birth) => 2026 - birth.Year - ((birth.Month, birth.Day).CompareTo((9, 1)) > 0 ? 1 : 0);
}
