using System.Text.RegularExpressions;
using Training.App.Tests.Modules.Attendance;

namespace Training.App.Tests.Pages;

/// <summary>The page on which a printed sheet is typed in.</summary>
internal sealed partial class SheetPageTests
{
    private Workshop workshop = null!;
    private HttpClient coach = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 3);
        coach = await workshop.App.CoachAsync("coach@sheet.example");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        coach.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task What_is_typed_is_in_the_roster_and_a_contradiction_overwrites_nothing()
    {
        var session = await workshop.HoldAsync(90, "2026-11-20", "ethics");
        var page = $"/sessions/{session}/sheet";
        var (first, second) = (workshop.Youths[0].Enrollment, workshop.Youths[1].Enrollment);
        var version = (await workshop.RosterAsync(session)).GetProperty("version").GetInt32();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths[0], "late", version));

        using var answer = await coach.SendFormAsync(page, ("Version", $"{version}"), ($"Marks[{first}]", "absent"), ($"Marks[{second}]", "excused"));

        Assert.That(answer.Headers.Location?.OriginalString, Does.StartWith($"{page}?paper=fr-MA&saved=true"));
        var marks = (await workshop.RosterAsync(session)).GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("enrollment").GetString()!, item => item.GetProperty("status").GetString());
        Assert.That((marks[first], marks[second]), Is.EqualTo(("late", "excused")));
        Assert.That(await coach.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("en haut de la liste"), "the page leads to the decision");
    }

    [TestCase("ar-MA")]
    [TestCase("fr-MA")]
    public async Task The_rows_lie_as_on_the_paper_of_either_language(string paper)
    {
        var session = await workshop.HoldAsync(90, "2026-11-19", "ethics");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{session}/roster?lang={paper}");
        var roster = await Workshop.ReadAsync(await workshop.Staff.SendAsync(request));
        var printed = roster.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("enrollment").GetString());

        var html = await coach.GetStringAsync(new Uri($"/sessions/{session}/sheet?paper={paper}", UriKind.Relative));

        Assert.That(Row().Matches(html).Select(row => row.Groups[1].Value), Is.EqualTo(printed));
    }

    [Test]
    public async Task A_closed_session_takes_no_typing_and_another_site_sees_no_page()
    {
        var session = await workshop.HoldAsync(90, "2026-11-18", "ethics");
        await workshop.CloseAsync(session);
        Assert.That(await coach.GetStringAsync(new Uri($"/sessions/{session}/sheet", UriKind.Relative)), Does.Not.Contain("data-sheet "));

        using var gone = await coach.GetAsync(new Uri("/sessions/s-0000000/sheet", UriKind.Relative));
        Assert.That((int)gone.StatusCode, Is.EqualTo(404));
    }

    [GeneratedRegex("""class="paper__row" data-enrollment="([^"]+)""")]
    private static partial Regex Row();
}
