using System.Net;
using System.Net.Http.Json;
using Training.App.Tests.Modules.Directory;
using Training.App.Tests.Modules.Enrollments.Lifecycle;

namespace Training.App.Tests.Pages;

/// <summary>The page on which a site takes its children over to the edition that follows.</summary>
internal sealed class RollOverPageTests
{
    [Test]
    public async Task Who_cannot_go_on_stands_there_with_the_reason_while_the_others_go()
    {
        await using var app = new TrainingApplication();
        using var nation = app.Nation();
        (await nation.PostAsJsonAsync("/api/editions", NextEditions.Football())).EnsureSuccessStatusCode();
        var club = await Club.OpenAsync(app, "RSB", capacity: 5);
        var (goes, stays) = (await club.RegisterAsync(), await club.RegisterAsync());
        using var coach = await app.CoachAsync("coach@rollover.example");

        using var answer = await coach.SendFormAsync(
            $"/rollover/RSB?group={club.Group}", ("Group", club.Group), ("Take", goes.Enrollment), ("Take", stays.Enrollment),
            ("Signed", stays.Enrollment), ("SignedOn", "2026-11-20"), ($"Guardian[{stays.Enrollment}]", "4"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200), "the reason is shown where the child stands");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(page, Does.Contain("1 enfant repris").And.Contain("1 enfant n’a pas pu être repris").And.Contain("Il n’y a pas de tuteur de ce numéro."));
        Assert.That(page, Does.Not.Contain($"name=\"Take\" value=\"{goes.Enrollment}\""), "and who went on is not asked again");
        Assert.That(page, Does.Contain($"name=\"Take\" value=\"{stays.Enrollment}\""));
        Assert.That(await coach.GetStringAsync(new Uri("/rollover/RSB", UriKind.Relative)), Does.Not.Contain("enfant repris"), "said once");
    }
}
