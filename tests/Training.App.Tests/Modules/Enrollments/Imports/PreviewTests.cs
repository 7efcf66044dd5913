using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Enrollments.Lifecycle;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>What a preview says of the rows, the places and the children of other sites, before anything is written.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class PreviewTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Shows_a_row_as_it_was_understood_beside_what_is_written()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync("Joueur;Né le;Sexe;Groupe;Père;Téléphone\nYoussef EL ALAMI;05/04/12;garçon;U13;Omar El Alami;0661000001\n");

        var row = (await coach.JsonAsync($"{Address(preview)}/rows?state=new")).GetProperty("items")[0];

        Assert.That(
            (Text(row, "givenName"), Text(row, "familyName"), Text(row, "birthDate"), Text(row, "birthDateWritten"), Text(row, "sex"), Text(row, "group"), Text(row, "site")),
            Is.EqualTo(("Youssef", "EL ALAMI", "2012-04-05", "05/04/12", "male", "U13", "RSB")));
    }

    [Test]
    public async Task A_child_of_another_site_is_told_apart_and_comes_back_with_the_way_to_a_transfer()
    {
        using var nation = app.Nation();
        await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine());
        using var coach = await app.SiteAsync("WAC");
        const string list = ImportCalls.Heading + "\nYasmine;El Alaoui;12/03/2014;F;Samira El Alaoui;0612345678;01/10/2026\nAdam;Bennani;01/02/2013;M;Omar Bennani;0661000001;01/10/2026\n";

        var done = await coach.CommitAsync(await coach.PreviewAsync(list, "WAC"));
        var row = (await coach.JsonAsync($"{Address(done)}/rows?state=enrolledElsewhere")).GetProperty("items")[0];
        var here = (await coach.JsonAsync($"{Address(done)}/rows?state=alreadyEnrolled")).GetProperty("items").GetArrayLength();
        var returned = await coach.GetStringAsync(new Uri($"{Address(done)}/refused?format=csv", UriKind.Relative));

        Assert.That((done.Counts(), done.GetProperty("enrolledElsewhere").GetInt32(), here), Is.EqualTo(((2, 1, 0, 1, 0, 0), 1, 0)));
        Assert.That((row.GetProperty("row").GetInt32(), Text(row, "site"), row.GetProperty("known").GetProperty("birthYear").GetInt32()), Is.EqualTo((2, "WAC", 2014)));
        Assert.That(Text(row.GetProperty("known"), "name"), Does.Match("^Y\\. .\\.$"), "initials alone");
        Assert.That(row.GetProperty("faults")[0].GetProperty("code").GetString(), Is.EqualTo("enrolledElsewhere"));
        Assert.That(returned, Does.Contain("Yasmine").And.Not.Contain("Adam"));
    }

    [Test]
    public async Task The_childs_own_site_is_told_that_it_is_enrolled_there()
    {
        using var coach = await app.SiteAsync("RSB");
        await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());

        var preview = await coach.PreviewAsync(ImportCalls.Heading + "\nYasmine;El Alaoui;12/03/2014;F;Samira El Alaoui;0612345678;01/10/2026\n");

        Assert.That((preview.Counts().Already, preview.GetProperty("enrolledElsewhere").GetInt32()), Is.EqualTo((1, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Says_before_and_after_how_many_only_wait(bool byLimit)
    {
        var club = await Club.OpenAsync(app, "RSB", 3);
        using var region = await app.RegionAsync("02");
        if (byLimit)
        {
            using var limited = await region.PutAsJsonAsync("/api/sites/RSB/limit", new { edition = "football-2026", places = 3 });
            Assert.That((int)limited.StatusCode, Is.InRange(200, 204), await limited.Content.ReadAsStringAsync());
        }
        await club.RegisterAsync();
        var heading = ImportCalls.Heading + (byLimit ? "" : ";Groupe") + "\n";
        var rows = string.Concat(ImportCalls.Rows(5, 500).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row + (byLimit ? "\n" : ";U13\n")));

        var preview = await club.Coach.PreviewAsync(heading + rows);
        var done = await club.Coach.CommitAsync(preview);

        Assert.That((preview.GetProperty("waitlisted").GetInt32(), done.GetProperty("waitlisted").GetInt32(), done.Counts().New), Is.EqualTo((3, 3, 5)));
        Assert.That((Text(preview, "site"), Text(done, "site")), Is.EqualTo(("RSB", "RSB")));
    }

    [Test]
    public async Task Rows_in_question_are_shown_until_somebody_decides_them()
    {
        using var coach = await app.SiteAsync("RSB");
        await coach.CommitAsync(await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(24)}"));
        // Another phone and another spelling: only a person can say.
        var alike = string.Concat(ImportCalls.Rows(24).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => $"{row.Replace(";06", ";07", StringComparison.Ordinal)}\n"));
        var preview = await coach.PreviewAsync($"{ImportCalls.Heading}\n{alike}");
        Assert.That(preview.Counts().Possible, Is.EqualTo(24), preview.ToString());

        var first = await coach.JsonAsync($"{Address(preview)}/rows?state=undecided");
        var decisions = first.GetProperty("items").EnumerateArray().Select(row => new { number = row.GetProperty("row").GetInt32(), decision = "another" }).ToArray();
        using var decided = await coach.PostAsJsonAsync($"{Address(preview)}/decisions", new { decisions });
        var rest = await coach.JsonAsync($"{Address(preview)}/rows?state=undecided");
        var all = await coach.JsonAsync($"{Address(preview)}/rows?state=possibleDuplicate&cursor={first.GetProperty("next").GetString()}");

        Assert.That((decisions.Length, (int)decided.StatusCode, rest.GetProperty("items").GetArrayLength(), all.GetProperty("items").GetArrayLength()), Is.EqualTo((20, 200, 4, 4)));
        Assert.That(rest.GetProperty("items")[0].GetProperty("row").GetInt32(), Is.EqualTo(22));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Address(JsonElement import) => $"/api/imports/{import.GetProperty("id").GetString()}";
}
