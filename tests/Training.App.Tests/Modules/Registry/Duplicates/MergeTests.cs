using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>Two files become one.</summary>
internal sealed class MergeTests : MergeDoor
{
    [Test]
    public async Task Makes_one_file_under_the_older_code_and_lets_the_other_code_lead_to_it()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var second = await Nation.OpenAsync(Files.YasmineAgain("MJ-04-001", "youthhouse-2026"));

        var code = await Nation.MergeAsync(first, second);

        Assert.That(code, Is.EqualTo(first.Participant));
        var file = await Nation.FileAsync(second.Participant);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Text("participant"), Is.EqualTo(first.Participant));
            Assert.That(file.GetProperty("formerCodes")[0].GetString(), Is.EqualTo(second.Participant));
            Assert.That(file.GetProperty("enrollments").GetArrayLength(), Is.EqualTo(2));
            Assert.That(file.GetProperty("guardians").EnumerateArray().Select(row => row.Text("phone")), Is.EqualTo(new[] { "+212612345678", "+212655555555" }));
            Assert.That(file.GetProperty("enrollments").EnumerateArray().Select(row => row.Text("status")), Has.All.EqualTo("active"), "one consent is the child's");
            Assert.That((await Nation.ItemsAsync($"/api/participants?q={second.Participant}")).Single().Text("participant"), Is.EqualTo(first.Participant));
            Assert.That(await Nation.ItemsAsync("/api/participants?q=Yasmine"), Has.Length.EqualTo(1));
            Assert.That(await Nation.ItemsAsync($"/api/certificates?participant={second.Participant}"), Is.Empty);
        }
        await App.AssertOneLiveEnrollmentAsync();
    }

    [Test]
    public async Task Leads_on_through_two_merges_at_the_doors_of_consents_and_readings()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var second = await Nation.OpenAsync(Files.YasmineAgain("MJ-04-001", "youthhouse-2026"));
        var third = await Nation.OpenAsync(Files.YasmineAgain("WAC"));
        using (await Nation.GetAsync(new Uri($"/api/participants/{third.Participant}?reason=check", UriKind.Relative))) { }
        await Nation.MergeAsync(second, third, survivor: second);
        await Nation.MergeAsync(first, second, survivor: first);

        var codes = (await Nation.FileAsync(first.Participant)).GetProperty("formerCodes").EnumerateArray().Select(code => code.GetString());
        Assert.That(codes, Is.EqualTo(new[] { second.Participant, third.Participant }));
        var readings = await Nation.ItemsAsync($"/api/participants/{third.Participant}/readings");
        Assert.That(readings.Select(row => row.GetProperty("reason").GetString()), Does.Contain("check"), "what was read under the oldest code is this child's too");
        using var withdrawn = await Nation.PostAsJsonAsync($"/api/participants/{third.Participant}/consents/withdraw", new { purpose = "participation" });
        Assert.That((int)withdrawn.StatusCode, Is.EqualTo(200), await withdrawn.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Lets_the_card_of_either_file_mark_the_child_at_a_session()
    {
        using var opened = await Nation.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "Cards", capacity = 10 });
        var group = (await opened.JsonAsync()).Text("group");
        var body = Bodies.Yasmine("RSB", "football-2026");
        body["group"] = group;
        var first = await Nation.OpenAsync(body);
        var second = await Nation.OpenAsync(Files.YasmineAgain("MJ-04-001", "youthhouse-2026"));
        await Nation.MergeAsync(first, second);
        using var held = await Nation.PostAsJsonAsync("/api/sessions", new { group, kind = "training", date = "2026-11-20", start = "10:00", minutes = 60 });
        var session = (await held.JsonAsync()).Text("session");

        using var marked = await Nation.PostAsJsonAsync($"/api/sessions/{session}/check-in", new { code = second.Participant });

        Assert.That((int)marked.StatusCode, Is.EqualTo(200), await marked.Content.ReadAsStringAsync());
        Assert.That((await marked.JsonAsync()).Text("enrollment"), Is.EqualTo(first.Enrollment));
    }

    [Test]
    public async Task Takes_over_what_the_surviving_file_lacks_and_nothing_else()
    {
        var bare = Files.YasmineAgain();
        bare["participant"]!["province"] = null;
        var first = await Nation.OpenAsync(bare);
        var full = Bodies.Yasmine("RSB", "football-2026");
        full["participant"]!["massarCode"] = "Z990000001";
        full["duplicateDecision"] = "notADuplicate";
        var second = await Nation.OpenAsync(full);

        await Nation.MergeAsync(first, second, survivor: first);

        var file = await Nation.FileAsync(first.Participant);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Text("givenName"), Is.EqualTo("Yassmine"), "what it has is not replaced");
            Assert.That(file.Text("familyNameAr"), Is.EqualTo("العلوي"));
            Assert.That(file.Text("massarCode"), Is.EqualTo("Z990000001"));
            Assert.That(file.Text("province"), Is.EqualTo("02.113"));
        }
    }

    [Test]
    public async Task Shows_a_consent_that_both_files_held_once()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var again = Files.YasmineAgain("MJ-04-001", "youthhouse-2026");
        again["consents"] = Bodies.Yasmine()["consents"]!.DeepClone();
        again["guardians"]![0]!["phone"] = "0612345678";
        var second = await Nation.OpenAsync(again);

        await Nation.MergeAsync(first, second);

        Assert.That((await Nation.FileAsync(first.Participant)).GetProperty("consents").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Keeps_one_of_two_places_in_one_edition_and_gives_the_other_free()
    {
        var group = (await (await Nation.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "Two", capacity = 2 })).JsonAsync()).Text("group");
        var first = await Nation.OpenAsync(In(group, Bodies.Yasmine()));
        var second = await Nation.OpenAsync(In(group, Files.YasmineAgain()));

        await Nation.MergeAsync(first, second);

        var enrollments = (await Nation.FileAsync(first.Participant)).GetProperty("enrollments").EnumerateArray().ToDictionary(row => row.Text("enrollment")!, row => row.Text("status"));
        Assert.That(enrollments[first.Enrollment], Is.EqualTo("active"));
        Assert.That(enrollments[second.Enrollment], Is.EqualTo("withdrawn"));
        var third = await TrainingApplication.RegisterAsync(Nation, In(group, Bodies.Child(7)));
        Assert.That(third.Text("status"), Is.EqualTo("active"), "the place is free");
    }

    [Test]
    public async Task Says_that_a_group_is_over_full_when_the_place_was_given_away()
    {
        var group = (await (await Nation.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "Two", capacity = 2 })).JsonAsync()).Text("group");
        var first = await Nation.OpenAsync(In(group, Bodies.Yasmine()));
        var second = await Nation.OpenAsync(In(group, Files.YasmineAgain()));
        await Nation.MergeAsync(first, second);
        await Nation.OpenAsync(In(group, Bodies.Child(7)));

        using var undone = await Nation.UndoAsync(first, second);

        var answer = await undone.JsonAsync();
        Assert.That(answer.GetProperty("overfullGroups").EnumerateArray().Select(row => row.GetString()), Is.EqualTo(new[] { group }));
        Assert.That(answer.GetProperty("reopened")[0].GetString(), Is.EqualTo(second.Enrollment));
    }

    [Test]
    public async Task Opens_the_child_s_page_to_a_family_with_either_paper_and_either_birth_date()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var other = Files.YasmineAgain("MJ-04-001", "youthhouse-2026");
        other["participant"]!["birthDate"] = "2014-12-03";
        var second = await Nation.OpenAsync(other);
        using var family = App.Anonymous();
        using var early = await family.PostAsJsonAsync("/api/family/claim", new { claimCode = second.ClaimCode, birthDate = "2014-12-03" });
        Assert.That((int)early.StatusCode, Is.EqualTo(200));

        await Nation.MergeAsync(first, second);

        Assert.That((await family.ItemsAsync("/api/family/children")).Single().Text("participant"), Is.EqualTo(first.Participant), "a session from before goes on");
        foreach (var (paper, date) in new[] { (first.ClaimCode, "2014-03-12"), (second.ClaimCode, "2014-12-03"), (second.ClaimCode, "2014-03-12") })
        {
            using var phone = App.Anonymous();
            using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = paper, birthDate = date });
            Assert.That((int)claimed.StatusCode, Is.EqualTo(200), $"{date}");
            Assert.That((await claimed.JsonAsync()).Text("participant"), Is.EqualTo(first.Participant));
        }
        using var stranger = App.Anonymous();
        using var wrong = await stranger.PostAsJsonAsync("/api/family/claim", new { claimCode = second.ClaimCode, birthDate = "2014-01-01" });
        Assert.That((int)wrong.StatusCode, Is.EqualTo(404));
        using var printed = await Nation.PostAsync(new Uri($"/api/participants/{second.Participant}/claim-code", UriKind.Relative), null);
        Assert.That((await printed.JsonAsync()).Text("claimCode"), Is.EqualTo(first.ClaimCode));

        using var undone = await Nation.UndoAsync(first, second);
        Assert.That((await family.ItemsAsync("/api/family/children")).Single().Text("participant"), Is.EqualTo(second.Participant), "and is at the right child again");
    }

    [Test]
    public async Task Lets_a_recovery_end_what_was_opened_under_the_file_that_was_merged()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var other = Files.YasmineAgain("MJ-04-001", "youthhouse-2026");
        other["participant"]!["birthDate"] = "2014-12-03";
        var second = await Nation.OpenAsync(other);
        using var family = App.Anonymous();
        using var claimed = await family.PostAsJsonAsync("/api/family/claim", new { claimCode = second.ClaimCode, birthDate = "2014-12-03" });
        await Nation.MergeAsync(first, second);
        Assert.That(await family.ItemsAsync("/api/family/children"), Has.Length.EqualTo(1));

        using var recovered = await Nation.PostAsJsonAsync($"/api/participants/{first.Participant}/family-recovery", new { reason = "Lost the phone", guardian = 1, phone = "0611223344" });

        Assert.That((int)recovered.StatusCode, Is.EqualTo(200));
        using var after = await family.GetAsync(new Uri("/api/family/children", UriKind.Relative));
        using var stranger = App.Anonymous();
        using var paper = await stranger.PostAsJsonAsync("/api/family/claim", new { claimCode = second.ClaimCode, birthDate = "2014-12-03" });
        Assert.That(((int)after.StatusCode, (int)paper.StatusCode), Is.EqualTo((401, 404)));
    }

    [Test]
    public async Task Completes_with_what_was_attended_under_both_files_each_session_once()
    {
        await using var workshop = await Workshop.OpenAsync(0, App);
        var one = await workshop.RegisterAsync(1);
        var other = await workshop.RegisterAsync(14, body => body["participant"]!["birthDate"] = one.BirthDate);
        var both = await workshop.HoldAsync(360, "2026-11-18", Workshop.Mandatory);
        await workshop.MarkAsync(both, Workshop.Mark(one), Workshop.Mark(other));
        await workshop.CloseAsync(both);
        var files = (new Youngster(one.Enrollment, one.Participant, one.ClaimCode), new Youngster(other.Enrollment, other.Participant, other.ClaimCode));
        await Nation.MergeAsync(files.Item1, files.Item2, survivor: files.Item1);
        Assert.That(await MinutesAsync(one.Enrollment), Is.EqualTo(360), "a session marked twice counts once");
        using (var undone = await Nation.UndoAsync(files.Item1, files.Item2)) Assert.That((int)undone.StatusCode, Is.EqualTo(200));

        var alone = await workshop.HoldAsync(360, "2026-11-19", Workshop.Mandatory);
        await workshop.MarkAsync(alone, Workshop.Mark(other));
        await workshop.CloseAsync(alone);
        await Nation.PostAsJsonAsync($"/api/duplicates/{one.Participant}_{other.Participant}/decision", new { decision = "same", survivor = one.Participant });

        var names = (await workshop.RosterAsync(both)).GetProperty("items").EnumerateArray().Select(row => row.Text("participant"));
        Assert.That(names, Is.EqualTo(new[] { one.Participant }), "one line a child");
        var kept = await KeptAsync(one.Participant);
        Assert.That(kept, Is.EqualTo(other.Enrollment), "the one with more attendance goes on");
        Assert.That(await MinutesAsync(kept), Is.EqualTo(720));
        await Poll.UntilAsync(
            async () => (await Nation.ItemsAsync($"/api/certificates?participant={one.Participant}")).Length == 1,
            () => Task.FromResult("no certificate for twelve hours"));
    }

    [Test]
    public async Task What_was_attended_before_a_transfer_counts_for_whoever_decides_afterwards()
    {
        await using var workshop = await Workshop.OpenAsync(0, App);
        var one = await workshop.RegisterAsync(1);
        var other = await workshop.RegisterAsync(14, body => body["participant"]!["birthDate"] = one.BirthDate);
        await workshop.MarkAsync(await workshop.HoldAsync(), Workshop.Mark(one));
        using var named = await Nation.PostAsJsonAsync("/api/duplicates", new { participant = one.Participant, other = other.Participant });
        var pair = (await named.JsonAsync()).Text("id");
        using var opened = await Nation.PostAsJsonAsync("/api/groups", new { site = "WAC", edition = "football-2026", name = "U13", capacity = 40 });
        foreach (var child in new[] { one, other })
        {
            using var asked = await Nation.PostAsJsonAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "WAC" });
            using var accepted = await Nation.PostAsJsonAsync($"/api/transfers/{(await asked.JsonAsync()).Text("transfer")}/accept", new { });
            Assert.That((int)accepted.StatusCode, Is.EqualTo(200), await accepted.Content.ReadAsStringAsync());
        }

        using var region = await App.RegionAsync("06");
        var seen = await (await region.GetAsync(new Uri($"/api/duplicates/{pair}", UriKind.Relative))).JsonAsync();

        var attended = new[] { "a", "b" }.SelectMany(side => seen.GetProperty(side).GetProperty("enrollments").EnumerateArray()).Select(row => row.GetProperty("attended").GetInt32());
        Assert.That(attended.Order(), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public async Task Counts_the_child_once_after_the_merge_and_twice_after_its_undoing()
    {
        var first = await Nation.OpenAsync(Bodies.Yasmine());
        var second = await Nation.OpenAsync(Files.YasmineAgain());
        for (var i = 0; i < 6; i++) await Nation.OpenAsync(Bodies.Child(i));
        await EnrolledIsAsync(8);

        await Nation.MergeAsync(first, second);
        await EnrolledIsAsync(7);

        using var undone = await Nation.UndoAsync(first, second);
        await EnrolledIsAsync(8);
    }

    private Task EnrolledIsAsync(int expected) => Poll.UntilAsync(
        async () => await EnrolledAsync() == expected, async () => $"{await EnrolledAsync()} are counted, not {expected}");

    private async Task<int?> EnrolledAsync()
    {
        var report = await (await Nation.GetAsync(new Uri("/api/reports/attendance?edition=football-2026&by=region", UriKind.Relative))).JsonAsync();
        var enrolled = report.GetProperty("total").GetProperty("enrolled");
        return enrolled.ValueKind == System.Text.Json.JsonValueKind.Null ? null : enrolled.GetInt32();
    }

    private async Task<int> MinutesAsync(string enrollment) =>
        (await (await Nation.GetAsync(new Uri($"/api/enrollments/{enrollment}/completion", UriKind.Relative))).JsonAsync()).GetProperty("attendedMinutes").GetInt32();

    private async Task<string> KeptAsync(string code) => (await Nation.FileAsync(code)).GetProperty("enrollments").EnumerateArray()
        .Single(row => row.Text("status") == "active").Text("enrollment")!;

    private static JsonObject In(string? group, JsonObject body)
    {
        body["group"] = group;
        return body;
    }
}
