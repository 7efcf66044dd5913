using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The file beside the report, and the figures of the page.</summary>
internal sealed class ReportFilesTests
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
            // Withheld beside the three, so that the larger figures can be shown.
            await world.EnrollAsync(await world.AddGroupAsync("AMF", "C"), 6);
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
        Assert.That(lines[0], Is.EqualTo("Code;Nom;Objectif;Inscrits;Parcours terminés;Attestations;Présences relevées;Présents;Taux de présence (%);Filles;Consentements manquants;En attente;Désinscrits;Séances prévues;Séances tenues;Séances closes;Heures tenues;Retards;Absences excusées;Absents"));
        Assert.That(lines[1], Does.Match("^02;Oriental;[0-9]+;12;0;0;12;10;83,3;12;0;0;0;1;1;1;1,5;0;0;\\*$"));
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

        Assert.That(lines[1], Does.StartWith("RCA;").And.StartWith("RCA;").And.Contains(";;*;0;0;0;0;"));
        Assert.That(lines[^1], Does.StartWith("*;").And.Contains("الأعداد"));
    }

    [Test]
    public async Task Refuses_what_the_report_refuses()
    {
        var answer = await application.Nation().GetAsync(new Uri("/api/reports/attendance.csv?edition=football-2026&by=colour", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Open_data_has_the_same_headings_in_every_language_and_leaves_small_cells_empty()
    {
        var client = application.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        var lines = (await client.GetStringAsync(new Uri("/api/reports/open-data.csv?edition=football-2026&by=region,sex", UriKind.Relative))).TrimEnd().Split("\r\n");

        Assert.That(lines[0], Does.StartWith("region,sex,target,enrolled,completed,").And.EndWith(",suppressed,asOf"));
        Assert.That(lines[1], Does.StartWith("02,female,,12,0,0,12,10,83.3,").And.EndWith(",true,2026-11-23T09:00:00Z"));
        Assert.That(lines.Single(line => line.StartsWith("06,male,", StringComparison.Ordinal)), Does.StartWith("06,male,,,0,0,").And.Contains(",true,"), "three boys are nobody's business");
    }

    [Test]
    public async Task A_workbook_has_numbers_as_numbers_and_no_formula()
    {
        var answer = await application.Nation().GetAsync(new Uri("/api/reports/attendance.xlsx?edition=football-2026&by=group&site=RSB", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync();

        Assert.That(xml, Does.Contain("state=\"frozen\"").And.Contain("<v>12</v>").And.Contain("=HYPERLINK"));
        Assert.That(xml, Does.Not.Contain("<f>"));
    }

    [TestCase("fr")]
    [TestCase("ar")]
    [TestCase("en")]
    public async Task A_printed_report_says_its_age_on_every_page(string language)
    {
        var client = application.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var answer = await client.GetAsync(new Uri("/api/reports/attendance.pdf?edition=football-2026&by=region", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        foreach (var page in pdf.GetPages()) Assert.That(page.Text, Does.Contain("23/11/2026"));
        var words = pdf.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))).ToArray();
        Assert.That(words, Has.Length.GreaterThan(1), "a cover and the figures");
        Assert.That(words[^1], Does.Contain($"{words.Length}"));
    }

    [Test]
    public async Task The_page_gets_regions_a_chart_a_pace_and_the_addresses_of_the_files()
    {
        var page = await PageAsync(new ReportOverview.Request(null));

        Assert.That((page.Edition.Code, page.Report.Completeness.Closed, page.Report.Completeness.Expected, page.Report.Items.Count), Is.EqualTo(("football-2026", 1, 1, 12)));
        Assert.That(page.Bars.Max(bar => bar.TargetShare), Is.EqualTo(1.0));
        Assert.That(page.Bars.Single(bar => bar.Key == "12").EnrolledShare, Is.Zero);
        Assert.That(page.Bars.Single(bar => bar.Key == "06").EnrolledShare, Is.Null, "three boys are too few for a bar");
        Assert.That(page.Pace!.Due, Is.InRange(1, 199_999));
        Assert.That(page.Months.Select(month => month.Key), Is.EqualTo(new[] { "2026-10" }));
        Assert.That(page.FileAddress("csv"), Is.EqualTo("/api/reports/attendance.csv?edition=football-2026&by=region"));
    }

    [Test]
    public async Task The_page_drills_down_to_the_sites_of_a_region_and_the_groups_of_a_site()
    {
        var region = await PageAsync(new ReportOverview.Request("football-2026", "02"));
        var site = await PageAsync(new ReportOverview.Request("football-2026", "02", "RSB"));
        var group = await PageAsync(new ReportOverview.Request("football-2026", "02", "RSB", site.Report.Items[0].Key));

        Assert.That(region.Report.Items.Select(row => row.Key), Is.EqualTo(new[] { "RSB" }));
        Assert.That((region.Bars[0].Enrolled, region.Bars[0].EnrolledShare), Is.EqualTo((12, 1.0)));
        Assert.That(region.FileAddress("xlsx"), Does.EndWith("region=02&by=site"));
        Assert.That((site.By, site.Site!.Code, site.Report.Items.Count), Is.EqualTo((ReportDimension.Group, "RSB", 1)));
        Assert.That((group.By, group.Region!.Code, group.Report.Items.Single().Key), Is.EqualTo((ReportDimension.Month, "02", "2026-10")));
    }

    private Task<ReportOverview.Response> PageAsync(ReportOverview.Request request) => application.InsideAsync(async services =>
        (await services.GetRequiredService<ReportOverview.Handler>().HandleAsync(request, CancellationToken.None)).Value);

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
