using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>A list enrols the child it means and nobody else: mistyped codes, two rows for one child, columns remembered from another list.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class RightChildTests : IDisposable
{
    private const string Heading = "Prénom;Nom;Date de naissance;Sexe;Code Massar;Nom du tuteur;Téléphone du tuteur;Date du consentement";
    private const string Code = "R130000001";

    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [TestCase("Karim;Ouazzani;05/06/2013;M;", TestName = "another sex")]
    [TestCase("Ghita;Ouazzani;05/06/2013;F;", TestName = "another name and another birth date")]
    public async Task A_mistyped_code_enrols_no_other_child_but_asks(string child)
    {
        await KnownElsewhereAsync(Code);
        using var coach = await app.SiteAsync("RSB");

        var preview = await coach.PreviewAsync($"{Heading}\n{child}{Code};Said Ouazzani;0661000001;01/10/2026\n");

        Assert.That(preview.Counts(), Is.EqualTo((1, 0, 0, 0, 1, 0)));
    }

    [TestCase("Yasmine;El Alaoui;21/03/2014;F;", TestName = "another birth date alone")]
    [TestCase("Yasmine;Tazi;12/03/2014;F;", TestName = "another name alone")]
    public async Task A_code_decides_where_only_one_thing_differs(string child)
    {
        await KnownElsewhereAsync(Code);
        using var coach = await app.SiteAsync("RSB");

        var preview = await coach.PreviewAsync($"{Heading}\n{child}{Code};Samira El Alaoui;0612345678;01/10/2026\n");

        Assert.That(preview.Counts(), Is.EqualTo((1, 0, 1, 0, 0, 0)));
    }

    [Test]
    public async Task The_file_of_a_child_from_elsewhere_that_a_list_opens_is_noted_as_read()
    {
        await KnownElsewhereAsync(Code);
        using var coach = await app.SiteAsync("RSB");
        var list = $"{Heading}\nYasmine;El Alaoui;12/03/2014;F;{Code};Samira El Alaoui;0612345678;01/10/2026\n";

        await coach.CommitAsync(await coach.PreviewAsync(list));
        await coach.CommitAsync(await coach.PreviewAsync($"{list}Adam;Bennani;01/02/2013;M;;Omar Bennani;0661000001;01/10/2026\n"));

        await using var db = Open();
        Assert.That(await db.Set<FileReading>().CountAsync(row => row.Door == "import"), Is.EqualTo(1), "once, when the file was not the club's own yet");
    }

    [Test]
    public async Task Two_rows_decided_as_one_child_enrol_it_once_and_hold_nothing_up()
    {
        await KnownElsewhereAsync(code: null);
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync(
            $"{Heading}\nYasmine;El Alaoui;11/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n"
            + "Yasmine;El Alaoui;13/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\nAdam;Bennani;01/02/2013;M;;Omar Bennani;0661000001;01/10/2026\n");
        Assert.That(preview.Counts(), Is.EqualTo((3, 1, 0, 0, 2, 0)));
        var body = new { decisions = new[] { new { number = 2, decision = "same" }, new { number = 3, decision = "same" } } };
        using var decided = await coach.PostAsJsonAsync($"/api/imports/{preview.GetProperty("id").GetString()}/decisions", body);
        Assert.That((int)decided.StatusCode, Is.EqualTo(200), await decided.Content.ReadAsStringAsync());

        var done = await coach.CommitAsync(preview);

        Assert.That(done.Counts(), Is.EqualTo((3, 1, 1, 1, 0, 0)));
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().CountAsync(row => row.ImportId != null), Is.EqualTo(2));
    }

    [Test]
    public async Task Remembered_columns_take_no_child_for_headings()
    {
        const string odd = "Colonne1;Colonne2;Colonne3;Colonne4;Colonne5;Colonne6\n";
        using var coach = await app.SiteAsync("RSB");
        await MapAsync(coach, await coach.PreviewAsync($"Liste du club\n{odd}Salma;Lahlou;12/03/2014;F;Samira Lahlou;0622345600\n"));

        var next = await coach.PreviewAsync($"{odd}Nizar;Lahlou;12/03/2014;M;Samira Lahlou;0622345600\nGhita;Tazi;14/03/2014;F;Samira Tazi;0622345601\n");

        Assert.That(next.GetProperty("mappingRemembered").GetBoolean(), Is.True);
        Assert.That(next.Counts(), Is.EqualTo((2, 2, 0, 0, 0, 0)));
    }

    [Test]
    public async Task What_was_said_of_some_headings_is_not_taken_for_others_of_the_same_number()
    {
        using var coach = await app.SiteAsync("RSB");
        await MapAsync(coach, await coach.PreviewAsync("C1;C2;C3;C4;C5;C6\nSalma;Lahlou;12/03/2014;F;Samira Lahlou;0622345600\n"));

        var other = await coach.PreviewAsync("D1;D2;D3;D4;D5;D6\nSamira Lahlou;0622345601;Nizar;Lahlou;13/03/2014;M\n");

        Assert.That(other.GetProperty("status").GetString(), Is.EqualTo("needsMapping"));
    }

    [Test]
    public async Task A_correction_of_columns_that_seemed_clear_is_remembered_too()
    {
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur\n";
        using var coach = await app.SiteAsync("RSB");
        var clear = await coach.PreviewAsync($"{heading}Lahlou;Salma;12/03/2014;F;Samira Lahlou;0622345600\n");
        await MapAsync(coach, clear, "familyName", "givenName");

        var next = await coach.PreviewAsync($"{heading}Tazi;Nizar;13/03/2014;M;Samira Tazi;0622345601\n");

        Assert.That(next.GetProperty("mappingRemembered").GetBoolean(), Is.True);
        var row = (await coach.JsonAsync($"/api/imports/{next.GetProperty("id").GetString()}/rows?state=new")).GetProperty("items")[0];
        Assert.That(row.GetProperty("name").GetString(), Is.EqualTo("Nizar Tazi"));
    }

    [Test]
    public async Task Numbers_of_identity_cards_are_not_shown_as_examples()
    {
        using var coach = await app.SiteAsync("RSB");
        var list = await coach.PreviewAsync("Prénom;Nom;Date de naissance;Sexe;Tuteur;Téléphone;CIN\nSalma;Lahlou;12/03/2014;F;Samira Lahlou;0622345600;QZ000123\n");
        using var mapping = await coach.GetAsync(new Uri($"/api/imports/{list.GetProperty("id").GetString()}/mapping", UriKind.Relative));
        Assert.That(await mapping.Content.ReadAsStringAsync(), Does.Contain("examples").And.Not.Contain("QZ000123"));
    }

    private async Task KnownElsewhereAsync(string? code)
    {
        using var nation = app.Nation();
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["participant"]!["massarCode"] = code;
        await TrainingApplication.RegisterAsync(nation, body);
    }

    private static async Task MapAsync(HttpClient coach, JsonElement import, string first = "givenName", string second = "familyName")
    {
        var address = $"/api/imports/{import.GetProperty("id").GetString()}";
        var body = new { sheet = (string?)null, headerRow = (int?)null, columns = new[] { first, second, "birthDate", "sex", "guardianName", "guardianPhone" } };
        using var said = await coach.PutAsJsonAsync($"{address}/mapping", body);
        Assert.That((int)said.StatusCode, Is.EqualTo(202), await said.Content.ReadAsStringAsync());
        await coach.WhenAsync(address, "preview");
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
