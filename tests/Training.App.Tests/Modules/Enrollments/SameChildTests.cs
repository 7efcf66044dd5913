using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>What is said of a child who is known: found in whichever script, filled in and not lost, judged by those who see both files.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SameChildTests : IDisposable
{
    private const string Heading = "Prénom;Nom;Prénom (arabe);Nom (arabe);Date de naissance;Sexe;Code Massar;Nom du tuteur;Téléphone du tuteur;Date du consentement";

    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_child_written_in_Latin_once_and_in_Arabic_once_is_found(bool latinFirst)
    {
        using var coach = await app.SiteAsync("RSB");
        var (latin, arabic) = (Yasmine("Yasmine", "El Alaoui", null, null), Yasmine(null, null, "ياسمين", "العلوي"));
        await TrainingApplication.RegisterAsync(coach, latinFirst ? latin : arabic);

        using var second = await coach.PostAsJsonAsync("/api/enrollments", latinFirst ? arabic : latin);

        Assert.That((int)second.StatusCode, Is.EqualTo(409));
        Assert.That(await second.Content.ReadAsStringAsync(), Does.Contain("possibleDuplicate"));
    }

    [Test]
    public async Task Two_rows_in_two_scripts_are_asked_about()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync(
            $"{Heading}\nYasmine;El Alaoui;;;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n;;ياسمين;العلوي;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n");
        Assert.That(preview.Counts(), Is.EqualTo((2, 1, 0, 0, 1, 0)));
    }

    [Test]
    public async Task What_the_file_lacks_is_taken_from_a_registration_of_the_same_child()
    {
        using var nation = app.Nation();
        var known = (await TrainingApplication.RegisterAsync(nation, Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026"))).GetProperty("participant").GetString()!;
        using var coach = await app.SiteAsync("RSB");
        var same = Yasmine("Yasmin", "Alaoui", "ياسمين", "العلوي");
        same["participant"]!["massarCode"] = "R130000001";
        same["duplicateDecision"] = new JsonObject { ["sameAs"] = known };

        await TrainingApplication.RegisterAsync(coach, same);

        var file = await FileAsync();
        Assert.That((file.GivenName, file.GivenNameAr, file.FamilyNameAr, file.MassarCode), Is.EqualTo(("Yasmine", "ياسمين", "العلوي", "R130000001")), "filled in and not replaced");
    }

    [Test]
    public async Task What_the_file_lacks_is_taken_from_a_list_even_where_the_child_is_enrolled_already()
    {
        using var coach = await app.SiteAsync("RSB");
        await TrainingApplication.RegisterAsync(coach, Yasmine("Yasmine", "El Alaoui", null, null));
        var preview = await coach.PreviewAsync($"{Heading}\nYassmine;Alaoui;ياسمين;العلوي;12/03/2014;F;R130000001;Karim El Alaoui;0661000009;01/10/2026\n");
        Assert.That(preview.Counts(), Is.EqualTo((1, 0, 0, 0, 1, 0)));
        using var decided = await coach.PostAsJsonAsync(
            $"/api/imports/{preview.GetProperty("id").GetString()}/decisions", new { decisions = new[] { new { number = 2, decision = "same" } } });
        Assert.That((int)decided.StatusCode, Is.EqualTo(200), await decided.Content.ReadAsStringAsync());

        await coach.CommitAsync(preview);

        var file = await FileAsync();
        Assert.That((file.GivenName, file.GivenNameAr, file.MassarCode), Is.EqualTo(("Yasmine", "ياسمين", "R130000001")));
        await using var db = Open();
        Assert.That(await db.Set<Guardianship>().CountAsync(row => row.ParticipantId == file.Id), Is.EqualTo(2), "the second guardian too");
        Assert.That(await db.Set<Guardian>().CountAsync(row => row.Name == "Karim El Alaoui"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_paper_signed_before_a_withdrawal_does_not_count_again_elsewhere()
    {
        using var nation = app.Nation();
        var known = await TrainingApplication.RegisterAsync(nation, Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026"));
        using var withdrawn = await nation.PostAsJsonAsync(
            $"/api/participants/{known.GetProperty("participant").GetString()}/consents/withdraw", new { purpose = "participation" });
        Assert.That((int)withdrawn.StatusCode, Is.EqualTo(200), await withdrawn.Content.ReadAsStringAsync());
        using var coach = await app.SiteAsync("RSB");
        var same = Yasmine("Yasmine", "El Alaoui", null, null);
        same["duplicateDecision"] = new JsonObject { ["sameAs"] = known.GetProperty("participant").GetString() };

        using var refused = await coach.PostAsJsonAsync("/api/enrollments", same);
        await using var db = Open();
        var before = await db.Set<Enrollment>().CountAsync();
        same["consents"]![0]!["givenOn"] = "2026-11-23";
        var taken = await TrainingApplication.RegisterAsync(coach, same);

        Assert.That((await refused.JsonAsync()).Faults("consents[0].givenOn"), Is.EqualTo(new[] { "consentBeforeWithdrawal" }));
        Assert.That((before, taken.GetProperty("status").GetString()), Is.EqualTo((1, "active")));
    }

    [TestCase("01/10/2026", "awaitingConsent")]
    [TestCase("23/11/2026", "active")]
    public async Task A_list_whose_paper_was_signed_before_a_withdrawal_awaits_consent(string signed, string status)
    {
        using var nation = app.Nation();
        var child = Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026");
        child["participant"]!["massarCode"] = "R130000001";
        var known = (await TrainingApplication.RegisterAsync(nation, child)).GetProperty("participant").GetString();
        using var withdrawn = await nation.PostAsJsonAsync($"/api/participants/{known}/consents/withdraw", new { purpose = "participation" });
        using var coach = await app.SiteAsync("RSB");

        var preview = await coach.PreviewAsync($"{Heading}\nYasmine;El Alaoui;;;12/03/2014;F;R130000001;Samira El Alaoui;0612345678;{signed}\n");
        await coach.CommitAsync(preview);

        await using var db = Open();
        var enrolled = await db.Set<Enrollment>().OrderBy(row => row.Id).LastAsync();
        Assert.That(char.ToLowerInvariant(enrolled.Status.ToString()[0]) + enrolled.Status.ToString()[1..], Is.EqualTo(status));
    }

    [TestCase("RSB", true, TestName = "of a child elsewhere stays for a coordinator")]
    [TestCase("MJ-04-001", false, TestName = "of a child of one's own is final")]
    public async Task Another_child_said_by_a_coach(string site, bool isOpen)
    {
        using var nation = app.Nation();
        await TrainingApplication.RegisterAsync(nation, Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026"));
        using var facilitator = await app.SiteAsync(site);
        var other = Yasmine("Yasmine", "Alaoui", null, null, site, site == "RSB" ? "football-2026" : "youthhouse-2026");
        other["duplicateDecision"] = "notADuplicate";

        await TrainingApplication.RegisterAsync(facilitator, other);

        await using var db = Open();
        var pair = await db.Set<DuplicatePair>().SingleAsync();
        Assert.That(pair.IsOpen, Is.EqualTo(isOpen));
    }

    [Test]
    public async Task A_list_that_writes_the_month_first_is_read_so()
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur\n";
        var preview = await coach.PreviewAsync(
            $"{heading}Adam;Bennani;03/25/2013;M;Omar Bennani;0661000001\nBilal;Chraibi;02/03/2013;M;Omar Chraibi;0661000002\n"
            + "Driss;Fassi;11/17/2012;M;Omar Fassi;0661000003\nHamza;Haddad;10/30/2012;M;Omar Haddad;0661000004\n");
        Assert.That((await coach.CommitAsync(preview)).Counts(), Is.EqualTo((4, 4, 0, 0, 0, 0)));
        await using var db = Open();
        Assert.That(await db.Set<Participant>().Where(row => row.GivenName == "Bilal").Select(row => row.BirthDate).SingleAsync(), Is.EqualTo(new DateOnly(2013, 2, 3)));
    }

    [Test]
    public async Task A_refused_row_of_a_list_that_writes_the_month_first_keeps_its_day_when_it_comes_alone()
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur\n";
        var preview = await coach.PreviewAsync(
            $"{heading}Adam;Bennani;03/25/2013;M;Omar Bennani;0661000001\nBilal;Chraibi;02/03/2013;M;Omar Chraibi;12\n"
            + "Driss;Fassi;11/17/2012;M;Omar Fassi;0661000003\nHamza;Haddad;10/30/2012;M;Omar Haddad;0661000004\n");
        var returned = await coach.GetStringAsync(new Uri($"/api/imports/{preview.GetProperty("id").GetString()}/refused?format=csv", UriKind.Relative));

        await coach.CommitAsync(await coach.PreviewAsync(returned.Replace(";12;", ";0661000002;", StringComparison.Ordinal)));

        await using var db = Open();
        Assert.That(await db.Set<Participant>().Where(row => row.GivenName == "Bilal").Select(row => row.BirthDate).SingleAsync(), Is.EqualTo(new DateOnly(2013, 2, 3)), returned);
    }

    [TestCase("En cours", 2)]
    [TestCase("Club 1234", 1)]
    public async Task What_stands_in_every_row_s_licence_makes_no_two_children_one(string licence, int fresh)
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Licence;Nom du tuteur;Téléphone du tuteur\n";
        var preview = await coach.PreviewAsync($"{heading}Adam;Bennani;01/02/2014;M;{licence};Omar Bennani;0661000001\nYahya;Tazi;01/02/2014;M;{licence};Said Tazi;0662000002\n");
        Assert.That((preview.Counts().New, preview.Refusals().Contains("3 repeatedRow")), Is.EqualTo((fresh, false)), string.Join("; ", preview.Refusals()));
        using var elsewhere = await app.SiteAsync("WAC");
        await coach.CommitAsync(preview);
        var other = await elsewhere.PreviewAsync($"{heading}Ilyas;Berrada;01/02/2014;M;{licence};Ali Berrada;0663000003\n", "WAC");
        Assert.That(other.Counts().New, Is.EqualTo(licence == "En cours" ? 1 : 0), "a stranger's file is not taken for this child's: where a number says so, a person looks");
        await elsewhere.CommitAsync(other);
        await using var db = Open();
        Assert.That(await db.Set<Participant>().CountAsync(), Is.EqualTo(licence == "En cours" ? 3 : 1));
    }

    [Test]
    public async Task Silence_makes_nobody_a_legal_guardian_and_an_age_is_said_with_the_other_faults()
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Tuteur;Téléphone du père\n";
        var preview = await coach.PreviewAsync($"{heading}Adam;Bennani;25/03/2013;M;Omar Bennani;0661000001\nBilal;Chraibi;02/03/1954;M;Omar Chraibi;12\n");
        Assert.That(preview.Refusals(), Is.EquivalentTo(new[] { "3 birthDate tooOld", "3 guardianPhone phoneMalformed" }));
        await coach.CommitAsync(preview);
        await using var db = Open();
        Assert.That(await db.Set<Guardianship>().Select(row => row.Relationship).SingleAsync(), Is.EqualTo(Relationship.NotStated));
    }

    [Test]
    public async Task A_row_of_a_child_with_three_files_is_asked_about()
    {
        using var coach = await app.SiteAsync("RSB");
        using var nation = app.Nation();
        await TrainingApplication.RegisterAsync(nation, Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026"));
        for (var again = 0; again < 2; again++)
        {
            var other = Yasmine("Yasmine", "El Alaoui", null, null, "MJ-04-001", "youthhouse-2026");
            other["duplicateDecision"] = "notADuplicate";
            await TrainingApplication.RegisterAsync(nation, other);
        }
        var preview = await coach.PreviewAsync($"{Heading}\nYasmine;El Alaoui;;;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n");
        Assert.That(preview.Counts(), Is.EqualTo((1, 0, 0, 0, 1, 0)));
    }

    [Test]
    public async Task A_group_is_the_same_however_its_letters_are_written()
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Tuteur;Téléphone;Groupe\n";
        await coach.CommitAsync(await coach.PreviewAsync($"{heading}Adam;Bennani;25/03/2013;M;Omar Bennani;0661000001;U13\n"));
        await using (var db = Open()) await db.Set<Domain.Directory.Group>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Capacity, 1));
        await coach.CommitAsync(await coach.PreviewAsync($"{heading}Bilal;Chraibi;02/03/2013;M;Omar Chraibi;0661000002;u13\n"));
        await using (var db = Open()) Assert.That(await db.Set<Domain.Directory.Group>().CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_card_number_is_refused_as_a_licence()
    {
        using var coach = await app.SiteAsync("RSB");
        var body = Yasmine("Yasmine", "El Alaoui", null, null);
        body["participant"]!["licenceNumber"] = "AB123456";
        using var answer = await coach.PostAsJsonAsync("/api/enrollments", body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.ToString(), Does.Contain("nationalId").And.Not.Contain("AB123456"));
    }

    private static JsonObject Yasmine(string? given, string? family, string? givenAr, string? familyAr, string site = "RSB", string edition = "football-2026")
    {
        var body = (JsonObject)JsonNode.Parse(JsonSerializer.Serialize(Bodies.Yasmine(site, edition)))!;
        var child = body["participant"]!;
        (child["givenName"], child["familyName"], child["givenNameAr"], child["familyNameAr"]) = (given, family, givenAr, familyAr);
        return body;
    }

    private async Task<Participant> FileAsync()
    {
        await using var db = Open();
        return await db.Set<Participant>().SingleAsync();
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
