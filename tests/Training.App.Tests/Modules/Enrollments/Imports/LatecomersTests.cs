using System.Net.Http.Json;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Between the preview of a list and its commit children come in by other doors; none of them is registered twice.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class LatecomersTests : IDisposable
{
    private const string Heading = "Prénom;Nom;Date de naissance;Sexe;Code Massar;Nom du tuteur;Téléphone du tuteur;Date du consentement";

    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [TestCase("Yasmina;Alaoui;13/03/2014;F;;Samira El Alaoui;0622000000", TestName = "the day after, spelt otherwise")]
    [TestCase("Yasmine;El Alaoui;03/12/2014;F;;Samira El Alaoui;0622000000", TestName = "day and month exchanged")]
    [TestCase("Yasmine;El Alaoui;12/03/2013;F;;Samira El Alaoui;0612345678", TestName = "the guardian's phone and another year")]
    [TestCase("Ghita;Tazi;05/06/2013;F;R130000001;Said Tazi;0622000000", TestName = "an official code")]
    public async Task A_child_who_may_be_one_of_the_list_is_asked_about(string row)
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync($"{Heading}\n{row};01/10/2026\nAdam;Bennani;01/02/2013;M;;Omar Bennani;0661000001;01/10/2026\n");
        Assert.That(preview.Counts(), Is.EqualTo((2, 2, 0, 0, 0, 0)));
        var known = await RegisterAsync();

        var done = await coach.CommitAsync(preview);

        Assert.That(done.Counts(), Is.EqualTo((2, 1, 0, 0, 1, 0)));
        var asked = (await coach.JsonAsync($"/api/imports/{preview.GetProperty("id").GetString()}/rows?state=possibleDuplicate")).GetProperty("items")[0];
        Assert.That(asked.GetProperty("known").GetProperty("participant").GetString(), Is.EqualTo(known));
    }

    [Test]
    public async Task The_row_can_be_said_to_be_that_child()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync($"{Heading}\nYasmine;El Alaoui;13/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n");
        await RegisterAsync();
        await coach.CommitAsync(preview);
        var address = $"/api/imports/{preview.GetProperty("id").GetString()}";

        using var decided = await coach.PostAsJsonAsync($"{address}/decisions", new { decisions = new[] { new { number = 2, decision = "same" } } });

        Assert.That((int)decided.StatusCode, Is.EqualTo(200), await decided.Content.ReadAsStringAsync());
        var done = await coach.CommitAsync(preview);
        Assert.That(done.Counts(), Is.EqualTo((1, 0, 1, 0, 0, 0)));
    }

    [Test]
    public async Task The_very_same_child_is_enrolled_already()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync($"{Heading}\nYasmine;El Alaoui;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n");
        await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());

        Assert.That((await coach.CommitAsync(preview)).Counts(), Is.EqualTo((1, 0, 0, 1, 0, 0)));
    }

    [Test]
    public async Task A_child_of_another_list_is_asked_about_too()
    {
        using var coach = await app.SiteAsync("RSB");
        var first = await coach.PreviewAsync($"{Heading}\nYasmine;El Alaoui;12/03/2014;F;;Samira El Alaoui;0612345678;01/10/2026\n");
        var second = await coach.PreviewAsync($"{Heading}\nYassmine;Alaoui;12/03/2014;F;;Samira El Alaoui;0622345678;01/10/2026\n");

        Assert.That((await coach.CommitAsync(first)).Counts(), Is.EqualTo((1, 1, 0, 0, 0, 0)));
        Assert.That((await coach.CommitAsync(second)).Counts(), Is.EqualTo((1, 0, 0, 0, 1, 0)));
    }

    private async Task<string> RegisterAsync()
    {
        using var nation = app.Nation();
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["participant"]!["massarCode"] = "R130000001";
        return (await TrainingApplication.RegisterAsync(nation, body)).GetProperty("participant").GetString()!;
    }
}
