using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Lifecycle;
using Training.Pdf.Tests;
using UglyToad.PdfPig;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>A tournament of one region from the opening to the door. Today is its first day.</summary>
internal sealed class TournamentTests
{
    private const string Today = "2026-11-23";

    private TrainingApplication app = null!;
    private HttpClient region = null!;
    private HttpClient host = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        app = new TrainingApplication();
        region = await app.RegionAsync("02");
        host = await app.SiteAsync("RSB");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        region.Dispose();
        host.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Every_fault_of_a_tournament_is_told_and_a_club_opens_none()
    {
        using var faulty = await region.PostAsJsonAsync("/api/tournaments", new
        {
            edition = "football-2026", host = "RSB", startsOn = "2026-11-23", endsOn = "2026-12-01", start = "25:00", minutes = 5,
            categories = new[] { "U13", "U12", "u13" }, capacity = 0, squadSize = 99, modules = new[] { "nothing" },
        });
        Assert.That(faulty.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var errors = (await faulty.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name);
        Assert.That(errors, Is.EquivalentTo(new[] { "name", "endsOn", "start", "minutes", "categories[1]", "categories[2]", "capacity", "squadSize", "modules[0]" }));

        using var club = await host.PostAsJsonAsync("/api/tournaments", new { edition = "football-2026", host = "RSB" });
        using var foreign = await (await app.RegionAsync("04")).PostAsJsonAsync("/api/tournaments", new { edition = "football-2026", host = "RSB" });
        Assert.That((club.StatusCode, foreign.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task A_squad_is_drawn_in_one_tap_and_each_player_is_told_what_is_missing_until_nothing_is()
    {
        var tournament = await OpenAsync("U13");
        var (fits, young, old) = (await RegisterAsync(1, "2014-06-01"), await RegisterAsync(2, "2016-02-01"), await RegisterAsync(3, "2012-02-01"));
        var squad = await DrawAsync(tournament);
        Assert.That((await PlayersAsync(tournament, squad)).Select(player => player.Text("enrollment")), Does.Contain(fits.Enrollment).And.Not.Contain(young.Enrollment).And.Not.Contain(old.Enrollment));
        Assert.That(await UnmetAsync(tournament, squad, fits), Is.EqualTo(new[] { "medicalMissing" }));

        await MedicalAsync(fits, "2026-11-23");
        Assert.That(await UnmetAsync(tournament, squad, fits), Is.EqualTo(new[] { "medicalExpires" }), "valid today, not on the last day");
        await MedicalAsync(fits, "2026-11-24");
        Assert.That(await UnmetAsync(tournament, squad, fits), Is.Empty);

        var all = (await PlayersAsync(tournament, squad)).Select(player => player.Text("enrollment")!).Append(young.Enrollment).ToArray();
        using var late = await host.PutAsJsonAsync($"/api/tournaments/{tournament}/squads/{squad}/players", new { players = all });
        Assert.That(await late.CodeAsync(), Is.EqualTo("squadsClosed"), "the day has begun");
        using var added = await region.PutAsJsonAsync($"/api/tournaments/{tournament}/squads/{squad}/players", new { players = all });
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.OK), await added.Content.ReadAsStringAsync());
        await MedicalAsync(young, "2027-01-31");
        Assert.That(await UnmetAsync(tournament, squad, young), Is.EqualTo(new[] { "tooYoung" }));

        var address = $"/api/tournaments/{tournament}/squads/{squad}/players/{young.Enrollment}/exception";
        using var club = await host.PostAsJsonAsync(address, new { reason = "Plays up all season" });
        using var wordless = await region.PostAsJsonAsync(address, new { reason = " " });
        using var granted = await region.PostAsJsonAsync(address, new { reason = "Plays up all season" });
        using var twice = await region.PostAsJsonAsync(address, new { reason = "Plays up all season" });
        Assert.That((club.StatusCode, wordless.StatusCode, granted.StatusCode, twice.StatusCode),
            Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Conflict)));
        Assert.That(await UnmetAsync(tournament, squad, young), Is.Empty);
    }

    [Test]
    public async Task A_host_marks_the_squad_of_another_club_and_a_third_club_sees_nothing_of_it()
    {
        var child = await RegisterAsync(20, "2012-06-01", "MCO");
        var tournament = await OpenAsync("U15");
        var squad = await DrawAsync(tournament, "MCO", "U15");
        using var third = await app.SiteAsync("USMO");

        using var strange = await third.PostAsJsonAsync($"/api/tournaments/{tournament}/check-in", new { code = child.Participant });
        using var door = await host.PostAsJsonAsync($"/api/tournaments/{tournament}/check-in", new { code = child.Participant });

        Assert.That(await strange.CodeAsync(), Is.EqualTo("codeNotInTournament"));
        Assert.That(door.StatusCode, Is.EqualTo(HttpStatusCode.OK), await door.Content.ReadAsStringAsync());
        var answer = await door.JsonAsync();
        Assert.That((answer.Text("site"), answer.Text("squad"), answer.GetProperty("player").GetProperty("cleared").GetBoolean()),
            Is.EqualTo(("MCO", squad, false)), "present, and told that it may not play");
        var session = answer.Text("session");
        Assert.That((int)(await third.GetAsync(new Uri($"/api/sessions/{session}/roster", UriKind.Relative))).StatusCode, Is.EqualTo(404));
        using var foreign = await third.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks = new[] { Workshop.Mark(child) } });
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var roster = await host.ItemsAsync($"/api/sessions/{session}/roster");
        Assert.That(roster.Single().Text("status"), Is.EqualTo("present"));
        Assert.That(await host.ItemsAsync($"/api/sessions?from={Today}&to={Today}"), Has.None.Matches<JsonElement>(row => row.Text("site") == "MCO"));

        foreach (var address in (string[])[$"/api/tournaments/{tournament}/squads/{squad}/sheet?lang=ar-MA", $"/api/tournaments/{tournament}/participants?lang=fr-MA"])
        {
            var sheet = await host.GetByteArrayAsync(new Uri(address, UriKind.Relative));
            PdfTools.CheckSyntax(sheet);
            using var document = PdfDocument.Open(sheet);
            Assert.That(document.GetPage(1).Text, Does.Contain("U15"), address);
        }

        using var moved = await region.PostAsJsonAsync($"/api/sessions/{session}/cancel", new { reason = "Rain" });
        using var emptied = await region.PutAsJsonAsync($"/api/tournaments/{tournament}/squads/{squad}/players", new { players = Array.Empty<string>() });
        Assert.That((await moved.CodeAsync(), await emptied.CodeAsync()), Is.EqualTo(("tournamentDay", "playerHasMarks")));

        using var closed = await host.PostAsJsonAsync($"/api/sessions/{session}/close", new { });
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var completion = await (await region.GetAsync(new Uri($"/api/enrollments/{child.Enrollment}/completion", UriKind.Relative))).JsonAsync();
        Assert.That(completion.GetProperty("attendedMinutes").GetInt32(), Is.EqualTo(240), "a day of the tournament counts");
    }

    [Test]
    public async Task Eight_hundred_players_are_checked_in_from_six_phones_at_once_without_a_lost_or_doubled_mark()
    {
        const int phones = 6;
        (string Category, string Born)[] ages = [("U9", "2018-04-01"), ("U21", "2007-10-01"), ("U17", "2010-04-01"), ("U19", "2008-09-15")];
        string[] sites = ["MCO", "USMO", "HN", "CRB", "RSB"];
        var tournament = await OpenAsync([.. ages.Select(age => age.Category)]);
        var codes = new string[800];
        await Parallel.ForEachAsync(Enumerable.Range(0, codes.Length), new ParallelOptions { MaxDegreeOfParallelism = phones }, async (number, token) =>
        {
            var (site, age) = (sites[number % 5], ages[number / 5 % 4]);
            codes[number] = (await RegisterAsync(number, age.Born, site)).Participant;
        });
        foreach (var site in sites)
            foreach (var (category, _) in ages) await DrawAsync(tournament, site, category);

        // Every player once; every tenth also at the next phone, and every third sent twice, as on a weak network.
        var scans = codes.SelectMany((code, i) => Enumerable.Repeat((Phone: i % phones, Code: code, Mark: Guid.NewGuid()), i % 3 == 0 ? 2 : 1)
            .Concat(i % 10 == 0 ? [(Phone: (i + 1) % phones, Code: code, Mark: Guid.NewGuid())] : [])).ToLookup(scan => scan.Phone);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, phones).Select(async phone =>
        {
            using var staff = phone % 2 == 0 ? await app.SiteAsync("RSB") : await app.RegionAsync("02");
            foreach (var (_, code, markId) in scans[phone])
            {
                using var answer = await staff.PostAsJsonAsync($"/api/tournaments/{tournament}/check-in", new { code, markId });
                var taken = answer.IsSuccessStatusCode ? (await answer.JsonAsync()).GetProperty("attendance").GetProperty("accepted").GetArrayLength() : 0;
                if (taken != 1) Interlocked.Increment(ref refused);
            }
        }));

        var squads = (await (await region.GetAsync(new Uri($"/api/tournaments/{tournament}", UriKind.Relative))).JsonAsync()).GetProperty("squads").EnumerateArray().ToArray();
        var days = squads.Select(squad => squad.GetProperty("days")[0]).ToArray();
        Assert.That(
            (refused, squads.Length, days.Sum(day => day.GetProperty("marked").GetInt32()), days.Sum(day => day.GetProperty("present").GetInt32())),
            Is.EqualTo((0, 20, codes.Length, codes.Length)));
    }

    [Test]
    public async Task A_squads_day_is_called_by_its_club_since_the_door_sees_several_of_a_category()
    {
        await RegisterAsync(40, "2012-09-01", "HN");
        var tournament = await OpenAsync("U15");
        var squad = await DrawAsync(tournament, "HN", "U15");
        using var seen = await region.GetAsync(new Uri($"/api/tournaments/{tournament}", UriKind.Relative));
        var session = (await seen.JsonAsync()).GetProperty("squads")[0].GetProperty("days")[0].Text("session");

        using var roster = await host.GetAsync(new Uri($"/api/sessions/{session}/roster?lang=fr-MA", UriKind.Relative));

        Assert.That((await roster.JsonAsync()).Text("groupName"), Is.EqualTo("U15 · Hilal Nador · Tournoi de l’Oriental"));
    }

    [Test]
    public async Task A_tournament_is_called_off_with_a_reason_and_the_days_that_took_place_stay()
    {
        var child = await RegisterAsync(50, "2012-10-01", "USMO");
        var tournament = await OpenAsync("U15");
        await DrawAsync(tournament, "USMO", "U15");
        using var door = await host.PostAsJsonAsync($"/api/tournaments/{tournament}/check-in", new { code = child.Participant });
        Assert.That(door.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var address = $"/api/tournaments/{tournament}/cancel";

        using var club = await host.PostAsJsonAsync(address, new { reason = "Rain" });
        using var wordless = await region.PostAsJsonAsync(address, new { reason = " " });
        using var foreign = await (await app.RegionAsync("04")).PostAsJsonAsync(address, new { reason = "Rain" });
        using var done = await region.PostAsJsonAsync(address, new { reason = "Rain" });
        using var twice = await region.PostAsJsonAsync(address, new { reason = "Rain" });

        Assert.That((club.StatusCode, wordless.StatusCode, foreign.StatusCode, twice.StatusCode),
            Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict)));
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.OK), await done.Content.ReadAsStringAsync());
        var answer = await done.JsonAsync();
        Assert.That((answer.GetProperty("daysCancelled").GetInt32(), answer.GetProperty("daysKept").GetInt32()), Is.EqualTo((1, 1)));
        using var seen = await region.GetAsync(new Uri($"/api/tournaments/{tournament}", UriKind.Relative));
        var called = await seen.JsonAsync();
        Assert.That((called.Text("status"), called.Text("cancelReason"), called.GetProperty("clubs").GetArrayLength()), Is.EqualTo(("cancelled", "Rain", 0)));
        Assert.That(called.GetProperty("squads")[0].GetProperty("days").EnumerateArray().Select(day => day.Text("date")), Is.EqualTo(new[] { Today }));
        using var drawn = await region.PostAsJsonAsync($"/api/tournaments/{tournament}/squads", new { site = "USMO", category = "U15" });
        Assert.That(await drawn.CodeAsync(), Is.EqualTo("tournamentCancelled"));
    }

    private async Task<string> OpenAsync(params string[] categories)
    {
        using var answer = await region.PostAsJsonAsync("/api/tournaments", new
        {
            edition = "football-2026", host = "RSB", name = "Tournoi de l’Oriental", startsOn = Today, endsOn = "2026-11-24", start = "08:00", minutes = 240,
            categories, squadSize = 40,
        });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).Text("tournament")!;
    }

    private async Task<string> DrawAsync(string tournament, string site = "RSB", string category = "U13")
    {
        using var answer = await region.PostAsJsonAsync($"/api/tournaments/{tournament}/squads", new { site, category });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).Text("squad")!;
    }

    private async Task<Youth> RegisterAsync(int number, string birthDate, string site = "RSB")
    {
        var body = Bodies.Child(number, site);
        body["participant"]!["birthDate"] = birthDate;
        body["duplicateDecision"] = "notADuplicate";
        var answer = await TrainingApplication.RegisterAsync(region, body);
        return new Youth(answer.Text("enrollment")!, answer.Text("participant")!, answer.Text("claimCode")!, birthDate);
    }

    [Test]
    public async Task A_medical_certificate_seen_before_a_youth_left_counts_when_it_is_back_in_the_same_season()
    {
        var youth = await RegisterAsync(1, "2014-06-01");
        await MedicalAsync(youth, "2026-11-24");
        await Club.ActAsync(region, $"/api/enrollments/{youth.Enrollment}/withdraw", new { reason = "moved" });
        var again = await Club.ActAsync(region, $"/api/enrollments/{youth.Enrollment}/reenroll");
        var tournament = await OpenAsync("U13");

        Assert.That(await UnmetAsync(tournament, await DrawAsync(tournament), youth with { Enrollment = again.Text("enrollment")! }), Is.Empty);
    }

    private async Task MedicalAsync(Youth youth, string validUntil)
    {
        using var answer = await region.PutAsJsonAsync($"/api/enrollments/{youth.Enrollment}/medical-certificate", new { validUntil });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement[]> PlayersAsync(string tournament, string squad)
    {
        using var answer = await region.GetAsync(new Uri($"/api/tournaments/{tournament}/squads/{squad}", UriKind.Relative));
        return [.. (await answer.JsonAsync()).GetProperty("players").EnumerateArray()];
    }

    private async Task<string?[]> UnmetAsync(string tournament, string squad, Youth youth) =>
        [.. (await PlayersAsync(tournament, squad)).Single(player => player.Text("enrollment") == youth.Enrollment).GetProperty("conditions").EnumerateArray()
            .Where(condition => !condition.GetProperty("met").GetBoolean()).Select(condition => condition.Text("code"))];
}
