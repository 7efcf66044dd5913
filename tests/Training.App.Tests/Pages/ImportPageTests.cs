using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Imports;

namespace Training.App.Tests.Pages;

/// <summary>A coach decides rows and takes a list back from the page, without JavaScript.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ImportPageTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Decides_a_row_registers_the_list_and_takes_it_back()
    {
        using var coach = await app.CoachAsync("coach@import-page.example");
        using var machine = await app.SiteAsync("RSB");
        await TrainingApplication.RegisterAsync(machine, Bodies.Yasmine());
        var preview = await machine.PreviewAsync(
            ImportCalls.Heading + "\nYassmine;Alaoui;12/03/2014;F;Hind Alaoui;0661222333;01/10/2026\nAdam;Bennani;01/02/2013;M;Omar Bennani;0661000001;01/10/2026\n");
        var page = $"/imports/{preview.GetProperty("id").GetString()}";
        Assert.That(await coach.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("Yassmine Alaoui").And.Contain("Yasmine El Alaoui"));

        await ThenAsync(coach.SendFormAsync(page, $"{page}?handler=Decide", ("row", "2"), ("decision", "Another")));
        Assert.That(await coach.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Not.Contain("Yassmine Alaoui"));
        await ThenAsync(coach.SendFormAsync(page, page));
        var done = await machine.WhenAsync($"/api{page}", "done");
        Assert.That(done.Counts(), Is.EqualTo((2, 2, 0, 0, 0, 0)));

        await ThenAsync(coach.SendFormAsync(page, $"{page}?handler=Undo"));
        var undone = await machine.WhenAsync($"/api{page}", "undone");
        Assert.That(undone.GetProperty("withdrawn").GetInt32(), Is.EqualTo(2));
        Assert.That(await coach.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("annulé"));
    }

    private static async Task ThenAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), await answer.Content.ReadAsStringAsync());
    }
}
