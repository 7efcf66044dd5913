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

    [Test]
    public async Task Shows_the_first_rows_of_each_kind_and_leads_to_the_others()
    {
        using var coach = await app.CoachAsync("coach@import-rows.example");
        using var machine = await app.SiteAsync("RSB");
        await machine.CommitAsync(await machine.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(24)}"));
        var alike = ImportCalls.Rows(24).Replace(";06", ";07", StringComparison.Ordinal);
        var preview = await machine.PreviewAsync($"{ImportCalls.Heading}\n{alike}{ImportCalls.Rows(7, 30)}Sami;;01/02/2013;M;Omar;0661000002;\n");
        var page = $"/imports/{preview.GetProperty("id").GetString()}";

        var html = await coach.GetStringAsync(new Uri(page, UriKind.Relative));
        Assert.That(html, Does.Contain("Nouveaux enfants").And.Contain($"{page}/rows/new").And.Contain("ligne refusée<").And.Contain("Sami"));
        var refused = html[html.IndexOf("Lignes refusées</h2>", StringComparison.Ordinal)..];
        Assert.That(refused[..refused.IndexOf("</table>", StringComparison.Ordinal)].Split("<tr>"), Has.Length.EqualTo(3), "a heading and one row: those to decide do not stand there again");
        var all = await coach.GetStringAsync(new Uri($"{page}/rows/new", UriKind.Relative));
        Assert.That(all.Split("<tr>").Length - 2, Is.EqualTo(7));

        // Twenty at once, and the four others stand there in their place.
        var numbers = Enumerable.Range(2, 20).Select(row => ("known", row.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await ThenAsync(coach.SendFormAsync(page, $"{page}?handler=DecideAll", [.. numbers, ("decision", "Another")]));
        var rest = await coach.GetStringAsync(new Uri(page, UriKind.Relative));
        Assert.That(rest, Does.Contain("id=\"row-22\"").And.Contain("id=\"row-25\"").And.Not.Contain("id=\"row-21\"").And.Contain("Revoir les 20 lignes"));
        await ThenAsync(coach.SendFormAsync($"{page}/rows/possibleDuplicate", $"{page}/rows/possibleDuplicate?handler=Decide", ("row", "2"), ("decision", "Same")));
        var counted = await machine.JsonAsync($"/api{page}");
        Assert.That((counted.Counts(), counted.GetProperty("decided").GetInt32()), Is.EqualTo(((32, 26, 0, 1, 4, 1), 20)));
    }

    [Test]
    public async Task A_list_is_dropped_from_its_page_and_stands_among_all_lists()
    {
        using var coach = await app.CoachAsync("coach@import-drop.example");
        using var machine = await app.SiteAsync("RSB");
        var preview = await machine.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1)}");
        var page = $"/imports/{preview.GetProperty("id").GetString()}";

        await ThenAsync(coach.SendFormAsync(page, $"{page}?handler=Undo"));

        Assert.That(await coach.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("abandonnée"));
        Assert.That(await coach.GetStringAsync(new Uri("/imports", UriKind.Relative)), Does.Contain($"href=\"{page}\"").And.Contain("Abandonnée"));
    }

    [Test]
    public async Task The_way_to_take_a_list_back_ends_with_its_term()
    {
        using var coach = await app.CoachAsync("coach@import-term.example");
        using var machine = await app.SiteAsync("RSB");
        var done = await machine.CommitAsync(await machine.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1)}"));
        var page = new Uri($"/imports/{done.GetProperty("id").GetString()}", UriKind.Relative);
        Assert.That(await coach.GetStringAsync(page), Does.Contain("handler=Undo"));

        app.Time.Advance(TimeSpan.FromDays(15));
        using var again = await app.CoachAsync("coach2@import-term.example");

        Assert.That(await again.GetStringAsync(page), Does.Not.Contain("handler=Undo"));
    }

    private static async Task ThenAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), await answer.Content.ReadAsStringAsync());
    }
}
