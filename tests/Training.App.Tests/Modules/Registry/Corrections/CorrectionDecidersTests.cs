using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments.Lifecycle;
using Training.App.Tests.Modules.Registry.Duplicates;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;

namespace Training.App.Tests.Modules.Registry.Corrections;

/// <summary>Who gives the second look, and what waits for it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CorrectionDecidersTests : IDisposable
{
    private readonly TrainingApplication app = new(TrainingApplication.OnSqlite);

    public void Dispose() => app.Dispose();

    [Test]
    public async Task A_machine_proposes_and_never_decides()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        using var machine = await app.RegionAsync("02");

        using var asked = await workshop.Staff.CorrectAsync(workshop.Youths[0], new { reason = "x", birthDate = "2012-03-03" });
        using var decided = await machine.DecideCorrectionAsync((await asked.JsonAsync()).Text("id")!, new { approve = true });

        Assert.That(((int)asked.StatusCode, (int)decided.StatusCode, await decided.CodeAsync()), Is.EqualTo((202, 422, "personDecides")));
    }

    [Test]
    public async Task The_region_that_a_child_has_left_decides_only_while_no_other_has_it()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        var elsewhere = await workshop.RegisterAsync(7, body => (body["site"], body["group"]) = ("WAC", null));
        using var former = await app.DeciderAsync();
        using var now = await app.DeciderAsync("06");
        await Club.ActAsync(workshop.Staff, $"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved" });
        Assert.That((await former.CorrectionsAsync(child)).GetProperty("mayDecide").GetBoolean(), Is.True, "nobody else has it");
        using var machine = await workshop.Staff.CorrectAsync(child, new { reason = "x", birthDate = "2012-03-04" });
        var proposed = (await machine.JsonAsync()).Text("id")!;
        Assert.That(((await former.ItemsAsync("/api/corrections")).Length, (await now.ItemsAsync("/api/corrections")).Length), Is.EqualTo((1, 0)), "nobody else has it");
        using (var refused = await former.DecideCorrectionAsync(proposed, new { approve = false, note = "No paper was seen" })) Assert.That((int)refused.StatusCode, Is.EqualTo(200));

        var (here, there) = (OpaqueId.ParseEnrollment(child.Enrollment), OpaqueId.ParseEnrollment(elsewhere.Enrollment));
        await using (var db = new TrainingDbContext(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole })
        {
            var key = await db.Set<Enrollment>().Where(row => row.Id == here).Select(row => row.ParticipantId).SingleAsync();
            await db.Set<Enrollment>().Where(row => row.Id == there).ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, key));
        }

        using var asked = await former.CorrectAsync(child, new { reason = "x", birthDate = "2012-03-03" });
        Assert.That(((await former.CorrectionsAsync(child)).GetProperty("mayDecide").GetBoolean(), (int)asked.StatusCode), Is.EqualTo((false, 202)));
        Assert.That(((await former.ItemsAsync("/api/corrections")).Length, (await now.ItemsAsync("/api/corrections")).Length), Is.EqualTo((0, 1)), "it waits where it is decided");
        using var written = await now.DecideCorrectionAsync((await asked.JsonAsync()).Text("id")!, new { approve = true });
        Assert.That((int)written.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_two_who_decide_at_once_one_is_told_that_it_is_decided()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        using var site = await app.SiteAsync("RSB");
        var id = (await site.CorrectedAsync(workshop.Youths[0], new { reason = "x", sex = "female" })).Text("id")!;
        using var one = await app.DeciderAsync();
        using var other = await app.DeciderAsync();

        var both = await Task.WhenAll(one.DecideCorrectionAsync(id, new { approve = true }), other.DecideCorrectionAsync(id, new { approve = false, note = "No paper was seen" }));

        Assert.That(both.Select(answer => (int)answer.StatusCode).Order(), Is.EqualTo(new[] { 200, 409 }));
        Assert.That(await both.Single(answer => (int)answer.StatusCode == 409).CodeAsync(), Is.EqualTo("correctionDecided"));
        foreach (var answer in both) answer.Dispose();
    }

    [Test]
    public async Task A_repeat_by_a_site_that_the_child_has_left_finds_nobody()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        using var site = await app.SiteAsync("RSB");
        async Task<(int, string?)> OnceAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/participants/{child.Participant}/corrections", UriKind.Relative)) { Content = JsonContent.Create(new { reason = "x", massarCode = "G123456789" }) };
            request.Headers.Add("Idempotency-Key", "correction-1");
            using var answer = await site.SendAsync(request);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.CodeAsync());
        }

        var first = await OnceAsync();
        await Club.ActAsync(workshop.Staff, $"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved" });

        Assert.That((first, await OnceAsync()), Is.EqualTo(((200, (string?)null), (404, "participantNotFound"))));
    }

    [Test]
    public async Task Two_files_are_not_merged_while_a_correction_of_one_of_them_waits()
    {
        await using var workshop = await Workshop.OpenAsync(2, app);
        using var site = await app.SiteAsync("RSB");
        await site.CorrectedAsync(workshop.Youths[1], new { reason = "x", birthDate = "2012-03-03" });
        using var named = await workshop.Staff.PostAsJsonAsync("/api/duplicates", new { participant = workshop.Youths[0].Participant, other = workshop.Youths[1].Participant });

        using var merged = await workshop.Staff.DecideAsync((await named.JsonAsync()).Text("id")!, new { decision = "same" });

        Assert.That(((int)merged.StatusCode, await merged.CodeAsync()), Is.EqualTo((409, "correctionWaits")));
    }

    [Test]
    public async Task What_waits_comes_in_parts_and_none_is_left_out()
    {
        await using var workshop = await Workshop.OpenAsync(52, app);
        using var site = await app.SiteAsync("RSB");
        foreach (var child in workshop.Youths) await site.CorrectedAsync(child, new { reason = "x", birthDate = "2012-03-03" });
        using var region = await app.DeciderAsync();

        var first = await region.GetFromJsonAsync<JsonElement>("/api/corrections");
        var rest = await region.GetFromJsonAsync<JsonElement>($"/api/corrections?cursor={first.Text("next")}");

        var codes = new[] { first, rest }.SelectMany(part => part.GetProperty("items").EnumerateArray()).Select(row => row.Text("participant"));
        Assert.That(codes, Is.EquivalentTo(workshop.Youths.Select(child => child.Participant)));
        Assert.That(rest.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
        using var wrong = await region.GetAsync(new Uri("/api/corrections?cursor=k-nothing", UriKind.Relative));
        Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task The_directorate_types_why_it_looks_and_no_id_in_an_address_says_it()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        using var directorate = await app.DirectorateAsync("directorate@correct.example");
        var page = $"/participants/{child.Participant}/correct";

        var asked = await directorate.GetStringAsync(new Uri($"{page}?request=anything", UriKind.Relative));
        Assert.That(asked, Does.Contain("name=\"Look\"").And.Not.Contain(child.BirthDate));
        using var papers = await directorate.SendFormAsync(page, $"{page}?handler=Look", ("Look", "AB123456 asked"));
        Assert.That(await papers.Content.ReadAsStringAsync(), Does.Contain("name=\"Look\"").And.Not.Contain(child.BirthDate), "no number of an identity card");
        using var opened = await directorate.SendFormAsync(page, $"{page}?handler=Look", ("Look", "Letter of the family"));

        Assert.That(await opened.Content.ReadAsStringAsync(), Does.Contain(child.BirthDate));
        var log = await workshop.Staff.GetStringAsync(new Uri($"/api/participants/{child.Participant}/readings", UriKind.Relative));
        Assert.That(log, Does.Contain("Letter of the family"));
    }
}
