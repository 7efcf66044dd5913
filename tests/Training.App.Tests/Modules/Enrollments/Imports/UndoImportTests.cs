using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Certificates;
using Training.App.Tests.Modules.Registry.Duplicates;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>A whole list is taken back: what nobody used since goes, what was used stays and is named.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class UndoImportTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Withdraws_what_the_list_enrolled_and_gives_the_places_back()
    {
        using var coach = await app.SiteAsync("RSB");
        var done = await DoneAsync(coach, 40);
        Assert.That(done.GetProperty("undoUntil").GetDateTimeOffset(), Is.GreaterThan(done.GetProperty("doneAt").GetDateTimeOffset().AddDays(13)));

        var undone = await UndoAsync(coach, done);

        Assert.That((undone.GetProperty("withdrawn").GetInt32(), undone.GetProperty("kept").GetArrayLength()), Is.EqualTo((40, 0)));
        await using var db = Open();
        Assert.That(await db.Set<Enrollment>().CountAsync(row => row.Slot == 0), Is.Zero);
        Assert.That(await db.Set<Enrollment>().Select(row => row.EndReason).Distinct().SingleAsync(), Is.EqualTo("importUndone"));
        Assert.That(await db.Set<Group>().SumAsync(row => row.Taken), Is.Zero);
        Assert.That(await db.Set<EnrollmentChange>().CountAsync(row => row.Reason == "importUndone"), Is.EqualTo(40));
    }

    [Test]
    public async Task A_list_that_was_given_up_and_removed_has_no_columns_to_be_shown()
    {
        using var coach = await app.SiteAsync("RSB");
        var import = (await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(2)}")).Text("id");
        (await coach.DeleteAsync(new Uri($"/api/imports/{import}", UriKind.Relative))).Dispose();
        System.IO.Directory.Delete(Path.Combine(app.Storage, "files"), recursive: true);

        foreach (var what in (string[])["mapping", "rows?state=new", "refused"])
        {
            using var answer = await coach.GetAsync(new Uri($"/api/imports/{import}/{what}", UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(409), what);
        }
        using var mapped = await coach.PutAsJsonAsync($"/api/imports/{import}/mapping", new { columns = new[] { "givenName" } });
        Assert.That((int)mapped.StatusCode, Is.EqualTo(409));
    }

    [Test]
    public async Task Offers_the_freed_places_to_those_who_wait()
    {
        var club = await Lifecycle.Club.OpenAsync(app, "RSB", 1);
        var done = await DoneAsync(club.Coach, 1);
        var waiting = await club.RegisterAsync();
        Assert.That(waiting.Status, Is.EqualTo("waitlisted"));

        await UndoAsync(club.Coach, done);

        Assert.That(async () => Lifecycle.Club.HasOffer(await club.LookAsync(waiting.Enrollment)), Is.True.After(20).Seconds.PollEvery(50).MilliSeconds);
    }

    [Test]
    public async Task Keeps_and_names_what_was_used_since_and_says_why()
    {
        await using var workshop = await Workshop.OpenAsync(0, app);
        using var coach = await app.SiteAsync("RSB");
        using var elsewhere = await app.SiteAsync("WAC");
        var group = (await coach.ItemsAsync("/api/groups?site=RSB&edition=football-2026")).Single(row => row.Text("id") == workshop.Group).Text("name");
        var rows = string.Concat(ImportCalls.Rows(9).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => $"{row};{group}\n"));
        var done = await coach.CommitAsync(await coach.PreviewAsync($"{ImportCalls.Heading};Groupe\n{rows}"));
        var roster = (await workshop.RosterAsync(await workshop.HoldAsync())).GetProperty("items").EnumerateArray()
            .Select(child => new Youngster(child.Text("enrollment")!, child.Text("participant")!, "")).ToArray();
        var (marked, certified, moved, asked, left, merged) = (roster[0], roster[1], roster[2], roster[3], roster[4], roster[5]);

        foreach (var date in (string[])["2026-11-18", "2026-11-19"])
        {
            var session = await workshop.HoldAsync(360, date, Workshop.Mandatory);
            await workshop.MarkAsync(session, Workshop.Mark(new Youth(certified.Enrollment, certified.Participant, "", "")), Workshop.Mark(new Youth(marked.Enrollment, marked.Participant, "", ""), "absent"));
            await workshop.CloseAsync(session);
        }
        await workshop.IssuedAsync(new Youth(certified.Enrollment, certified.Participant, "", ""));
        using var opened = await elsewhere.PostAsJsonAsync("/api/groups", new { site = "WAC", edition = "football-2026", name = "U13", capacity = 5 });
        var transfer = await Lifecycle.Club.ActAsync(coach, $"/api/enrollments/{moved.Enrollment}/transfer", new { toSite = "WAC", reason = "Déménagement" });
        await Lifecycle.Club.ActAsync(elsewhere, $"/api/transfers/{transfer.Text("transfer")}/accept");
        await Lifecycle.Club.ActAsync(coach, $"/api/enrollments/{asked.Enrollment}/transfer", new { toSite = "WAC", reason = "Déménagement" });
        await Lifecycle.Club.ActAsync(coach, $"/api/enrollments/{left.Enrollment}/withdraw", new { reason = "moved" });
        var twin = await workshop.Staff.OpenAsync(Files.YasmineAgain("WAC"));
        await workshop.Staff.MergeAsync(merged, twin, merged);

        var undone = await UndoAsync(coach, done);

        var kept = undone.GetProperty("kept").EnumerateArray().ToDictionary(row => row.Text("enrollment")!);
        Assert.That(kept.ToDictionary(row => row.Key, row => row.Value.Text("reason")), Is.EquivalentTo(new Dictionary<string, string?>
        {
            [marked.Enrollment] = "marked", [certified.Enrollment] = "certificate", [moved.Enrollment] = "transferred", [asked.Enrollment] = "transferAsked", [left.Enrollment] = "withdrawn", [merged.Enrollment] = "merged",
        }));
        Assert.That((undone.GetProperty("withdrawn").GetInt32(), undone.GetProperty("keptCount").GetInt32()), Is.EqualTo((3, 6)), "every child of the list is accounted for");
        Assert.That(kept[marked.Enrollment].Text("name"), Does.Contain(" "));
        Assert.That((kept[moved.Enrollment].GetProperty("inScope").GetBoolean(), kept[moved.Enrollment].Text("name")!.Length), Is.EqualTo((false, 5)), "initials of who is elsewhere");
    }

    [Test]
    public async Task Closes_the_groups_that_the_list_opened_and_the_next_list_opens_its_own()
    {
        using var coach = await app.SiteAsync("RSB");
        using var own = await coach.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "U13", capacity = 1 });
        var done = await DoneAsync(coach, 40);
        Assert.That((await GroupsAsync(coach)).Length, Is.EqualTo(3));

        await UndoAsync(coach, done);

        Assert.That(await GroupsAsync(coach), Is.EqualTo(new[] { "U13" }), "only what somebody opened is left");
        await coach.CommitAsync(await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(40)}"));
        Assert.That((await GroupsAsync(coach)).Length, Is.EqualTo(3));
        Assert.That(await GroupsAsync(coach), Has.None.Contains("#"));
    }

    [Test]
    public async Task Undone_twice_it_changes_nothing_and_the_same_file_brings_the_same_children_back()
    {
        using var coach = await app.SiteAsync("RSB");
        var done = await DoneAsync(coach, 6);
        await UndoAsync(coach, done);

        using var again = await coach.DeleteAsync(Address(done));
        Assert.That((int)again.StatusCode, Is.EqualTo(202));
        var second = await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(6)}");
        Assert.That(second.Counts(), Is.EqualTo((6, 0, 6, 0, 0, 0)), "the files are still there");
        await coach.CommitAsync(second);
        await using var db = Open();
        Assert.That((await db.Set<Participant>().CountAsync(), await db.Set<Enrollment>().CountAsync(row => row.Slot == 0)), Is.EqualTo((6, 6)));
    }

    [Test]
    public async Task Only_who_answers_for_the_list_takes_it_back_and_only_while_it_is_young()
    {
        using var coach = await app.SiteAsync("RSB");
        using var other = await app.SiteAsync("WAC");
        using var region = await app.RegionAsync("02");
        using var nation = app.Nation();
        var done = await DoneAsync(coach, 2);
        using (var foreign = await other.DeleteAsync(Address(done))) Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
        var national = await nation.CommitAsync(await nation.PreviewAsync($"{ImportCalls.Heading};Club\n{ImportCalls.Row(50).TrimEnd()};RSB\n", site: null));
        using (var unseen = await coach.DeleteAsync(Address(national))) Assert.That((int)unseen.StatusCode, Is.EqualTo(404), "a list of several sites is no single site's business");
        var regional = await region.CommitAsync(await region.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, 51)}"));
        await UndoAsync(coach, regional);

        app.Time.Advance(TimeSpan.FromDays(15));
        using var late = await coach.DeleteAsync(Address(done));

        Assert.That(((int)late.StatusCode, await late.CodeAsync()), Is.EqualTo((409, "importTooOldToUndo")));
    }

    [Test]
    public async Task A_preview_is_dropped_without_a_trace_in_the_register()
    {
        using var coach = await app.SiteAsync("RSB");
        var preview = await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}");

        using var dropped = await coach.DeleteAsync(Address(preview));
        using var commit = await coach.PostAsync(new Uri($"{Address(preview)}/commit", UriKind.Relative), null);

        Assert.That(((int)dropped.StatusCode, (int)commit.StatusCode, await commit.CodeAsync()), Is.EqualTo((202, 409, "importDropped")));
        Assert.That((await coach.JsonAsync(Address(preview).ToString())).GetProperty("status").GetString(), Is.EqualTo("dropped"));
    }

    [Test]
    public async Task The_people_of_a_site_register_decide_and_take_back_its_list_whoever_sent_it()
    {
        using var region = await app.RegionAsync("02");
        using var coach = await app.SiteAsync("RSB");
        var preview = await region.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}");

        var done = await coach.CommitAsync(preview);

        Assert.That(done.Counts().New, Is.EqualTo(3));
        Assert.That((await UndoAsync(coach, done)).GetProperty("withdrawn").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_dropped_list_leaves_no_file_behind_unless_another_has_the_same()
    {
        using var coach = await app.SiteAsync("RSB");
        var list = $"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}";
        var (one, other) = (await coach.PreviewAsync(list), await coach.PreviewAsync(list));
        Assert.That(Uploads(), Has.Length.EqualTo(1), "the same bytes are kept once");

        using (await coach.DeleteAsync(Address(one))) Assert.That(Uploads(), Has.Length.EqualTo(1), "the other list is to be registered yet");
        using (await coach.DeleteAsync(Address(other))) Assert.That(Uploads(), Is.Empty);
        var done = await coach.CommitAsync(await coach.PreviewAsync(list));

        Assert.That((done.Counts().New, Uploads().Length), Is.EqualTo((3, 1)), "sent again it is a list like any other");
        string[] Uploads() => [.. System.IO.Directory.EnumerateFiles(Path.Combine(app.Storage, "files"), "*", SearchOption.AllDirectories)];
    }

    [Test]
    public async Task Refused_rows_are_found_again_when_the_working_files_are_lost()
    {
        using var coach = await app.SiteAsync("RSB");
        var list = $"{ImportCalls.Heading}\n{ImportCalls.Rows(2)}Sami;;01/02/2013;M;Omar;0661000002;\n";
        var done = await coach.CommitAsync(await coach.PreviewAsync(list));
        var preview = await coach.PreviewAsync(list + "Rim;;01/02/2013;F;Omar;0661000002;\n");
        var before = (await RefusedAsync(done), await RefusedAsync(preview));
        System.IO.Directory.Delete(Path.Combine(app.Storage, "imports"), recursive: true);

        var after = (await RefusedAsync(done), await RefusedAsync(preview));

        Assert.That(after, Is.EqualTo(before));
        Assert.That(after.Item2, Does.Contain("Sami").And.Contain("Rim"));
        Task<string> RefusedAsync(JsonElement import) => coach.GetStringAsync(new Uri($"{Address(import)}/refused?format=csv", UriKind.Relative));
    }

    [Test]
    public async Task Tells_a_page_how_it_goes_on_until_it_rests()
    {
        using var coach = await app.SiteAsync("RSB");
        using var other = await app.SiteAsync("WAC");
        var preview = await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(30)}");
        using (var commit = await coach.PostAsync(new Uri($"{Address(preview)}/commit", UriKind.Relative), null)) Assert.That((int)commit.StatusCode, Is.EqualTo(202));

        var events = await coach.GetStringAsync(new Uri($"{Address(preview)}/events", UriKind.Relative));
        using var foreign = await other.GetAsync(new Uri($"{Address(preview)}/events", UriKind.Relative));

        Assert.That(events, Does.Contain("\"status\":\"done\""));
        Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Says_that_the_same_file_was_registered_before()
    {
        using var coach = await app.SiteAsync("RSB");
        var done = await DoneAsync(coach, 3);

        var again = await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(3)}");

        Assert.That(again.GetProperty("sameFileAs").GetProperty("id").GetString(), Is.EqualTo(done.GetProperty("id").GetString()));
        Assert.That(again.Counts(), Is.EqualTo((3, 0, 0, 3, 0, 0)));
    }

    [Test]
    public async Task Lists_the_imports_of_the_site_in_parts()
    {
        using var coach = await app.SiteAsync("RSB");
        using var region = await app.RegionAsync("02");
        for (var i = 0; i < 22; i++) await coach.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, i)}");

        var first = await region.JsonAsync("/api/imports");
        var rest = await region.JsonAsync($"/api/imports?cursor={first.GetProperty("next").GetString()}");
        using var nonsense = await region.GetAsync(new Uri("/api/imports?cursor=nonsense", UriKind.Relative));

        Assert.That((first.GetProperty("items").GetArrayLength(), rest.GetProperty("items").GetArrayLength(), (int)nonsense.StatusCode), Is.EqualTo((20, 2, 400)));
        Assert.That(first.GetProperty("items")[0].GetProperty("mine").GetBoolean(), Is.False);
    }

    private static async Task<string?[]> GroupsAsync(HttpClient coach) =>
        [.. (await coach.ItemsAsync("/api/groups?site=RSB&edition=football-2026")).Select(row => row.Text("name"))];

    private static Uri Address(JsonElement import) => new($"/api/imports/{import.GetProperty("id").GetString()}", UriKind.Relative);

    private static async Task<JsonElement> DoneAsync(HttpClient client, int rows) =>
        await client.CommitAsync(await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(rows)}"));

    private static async Task<JsonElement> UndoAsync(HttpClient client, JsonElement import)
    {
        using var asked = await client.DeleteAsync(Address(import));
        Assert.That((int)asked.StatusCode, Is.EqualTo(202), await asked.Content.ReadAsStringAsync());
        return await client.WhenAsync(Address(import).ToString(), "undone");
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
