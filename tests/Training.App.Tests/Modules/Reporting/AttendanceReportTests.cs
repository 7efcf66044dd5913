using System.Text.Json;
using Training.App.Platform.Http;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using static Training.App.Tests.Modules.Reporting.ReportQuestions;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>What <c>GET /api/reports/attendance</c> answers, to whom.</summary>
internal sealed class AttendanceReportTests
{
    private TrainingApplication application = null!;
    private Group berkane = null!;

    /// <summary>
    /// RSB (region 02): 10 girls of 12 years and 6 boys of 9, one session in October (closed, 8 + 2 late of 12) and one still open
    /// that is past. RCA (region 06): 7 girls, a closed session in November. WAC (region 06): 3 boys, marked once.
    /// </summary>
    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            berkane = await world.AddGroupAsync("RSB", "Groupe A");
            var girls = await world.EnrollAsync(berkane, 10);
            var boys = await world.EnrollAsync(berkane, 6, Sex.Male, 2017);
            await world.EnrollAsync(berkane, 5, status: EnrollmentStatus.Waitlisted);
            var october = await world.AddSessionAsync(berkane, new DateOnly(2026, 10, 6), "ethics", "data");
            await world.MarkAsync(october.Id,
            [
                .. girls.Take(8).Select(row => (row.Id, AttendanceStatus.Present)), .. boys.Take(2).Select(row => (row.Id, AttendanceStatus.Late)),
                (girls[8].Id, AttendanceStatus.Excused), (girls[9].Id, AttendanceStatus.Absent),
            ]);
            await world.CloseAsync(october.Id);
            await world.AddSessionAsync(berkane, new DateOnly(2026, 11, 10), "ethics");
            await world.AddSessionAsync(berkane, new DateOnly(2026, 12, 10), "ethics");
            foreach (var girl in girls.Take(6)) await world.CertifyAsync(girl);

            var raja = await world.AddGroupAsync("RCA", "Groupe A");
            var others = await world.EnrollAsync(raja, 7);
            var november = await world.AddSessionAsync(raja, new DateOnly(2026, 11, 3), "ethics");
            await world.MarkAsync(november.Id, [.. others.Select(row => (row.Id, AttendanceStatus.Present))]);
            await world.CloseAsync(november.Id);

            var wydad = await world.AddGroupAsync("WAC", "Groupe A");
            var few = await world.EnrollAsync(wydad, 3, Sex.Male);
            var single = await world.AddSessionAsync(wydad, new DateOnly(2026, 11, 4));
            await world.MarkAsync(single.Id, [.. few.Select(row => (row.Id, AttendanceStatus.Absent))]);
            await world.DeliverAllAsync();
            return 0;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await application.DisposeAsync();

    [Test]
    public async Task Tells_each_region_with_target_enrollment_attendance_and_the_state_of_the_books()
    {
        var report = await ReadAsync(application.Nation(), "by=region");

        var region = Row(report, "02");
        Assert.That(report.GetProperty("items").GetArrayLength(), Is.EqualTo(12));
        Assert.That(region.Text("label"), Is.EqualTo("Oriental"));
        Assert.That(Numbers(region, "enrolled", "completed", "certificates", "marked", "present"), Is.EqualTo(new int?[] { 16, 6, 6, 12, 10 }));
        Assert.That(region.GetProperty("rate").GetDouble(), Is.EqualTo(0.8333).Within(0.00001));
        Assert.That(region.GetProperty("target").GetInt32(), Is.GreaterThan(1_000));
        Assert.That(report.GetProperty("items").EnumerateArray().Sum(row => row.GetProperty("target").GetInt32()), Is.EqualTo(200_000));
        Assert.That(report.GetProperty("total").GetProperty("target").GetInt32(), Is.EqualTo(200_000));
        // Two closed; open and past: Berkane's of November and Casablanca's of 4 November. December has not come yet.
        Assert.That(Numbers(report.GetProperty("completeness"), "closed", "expected"), Is.EqualTo(new int?[] { 2, 4 }));
        Assert.That(report.GetProperty("asOf").GetDateTimeOffset(), Is.EqualTo(TrainingApplication.Start));
    }

    [Test]
    public async Task A_region_without_anybody_stands_there_with_zeros()
    {
        var region = Row(await ReadAsync(application.Nation(), ""), "12");

        Assert.That(Numbers(region, "enrolled", "completed", "certificates", "marked", "present"), Is.EqualTo(new int?[] { 0, 0, 0, 0, 0 }));
        Assert.That(region.GetProperty("rate").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(region.GetProperty("suppressed").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Withholds_the_small_site_and_its_neighbour_so_that_the_total_gives_neither_away()
    {
        var report = await ReadAsync(application.Nation(), "by=site&region=06");

        foreach (var code in new[] { "WAC", "RCA" })
        {
            var site = Row(report, code);
            Assert.That(site.GetProperty("suppressed").GetBoolean(), code);
            Assert.That(Numbers(site, "enrolled", "marked"), Is.EqualTo(new int?[] { null, null }), code);
        }
        Assert.That(Numbers(report.GetProperty("total"), "enrolled", "marked"), Is.EqualTo(new int?[] { 10, 10 }));
    }

    [TestCase("by=sex&site=RSB", "female", 10, 10)]
    [TestCase("by=ageBand&site=RSB", "11-13", 10, 10)]
    [TestCase("by=group&site=RSB", null, 16, 12)]
    [TestCase("by=province&region=02", "02.113", 16, 12)]
    [TestCase("by=league", "LR-ORI", 16, 12)]
    [TestCase("by=site&sex=female&ageBand=11-13", "RSB", 10, 10)]
    public async Task Splits_by_place_and_by_who_the_youths_are(string query, string? key, int enrolled, int marked)
    {
        var row = Row(await ReadAsync(application.Nation(), query), key ?? OpaqueId.Group(berkane.Id));

        // The two boys' marks are few, so the girls' are withheld with them; enrollments are not.
        var hidden = query.StartsWith("by=sex", StringComparison.Ordinal) || query.StartsWith("by=ageBand", StringComparison.Ordinal);
        Assert.That(Numbers(row, "enrolled", "marked"), Is.EqualTo(new int?[] { enrolled, hidden ? null : marked }));
    }

    [Test]
    public async Task Months_and_modules_have_attendance_but_no_enrollments()
    {
        var month = Row(await ReadAsync(application.Nation(), "by=month&site=RSB"), "2026-10");
        var report = await ReadAsync(application.Nation(), "by=module&site=RSB");

        Assert.That(Numbers(month, "enrolled", "target", "marked", "present"), Is.EqualTo(new int?[] { null, null, 12, 10 }));
        Assert.That(Numbers(Row(report, "ethics"), "enrolled", "marked"), Is.EqualTo(new int?[] { null, 12 }));
        Assert.That(Numbers(report.GetProperty("total"), "marked"), Is.EqualTo(new int?[] { 12 }), "a session of two modules counts once in the total");
    }

    [Test]
    public async Task A_filter_of_a_module_narrows_the_books_too()
    {
        var report = await ReadAsync(application.Nation(), "by=site&module=data");

        Assert.That(Numbers(report.GetProperty("completeness"), "closed", "expected"), Is.EqualTo(new int?[] { 1, 1 }));
    }

    [Test]
    public async Task Labels_speak_the_language_of_the_caller()
    {
        Assert.That(Row(await ReadAsync(Speaking("ar"), "by=month&site=RSB"), "2026-10").Text("label"), Is.EqualTo("أكتوبر 2026"));
        Assert.That(Row(await ReadAsync(Speaking("ar"), "by=region"), "02").Text("label"), Is.EqualTo("الشرق"));
        Assert.That(Row(await ReadAsync(Speaking("fr"), "by=sex&site=RSB"), "female").Text("label"), Is.EqualTo("Filles"));
        Assert.That(Row(await ReadAsync(Speaking("fr"), "by=ageBand&site=RSB"), "8-10").Text("label"), Is.EqualTo("8 à 10 ans"));
    }

    [Test]
    public async Task A_region_sees_its_own_rows_and_target_only()
    {
        var report = await ReadAsync(await application.RegionAsync("02"), "by=region");

        Assert.That(Keys(report), Is.EqualTo(new[] { "02" }));
        Assert.That(report.GetProperty("total").GetProperty("target").GetInt32(), Is.EqualTo(Row(report, "02").GetProperty("target").GetInt32()));
        Assert.That(Numbers(report.GetProperty("completeness"), "closed", "expected"), Is.EqualTo(new int?[] { 1, 2 }));
    }

    [Test]
    public async Task A_site_sees_itself_and_no_target_in_the_row_of_its_region()
    {
        var client = await application.SiteAsync("RCA");
        var report = await ReadAsync(client, "by=region");

        Assert.That(Keys(report), Is.EqualTo(new[] { "06" }));
        Assert.That(Numbers(Row(report, "06"), "target", "enrolled", "marked"), Is.EqualTo(new int?[] { null, 7, 7 }));
        Assert.That(Keys(await ReadAsync(client, "by=site")), Is.EqualTo(new[] { "RCA" }));
        Assert.That((await ReadAsync(client, "by=group")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That(Keys(await ReadAsync(client, "by=month")), Is.EqualTo(new[] { "2026-11" }));
    }

    [TestCase("site=RSB", "siteNotFound")]
    [TestCase("region=02", "reportOutsidePerimeter")]
    [TestCase("province=02.113", "reportOutsidePerimeter")]
    [TestCase("site=WAC", "siteNotFound")]
    [TestCase("group=", "groupNotFound")]
    public async Task Another_ones_figures_are_not_there(string filter, string code)
    {
        if (filter == "group=") filter += OpaqueId.Group(berkane.Id);
        var answer = await (await application.SiteAsync("RCA")).GetAsync(Address($"by=month&{filter}"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await answer.CodeAsync(), Is.EqualTo(code));
    }

    [Test]
    public async Task The_tag_of_one_scope_opens_nothing_for_another()
    {
        var (nation, region) = (await application.Nation().GetAsync(Address("by=region")), await application.RegionAsync("06"));
        var own = await region.GetAsync(Address("by=region"));
        region.DefaultRequestHeaders.IfNoneMatch.Add(nation.Headers.ETag!);
        var asked = await region.GetAsync(Address("by=region"));

        Assert.That(own.Headers.ETag, Is.Not.EqualTo(nation.Headers.ETag));
        Assert.That((int)asked.StatusCode, Is.EqualTo(200));
        Assert.That(asked.Headers.CacheControl!.Private, Is.True);
        Assert.That(asked.Headers.Vary, Is.SupersetOf(new[] { "Authorization", "Cookie", "Accept-Language" }));
    }

    [TestCase("by=region,month", "02/2026-10", 12)]
    [TestCase("by=month,region", "2026-10/02", 12)]
    [TestCase("by=site,module&site=RSB", "RSB/ethics", 12)]
    [TestCase("by=league,setting", "LR-ORI/unknown", 12)]
    [TestCase("by=track,edition", "football/football-2026", 22)]
    public async Task Splits_by_any_two_dimensions(string query, string key, int marked)
    {
        var row = Row(await ReadAsync(application.Nation(), query), key);

        Assert.That(Numbers(row, "marked"), Is.EqualTo(new int?[] { marked }));
        Assert.That(row.GetProperty("keys").EnumerateObject().Select(entry => entry.Name), Is.EqualTo(query.Split('&')[0][3..].Split(',')));
        Assert.That(row.GetProperty("sessions").GetProperty("held").GetInt32(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Groups_and_modules_are_split_by_who_the_youths_are_too()
    {
        var groups = await ReadAsync(application.Nation(), "by=group,ageBand&site=RSB");
        var modules = await ReadAsync(application.Nation(), "by=module,category&site=RCA");

        Assert.That(Numbers(Row(groups, $"{OpaqueId.Group(berkane.Id)}/11-13"), "enrolled", "marked"), Is.EqualTo(new int?[] { 10, null }), "two boys of nine were marked");
        Assert.That(Row(groups, $"{OpaqueId.Group(berkane.Id)}/11-13").GetProperty("sessions").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Keys(modules), Is.EqualTo(new[] { "ethics/U13" }));
    }

    [Test]
    public async Task Tells_who_waits_whose_consent_is_missing_and_how_many_are_girls()
    {
        var site = Row(await ReadAsync(await application.RegionAsync("02"), "by=site"), "RSB");

        Assert.That(Numbers(site, "enrolled", "active", "consentsMissing", "waiting", "withdrawn", "girls"), Is.EqualTo(new int?[] { 16, 16, 0, 5, 0, 10 }));
        Assert.That(site.GetProperty("girlsShare").GetDouble(), Is.EqualTo(0.625));
        var sessions = site.GetProperty("sessions");
        Assert.That(Numbers(sessions, "planned", "held", "closed"), Is.EqualTo(new int?[] { 3, 1, 1 }));
        Assert.That(sessions.GetProperty("hours").GetDouble(), Is.EqualTo(1.5));
        // Two late, one excused, one absent: too few to be told apart.
        Assert.That(Numbers(site.GetProperty("marks"), "present", "late", "excused", "absent"), Is.EqualTo(new int?[] { null, null, null, null }));
    }

    [TestCase("by=month&site=RCA")]
    [TestCase("by=site&site=RCA")]
    [TestCase("by=sex&site=RCA")]
    public async Task A_filter_shows_no_more_than_the_split_does(string query)
    {
        var report = await ReadAsync(application.Nation(), query);

        Assert.That(report.GetProperty("total").GetProperty("marked").ValueKind, Is.EqualTo(JsonValueKind.Null), "the region's ten less these seven would be the three of WAC");
        Assert.That(report.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("marked")).Where(marked => marked.ValueKind == JsonValueKind.Number && marked.GetInt32() > 0), Is.Empty);
    }

    [Test]
    public async Task A_long_answer_comes_in_parts_and_the_cursor_belongs_to_its_question()
    {
        var client = application.Nation();
        var first = await ReadAsync(client, "by=region&limit=5");
        var second = await ReadAsync(client, $"by=region&limit=9&cursor={first.Text("next")}");
        var foreign = await client.GetAsync(Address($"by=province&cursor={first.Text("next")}"));

        Assert.That(Keys(first), Is.EqualTo(new[] { "01", "02", "03", "04", "05" }));
        Assert.That(Keys(second), Is.EqualTo(new[] { "06", "07", "08", "09", "10", "11", "12" }));
        Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(second.GetProperty("total").GetProperty("target").GetInt32(), Is.EqualTo(200_000), "each part tells the whole");
        Assert.That((int)foreign.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task An_unchanged_answer_is_not_sent_again_and_never_to_somebody_elses_question()
    {
        var client = application.Nation();
        var tag = (await client.GetAsync(Address("by=region"))).Headers.ETag!;
        client.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        var site = await application.SiteAsync("RCA");
        site.DefaultRequestHeaders.IfNoneMatch.Add(tag);

        Assert.That((int)(await client.GetAsync(Address("by=region"))).StatusCode, Is.EqualTo(304));
        Assert.That((int)(await client.GetAsync(Address("by=province"))).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await site.GetAsync(Address("by=region"))).StatusCode, Is.EqualTo(200));
    }

    private HttpClient Speaking(string language)
    {
        var client = application.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    private static JsonElement Row(JsonElement report, string key) =>
        report.GetProperty("items").EnumerateArray().Single(row => row.Text("key") == key);

    private static string?[] Keys(JsonElement report) => [.. report.GetProperty("items").EnumerateArray().Select(row => row.Text("key"))];

    private static int?[] Numbers(JsonElement row, params string[] names) =>
        [.. names.Select(name => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : (int?)null)];
}
