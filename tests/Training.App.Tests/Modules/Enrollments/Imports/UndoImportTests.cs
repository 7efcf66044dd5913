using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task Keeps_and_names_what_was_used_since()
    {
        using var coach = await app.SiteAsync("RSB");
        var done = await DoneAsync(coach, 5);
        int used;
        await using (var db = Open()) used = await db.Set<Enrollment>().Select(row => row.Id).FirstAsync();
        await using (var db = Open())
            await db.Set<Enrollment>().Where(row => row.Id == used).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, 2));

        var undone = await UndoAsync(coach, done);

        Assert.That(undone.GetProperty("withdrawn").GetInt32(), Is.EqualTo(4));
        Assert.That(undone.GetProperty("kept").EnumerateArray().Single().GetProperty("participant").GetString(), Is.Not.Empty);
        await using var after = Open();
        Assert.That(await after.Set<Enrollment>().Where(row => row.Slot == 0).Select(row => row.Id).SingleAsync(), Is.EqualTo(used));
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
        var national = await nation.CommitAsync(await nation.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(1, 50)}"));
        using (var refused = await coach.DeleteAsync(Address(national))) Assert.That((int)refused.StatusCode, Is.EqualTo(403));
        await UndoAsync(region, national);

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

        Assert.That(((int)dropped.StatusCode, (int)commit.StatusCode, await commit.CodeAsync()), Is.EqualTo((202, 409, "importUnusable")));
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
