using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The file beside the report, and the figures of the page.</summary>
internal sealed class AttendanceCsvTests
{
    private TrainingApplication application = null!;

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "=HYPERLINK(\"x\");A");
            var girls = await world.EnrollAsync(group, 12);
            var session = await world.AddSessionAsync(group, new DateOnly(2026, 10, 6), "ethics");
            await world.MarkAsync(session.Id, [.. girls.Select((row, i) => (row.Id, i < 10 ? AttendanceStatus.Present : AttendanceStatus.Absent))]);
            await world.CloseAsync(session.Id);
            await world.EnrollAsync(await world.AddGroupAsync("RCA", "B"), 3, Sex.Male);
            await world.DeliverAllAsync();
            return 0;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await application.DisposeAsync();

    [Test]
    public async Task Opens_in_a_French_spreadsheet_with_headings_age_and_completeness()
    {
        var (bytes, lines) = await ReadAsync("by=region&region=02", "fr");

        Assert.That(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.That(lines[0], Is.EqualTo("Code;Nom;Objectif;Inscrits;Parcours terminés;Attestations;Présences relevées;Présents;Taux de présence (%)"));
        Assert.That(lines[1], Does.Match("^02;Oriental;[0-9]+;12;0;0;12;10;83,3$"));
        Assert.That(lines[2], Does.StartWith("total;Total;"));
        Assert.That(lines[4], Is.EqualTo("Situation au;23/11/2026 10:00"));
        Assert.That(lines[5], Is.EqualTo("Séances clôturées / attendues;1;1"));
    }

    [Test]
    public async Task A_group_name_cannot_run_as_a_formula_nor_break_the_columns()
    {
        var (_, lines) = await ReadAsync("by=group&site=RSB", "fr");

        Assert.That(lines[1], Does.Contain(";\"'=HYPERLINK(\"\"x\"\");A\";"));
    }

    [Test]
    public async Task Withheld_figures_are_a_star_that_the_file_explains()
    {
        var (_, lines) = await ReadAsync("by=site&region=06", "ar");

        Assert.That(lines[1], Does.StartWith("RCA;").And.EndWith(";;*;0;0;0;0;"));
        Assert.That(lines[^1], Does.StartWith("*;").And.Contains("الأعداد"));
    }

    [Test]
    public async Task Refuses_what_the_report_refuses()
    {
        var answer = await application.Nation().GetAsync(new Uri("/api/reports/attendance.csv?edition=football-2026&by=colour", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task The_page_gets_regions_a_chart_and_the_address_of_the_file()
    {
        var page = await PageAsync(new NationalReport.Request(null, null));

        Assert.That((page.Edition, page.Closed, page.Expected, page.Rows.Count), Is.EqualTo(("football-2026", 1, 1, 12)));
        Assert.That(page.Bars.Max(bar => bar.TargetShare), Is.EqualTo(1.0));
        Assert.That(page.Bars.Single(bar => bar.Key == "12").EnrolledShare, Is.Zero);
        Assert.That(page.Bars.Single(bar => bar.Key == "06").EnrolledShare, Is.Null, "three boys are too few for a bar");
        Assert.That(page.CsvAddress, Is.EqualTo("/api/reports/attendance.csv?edition=football-2026&by=region"));
    }

    [Test]
    public async Task The_page_drills_down_to_the_sites_of_a_region()
    {
        var page = await PageAsync(new NationalReport.Request("football-2026", "02"));

        Assert.That(page.Rows.Select(row => row.Key), Is.EqualTo(new[] { "RSB" }));
        Assert.That((page.Bars[0].Enrolled, page.Bars[0].EnrolledShare), Is.EqualTo((12, 1.0)));
        Assert.That(page.Region!.Code, Is.EqualTo("02"));
        Assert.That(page.CsvAddress, Does.EndWith("&by=site&region=02"));
    }

    private Task<NationalReport.Response> PageAsync(NationalReport.Request request) => application.InsideAsync(async services =>
        (await services.GetRequiredService<NationalReport.Handler>().HandleAsync(request, CancellationToken.None)).Value);

    private async Task<(byte[] Bytes, string[] Lines)> ReadAsync(string query, string language)
    {
        var client = application.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var answer = await client.GetAsync(new Uri($"/api/reports/attendance.csv?edition=football-2026&{query}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (bytes, Encoding.UTF8.GetString(bytes)[1..].TrimEnd().Split("\r\n"));
    }
}
