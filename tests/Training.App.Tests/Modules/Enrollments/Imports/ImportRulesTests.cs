using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Access;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Access;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>One rule, three doors: what holds for a single registration holds for a row; and what only a list can do wrong.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ImportRulesTests : IDisposable
{
    private const string WithMassar = "Prénom;Nom;Prénom (arabe);Nom (arabe);Date de naissance;Sexe;Massar;Nom du tuteur;Téléphone du tuteur;Date du consentement\n";
    private const string Yasmine = "Yasmine;El Alaoui;ياسمين;العلوي;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n";

    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Takes_the_same_file_once_a_key_however_it_is_packed()
    {
        using var client = app.Nation();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "upload-1");
        var list = $"{ImportCalls.Heading}\n{ImportCalls.Rows(2, 900)}";
        using var first = await client.UploadAsync(list);
        using var again = await client.UploadAsync(list);
        using var other = await client.UploadAsync(list + ImportCalls.Row(903));
        using var elsewhere = await client.UploadAsync(list, "WAC");

        Assert.That(((int)first.StatusCode, (int)again.StatusCode, again.Headers.Location), Is.EqualTo((202, 202, first.Headers.Location)));
        Assert.That((await other.CodeAsync(), await elsewhere.CodeAsync()), Is.EqualTo(("idempotencyKeyReused", "idempotencyKeyReused")));
    }

    [Test]
    public async Task Refuses_rows_of_sites_outside_the_uploaders_scope()
    {
        using var coach = await app.SiteAsync("RSB");
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur;Club\n";
        var preview = await coach.PreviewAsync(
            heading + "Adam;Bennani;01/02/2013;M;Omar;0661000001;RSB\nBilal;Chraibi;01/02/2012;M;Omar;0661000002;WAC\nDriss;Fassi;01/02/2011;M;Omar;0661000003;\n", site: null);
        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "3 site siteNotYours" }));
        Assert.That(preview.Counts().New, Is.EqualTo(2), "a coach of one site need not name it");
        await coach.CommitAsync(preview);
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Refuses_rows_that_name_another_site_than_the_one_chosen_for_the_list()
    {
        using var client = app.Nation();
        const string heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur;Club\n";
        var preview = await client.PreviewAsync(
            heading + "Adam;Bennani;01/02/2013;M;Omar;0661000001;RSB\nBilal;Chraibi;01/02/2012;M;Omar;0661000002;WAC\nDriss;Fassi;01/02/2011;M;Omar;0661000003;\n");
        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "3 site siteNotYours" }));
        await client.CommitAsync(preview);
        await using var db = Open();
        Assert.That((await db.Set<Enrollment>().Select(row => row.SiteId).ToListAsync()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await db.Set<Enrollment>().CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Shows_a_list_of_several_sites_to_its_uploader_and_to_none_of_the_sites()
    {
        using var uploader = await TwoSitesAsync();
        using var first = await app.SiteAsync("RSB");
        using var second = await app.SiteAsync("WAC");
        using var region = await app.RegionAsync("02");
        using var nation = app.Nation();
        var preview = await uploader.PreviewAsync($"{ImportCalls.Heading};Club\n{ImportCalls.Rows(2).Replace("\n", ";WAC\n", StringComparison.Ordinal)}", site: null);
        var address = new Uri($"/api/imports/{preview.GetProperty("id").GetString()}", UriKind.Relative);
        foreach (var stranger in new[] { first, second, region })
        {
            using var read = await stranger.GetAsync(address);
            using var commit = await stranger.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null);
            using var refused = await stranger.GetAsync(new Uri($"{address}/refused", UriKind.Relative));
            Assert.That(((int)read.StatusCode, (int)commit.StatusCode, (int)refused.StatusCode), Is.EqualTo((404, 404, 404)));
        }
        Assert.That((await nation.JsonAsync(address.ToString())).GetProperty("rows").GetInt32(), Is.EqualTo(2));
        Assert.That((await uploader.JsonAsync("/api/imports")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await uploader.CommitAsync(preview)).Counts().New, Is.EqualTo(2));
    }

    [Test]
    public async Task Lets_whoever_answers_for_the_site_confirm_its_list_and_nobody_below_a_list_of_several()
    {
        using var nation = app.Nation();
        using var coach = await app.SiteAsync("RSB");
        using var colleague = await app.SiteAsync("RSB");
        using var region = await app.RegionAsync("02");
        await coach.CommitAsync(await nation.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(2)}"));
        await region.CommitAsync(await nation.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, 5)}"));
        await colleague.CommitAsync(await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, 10)}"));
        await region.CommitAsync(await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, 20)}"));

        var national = await nation.PreviewAsync($"{ImportCalls.Heading};Club\n{ImportCalls.Row(30).TrimEnd()};RSB\n", site: null);
        var commit = new Uri($"/api/imports/{national.GetProperty("id").GetString()}/commit", UriKind.Relative);
        foreach (var client in new[] { coach, region })
        {
            using var refused = await client.PostAsync(commit, null);
            Assert.That((int)refused.StatusCode, Is.EqualTo(404));
        }
        Assert.That((await nation.JsonAsync($"/api/imports/{national.GetProperty("id").GetString()}")).GetProperty("status").GetString(), Is.EqualTo("preview"));
    }

    [Test]
    public async Task Hides_an_import_from_everybody_who_does_not_see_its_site()
    {
        using var coach = await app.SiteAsync("RSB");
        using var other = await app.SiteAsync("WAC");
        using var nation = app.Nation();
        var preview = await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}");
        var address = $"/api/imports/{preview.GetProperty("id").GetString()}";
        using var read = await other.GetAsync(new Uri(address, UriKind.Relative));
        using var commit = await other.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null);
        using var refused = await other.GetAsync(new Uri($"{address}/refused", UriKind.Relative));
        using var anonymous = await app.Anonymous().GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(((int)read.StatusCode, (int)commit.StatusCode, (int)refused.StatusCode, (int)anonymous.StatusCode), Is.EqualTo((404, 404, 404, 401)));
        Assert.That((await nation.JsonAsync(address)).GetProperty("status").GetString(), Is.EqualTo("preview"));
        Assert.That((await coach.JsonAsync("/api/imports")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await other.JsonAsync("/api/imports")).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Enrolls_a_known_child_in_another_edition_without_a_second_file()
    {
        using var client = app.Nation();
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var preview = await client.PreviewAsync(WithMassar + Yasmine, "MJ-04-001", "youthhouse-2026");
        Assert.That(preview.Counts(), Is.EqualTo((1, 0, 1, 0, 0, 0)));
        await client.CommitAsync(preview);
        await using var db = Open();
        Assert.That((await db.Set<Participant>().CountAsync(), await db.Set<Enrollment>().CountAsync(), await db.Set<Guardian>().CountAsync()), Is.EqualTo((1, 2, 1)));
        Assert.That(await db.Set<Consent>().CountAsync(), Is.EqualTo(1), "the consent that stands is enough");
    }

    [Test]
    public async Task Sees_a_child_registered_between_preview_and_commit()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync(WithMassar + Yasmine + "Sami;Lahlou;سامي;لحلو;01/05/2013;M;;Omar Lahlou;0612345679;\n");
        Assert.That(preview.Counts().New, Is.EqualTo(2));
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var done = await client.CommitAsync(preview);
        Assert.That(done.Counts(), Is.EqualTo((2, 1, 0, 1, 0, 0)));
        await using var db = Open();
        Assert.That((await db.Set<Participant>().CountAsync(), await db.Set<Enrollment>().CountAsync()), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Registers_a_child_once_when_two_lists_with_it_are_committed()
    {
        using var client = app.Nation();
        var first = await client.PreviewAsync(WithMassar + Yasmine);
        var second = await client.PreviewAsync(WithMassar + Yasmine, "WAC");
        await client.CommitAsync(first);
        var done = await client.CommitAsync(second);
        Assert.That(done.Counts(), Is.EqualTo((1, 0, 0, 1, 0, 0)));
        await using var db = Open();
        Assert.That(await db.Set<Participant>().CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Leaves_what_looks_alike_to_a_person_and_never_merges_twins()
    {
        using var client = app.Nation();
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var preview = await client.PreviewAsync(WithMassar
            + "Yassmine;Alaoui;;;12/03/2014;F;;Karima Idrissi;0699999999;\n" // spelled otherwise, another phone
            + "Hassan;El Alaoui;حسن;العلوي;12/03/2014;M;;Samira El Alaoui;0612345678;\n"
            + "Houcine;El Alaoui;حسين;العلوي;12/03/2014;M;;Samira El Alaoui;0612345678;\n"
            + "Hassan;El Alaoui;حسن;العلوي;12/03/2014;M;;Samira El Alaoui;0612345678;\n"
            + "Mona;Tazi;;;05/05/2013;F;J130000009;Ali Tazi;0655555555;\n"
            + "Mouna;Tazi;;;06/05/2013;F;j130000009;Ali Tazi;0655555555;\n");
        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "2 - possibleDuplicate", "5 - repeatedRow", "7 - repeatedRow" }));
        Assert.That(preview.Counts(), Is.EqualTo((6, 3, 0, 0, 1, 2)));
        var done = await client.CommitAsync(preview);
        Assert.That(done.Counts().New, Is.EqualTo(3));
        await using var db = Open();
        Assert.That(await db.Set<Participant>().CountAsync(row => row.FamilyName == "El Alaoui" && row.Sex == Sex.Male), Is.EqualTo(2));
        Assert.That(await db.Set<Guardian>().CountAsync(row => row.Phone == "+212612345678"), Is.EqualTo(1), "one mother, three children");
    }

    [Test]
    public async Task Says_commit_twice_and_is_committed_once()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(5)}");
        await client.CommitAsync(preview);
        await client.CommitAsync(preview);
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().CountAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task Goes_on_when_its_staging_file_is_lost()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(5)}Sara;Alami;31/02/2014;F;Nadia Alami;0611223344;\n");
        foreach (var staging in new DirectoryInfo(Path.Combine(app.Storage, "imports")).GetFiles()) staging.Delete();
        var done = await client.CommitAsync(preview);
        Assert.That(done.Counts(), Is.EqualTo((6, 5, 0, 0, 0, 1)));
        Assert.That(done.Refusals(), Is.EqualTo(new[] { "7 birthDate impossibleDate" }));
    }

    [Test]
    public async Task Refuses_every_upload_once_the_edition_has_ended()
    {
        using var client = app.Nation();
        app.Time.SetUtcNow(new DateTimeOffset(2027, 8, 15, 9, 0, 0, TimeSpan.Zero));
        using var answer = await client.UploadAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1)}");
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((422, "editionClosed")));
    }

    [Test]
    public async Task Refuses_rows_whose_edition_ended_between_preview_and_commit()
    {
        using var client = app.Nation();
        app.Time.SetUtcNow(new DateTimeOffset(2027, 6, 30, 9, 0, 0, TimeSpan.Zero));
        var preview = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(4)}");
        app.Time.SetUtcNow(new DateTimeOffset(2027, 7, 1, 9, 0, 0, TimeSpan.Zero));
        var done = await client.CommitAsync(preview);
        Assert.That(done.Counts(), Is.EqualTo((4, 0, 0, 0, 0, 4)));
        Assert.That(done.Refusals(), Has.All.EndsWith("editionClosed"));
    }

    [Test]
    public async Task Puts_a_child_without_consent_among_those_who_await_it()
    {
        using var client = app.Nation();
        await client.CommitAsync(await client.PreviewAsync($"{ImportCalls.Heading}\nSara;Alami;01/02/2014;F;Nadia Alami;0611223344;\n{ImportCalls.Rows(1)}"));
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().OrderBy(row => row.Id).Select(row => row.Status).ToListAsync(),
            Is.EqualTo(new[] { EnrollmentStatus.AwaitingConsent, EnrollmentStatus.Active }));
    }

    private async Task<HttpClient> TwoSitesAsync()
    {
        const string password = "une phrase de passe";
        var made = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("two@test.example", "Coach", password, "ar", [new(Role.Coach, Site: "RSB"), new(Role.Coach, Site: "WAC")]), CancellationToken.None));
        Assert.That(made.Succeeded, Is.True, made.Error?.Code);
        var client = await app.SignedInAsync("two@test.example", password);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
