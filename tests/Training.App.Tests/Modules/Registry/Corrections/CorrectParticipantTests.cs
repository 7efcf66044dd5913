using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Access;
using Training.App.Tests.Modules.Attendance;

namespace Training.App.Tests.Modules.Registry.Corrections;

/// <summary>A child's file says something wrong: who may put it right, what goes with it, and what a person must decide.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CorrectParticipantTests : IDisposable
{
    private const string Password = "une phrase de passe";

    private readonly TrainingApplication app = new(TrainingApplication.OnSqlite);

    public void Dispose() => app.Dispose();

    [Test]
    public async Task A_site_puts_codes_and_a_guardian_s_name_right_at_once_and_the_family_reads_why()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        using var site = await app.SiteAsync("RSB");
        var child = workshop.Youths[0];

        var done = await site.CorrectedAsync(child, new { reason = "Read again on the paper", massarCode = "g 123456789", guardians = new[] { new { guardian = 1, name = "Samira Bennani", relationship = "legalGuardian" } } });

        Assert.That((done.Text("status"), done.GetProperty("familyClosed").GetBoolean()), Is.EqualTo(("applied", false)));
        var file = await site.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}");
        Assert.That((file.Text("massarCode"), file.GetProperty("guardians")[0].Text("name"), file.GetProperty("guardians")[0].Text("relationship")), Is.EqualTo(("G123456789", "Samira Bennani", "legalGuardian")));
        var log = await (await workshop.FamilyAsync(child)).GetFromJsonAsync<JsonElement>($"/api/family/children/{child.Participant}/readings");
        Assert.That(log.GetProperty("items").EnumerateArray().Select(line => (line.Text("door"), line.Text("reason"))), Does.Contain(("file-corrected", "Read again on the paper")));
    }

    [Test]
    public async Task A_birth_date_from_a_site_waits_and_the_region_writes_it_and_sees_the_rule_it_breaks()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        using var site = await app.SiteAsync("RSB");
        using var region = await app.DeciderAsync();

        using var asked = await site.CorrectAsync(child, new { reason = "Birth certificate seen", birthDate = "2005-05-05" });
        Assert.That((int)asked.StatusCode, Is.EqualTo(202));
        Assert.That((await region.FileOfAsync(child)).Text("birthDate"), Is.EqualTo(child.BirthDate), "nothing is written yet");
        using var twice = await site.CorrectAsync(child, new { reason = "Again", massarCode = "G123456789" });
        Assert.That(((int)twice.StatusCode, await twice.CodeAsync()), Is.EqualTo((409, "correctionWaits")));
        var waiting = (await region.ItemsAsync("/api/corrections")).Single();
        Assert.That((waiting.Text("participant"), waiting.GetProperty("fields")[0].GetString()), Is.EqualTo((child.Participant, "birthDate")));
        using var self = await site.DecideCorrectionAsync(waiting.Text("id")!, new { approve = true });
        using var elsewhere = await app.RegionAsync("06");
        using var foreign = await elsewhere.DecideCorrectionAsync(waiting.Text("id")!, new { approve = true });
        Assert.That(((int)self.StatusCode, (int)foreign.StatusCode), Is.EqualTo((403, 404)));

        var version = (await region.CorrectionsAsync(child)).GetProperty("items")[0].GetProperty("version").GetInt32();
        using var stale = await region.DecideCorrectionAsync(waiting.Text("id")!, new { approve = true, version = version + 1 });
        Assert.That(((int)stale.StatusCode, await stale.CodeAsync()), Is.EqualTo((409, "changedMeanwhile")));
        using var approved = await region.DecideCorrectionAsync(waiting.Text("id")!, new { approve = true, version });
        var done = await approved.JsonAsync();

        Assert.That((int)approved.StatusCode, Is.EqualTo(200));
        var odds = done.GetProperty("effects").GetProperty("enrollments").EnumerateArray().Single();
        Assert.That((odds.Text("enrollment"), odds.Text("rule")), Is.EqualTo((child.Enrollment, "tooOld")));
        var file = await region.FileOfAsync(child);
        Assert.That((file.Text("birthDate"), file.GetProperty("enrollments")[0].Text("status")), Is.EqualTo(("2005-05-05", "active")), "nobody is sent away by a date");
        var kept = (await region.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/corrections")).GetProperty("items")[0];
        Assert.That((kept.GetProperty("changes")[0].Text("before"), kept.GetProperty("changes")[0].Text("after"), kept.Text("status")), Is.EqualTo((child.BirthDate, "2005-05-05", "applied")));
        using var again = await region.DecideCorrectionAsync(waiting.Text("id")!, new { approve = true });
        Assert.That(((int)again.StatusCode, await again.CodeAsync()), Is.EqualTo((409, "correctionDecided")));
    }

    [Test]
    public async Task A_refusal_needs_a_reason_and_leaves_the_file_as_it_was()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        using var site = await app.SiteAsync("RSB");
        var id = (await site.CorrectedAsync(child, new { reason = "Said by phone", sex = "female" })).Text("id")!;

        using var region = await app.DeciderAsync();
        using var silent = await region.DecideCorrectionAsync(id, new { approve = false });
        using var refused = await region.DecideCorrectionAsync(id, new { approve = false, note = "No paper was seen" });

        Assert.That(((int)silent.StatusCode, (int)refused.StatusCode), Is.EqualTo((400, 200)));
        Assert.That((await site.FileOfAsync(child)).Text("sex"), Is.EqualTo("male"));
        using var next = await site.CorrectAsync(child, new { reason = "Paper seen now", sex = "female" });
        Assert.That((int)next.StatusCode, Is.EqualTo(202), "another may be proposed");
    }

    [Test]
    public async Task Input_that_cannot_be_is_refused_field_by_field()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];

        (object Body, int Status, string Where)[] tries =
        [
            (new { massarCode = "G123456789" }, 400, "reason"), (new { reason = "AB123456 says so", massarCode = "G123456789" }, 400, "reason"),
            (new { reason = "x", birthDate = "2030-01-01" }, 400, "birthDate"), (new { reason = "x", birthDate = "1850-01-01" }, 400, "birthDate"), (new { reason = "x", massarCode = "12" }, 400, "massarCode"),
            (new { reason = "x", fifaId = "O" }, 400, "fifaId"), (new { reason = "x", licenceNumber = "AB123456" }, 400, "licenceNumber"),
            (new { reason = "x", guardians = new object[] { new { guardian = 9, name = "Nobody" } } }, 400, "guardians[0].guardian"),
            (new { reason = "x", guardians = new object[] { new { guardian = 1, phone = "+33612345678" } } }, 400, "guardians[0].phone"),
            (new { reason = "x", guardians = new object[] { new { guardian = 1, phone = "" } } }, 400, "guardians[0].phone"),
            (new { reason = "x", guardians = new object[] { new { guardian = 1, language = "xx" } } }, 400, "guardians[0].language"),
            (new { reason = "x", guardians = new object[] { new { name = "Omar Bennani", noPhone = true } } }, 400, "guardians[0].relationship"),
            (new { reason = "x", guardians = new object[] { new { guardian = 1, ended = true } } }, 400, "guardians"),
            (new { reason = "x", guardians = new object?[] { null } }, 400, "guardians[0]"),
        ];
        foreach (var (body, status, where) in tries)
        {
            using var answer = await workshop.Staff.CorrectAsync(child, body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
            Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("errors").TryGetProperty(where, out _), Is.True, text);
        }
        using var nothing = await workshop.Staff.CorrectAsync(child, new { reason = "x", birthDate = child.BirthDate });
        Assert.That(((int)nothing.StatusCode, await nothing.CodeAsync()), Is.EqualTo((422, "nothingToCorrect")));
    }

    [Test]
    public async Task A_code_that_stands_in_another_file_is_refused_whoever_sees_that_file()
    {
        await using var workshop = await Workshop.OpenAsync(2, app);
        await workshop.RegisterAsync(60, body =>
        {
            (body["site"], body["group"]) = ("WAC", null);
            body["participant"]!["massarCode"] = "J987654321";
        });
        using var site = await app.SiteAsync("RSB");

        using var taken = await site.CorrectAsync(workshop.Youths[0], new { reason = "Read on the paper", massarCode = "J987654321" });

        Assert.That((int)taken.StatusCode, Is.EqualTo(400));
        var text = await taken.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("codeOfAnotherFile").And.Not.Contain(workshop.Youths[2].Participant), "it is not said whose");
    }

    [Test]
    public async Task Of_two_who_saw_the_same_version_one_is_told_to_look_again()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        var version = (await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/corrections")).GetProperty("version").GetInt32();

        var both = await Task.WhenAll(
            workshop.Staff.CorrectAsync(child, new { version, reason = "One", massarCode = "G123456789" }), workshop.Staff.CorrectAsync(child, new { version, reason = "Other", massarCode = "G987654321" }));

        Assert.That(both.Select(answer => (int)answer.StatusCode).Order(), Is.EqualTo(new[] { 200, 409 }));
        Assert.That(await both.Single(answer => (int)answer.StatusCode == 409).CodeAsync(), Is.EqualTo("changedMeanwhile"));
        foreach (var answer in both) answer.Dispose();
    }

    [Test]
    public async Task A_repeat_with_the_same_key_corrects_once()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var ids = new HashSet<string>();
        foreach (var _ in (int[])[1, 2])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/participants/{workshop.Youths[0].Participant}/corrections", UriKind.Relative)) { Content = JsonContent.Create(new { reason = "x", massarCode = "G123456789" }) };
            request.Headers.Add("Idempotency-Key", "correction-1");
            using var answer = await workshop.Staff.SendAsync(request);
            ids.Add((await answer.JsonAsync()).Text("id")!);
        }
        Assert.That(ids, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Other_sites_and_regions_find_no_such_child()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        foreach (var stranger in new[] { await app.SiteAsync("WAC"), await app.SiteAsync("USMO"), await app.RegionAsync("06") })
        {
            using var answer = await stranger.CorrectAsync(workshop.Youths[0], new { reason = "x", massarCode = "G123456789" });
            using var list = await stranger.GetAsync(new Uri($"/api/participants/{workshop.Youths[0].Participant}/corrections", UriKind.Relative));
            Assert.That(((int)answer.StatusCode, (int)list.StatusCode), Is.EqualTo((404, 404)));
            stranger.Dispose();
        }
    }

    [Test]
    public async Task A_coordinator_proves_who_it_is_before_a_date_is_written()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        await app.CreateCoordinatorAsync("c@test.example", Password, "02");
        using var coordinator = await app.SignedInAsync("c@test.example", Password);
        coordinator.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var fresh = await coordinator.CorrectAsync(workshop.Youths[0], new { reason = "x", birthDate = "2012-03-03" });
        Assert.That((int)fresh.StatusCode, Is.EqualTo(200), await fresh.Content.ReadAsStringAsync());
        app.Time.Advance(TimeSpan.FromMinutes(20));

        using var stale = await coordinator.CorrectAsync(workshop.Youths[0], new { reason = "x", birthDate = "2012-02-02" });
        using var harmless = await coordinator.CorrectAsync(workshop.Youths[0], new { reason = "x", massarCode = "G123456789" });

        Assert.That(((int)stale.StatusCode, await stale.CodeAsync(), (int)harmless.StatusCode), Is.EqualTo((403, "proveAgain", 200)));
    }

    [Test]
    public async Task A_new_phone_ends_the_family_s_session_and_its_printed_code_at_once()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        var family = await workshop.FamilyAsync(child);
        Assert.That((int)(await family.GetAsync(new Uri("/api/family/children", UriKind.Relative))).StatusCode, Is.EqualTo(200));

        using var region = await app.DeciderAsync();
        var done = await region.CorrectedAsync(child, new { reason = "Another number", guardians = new[] { new { guardian = 1, phone = "0677777777" } } });

        Assert.That(done.GetProperty("familyClosed").GetBoolean(), Is.True);
        using var after = await family.GetAsync(new Uri("/api/family/children", UriKind.Relative));
        using var paper = await app.Anonymous().PostAsJsonAsync("/api/family/claim", new { claimCode = child.ClaimCode, birthDate = child.BirthDate });
        Assert.That(((int)after.StatusCode, (int)paper.StatusCode), Is.EqualTo((401, 404)));
        using var printed = await workshop.Staff.PostAsync(new Uri($"/api/participants/{child.Participant}/claim-code", UriKind.Relative), null);
        Assert.That((await printed.JsonAsync()).Text("claimCode"), Is.Not.EqualTo(child.ClaimCode));
    }

    [Test]
    public async Task A_guardian_is_added_and_another_ends_and_the_order_has_no_gap()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];

        using var region = await app.DeciderAsync();
        var added = await region.CorrectedAsync(child, new { reason = "Father named", guardians = new[] { new { name = "Omar Bennani", relationship = "father", phone = "0688888888" } } });
        var ended = await region.CorrectedAsync(child, new { reason = "Not the mother", guardians = new[] { new { guardian = 1, ended = true } } });

        var guardians = (await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/corrections")).GetProperty("guardians").EnumerateArray().ToArray();
        Assert.That(guardians.Select(one => (one.GetProperty("guardian").GetInt32(), one.Text("name"))), Is.EqualTo(new[] { (1, "Omar Bennani") }));
        Assert.That(Unsigned(added), Is.Empty, "the mother signed, and is a guardian still");
        Assert.That(Unsigned(ended), Does.Contain("participation"), "what she signed stands, and a guardian of today should sign");
        static string?[] Unsigned(JsonElement answer) => [.. answer.GetProperty("effects").GetProperty("consents").EnumerateArray().Select(one => one.Text("purpose"))];
        using var signed = await workshop.Staff.PostAsJsonAsync($"/api/participants/{child.Participant}/consents", new { purpose = "participation", guardian = 1, givenOn = "2026-11-22" });
        Assert.That((int)signed.StatusCode, Is.LessThan(300), await signed.Content.ReadAsStringAsync());
        var now = (await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/corrections")).GetProperty("effects").GetProperty("consents");
        Assert.That(now.EnumerateArray().Select(one => one.Text("purpose")), Has.No.Member("participation"), "a guardian of today has signed");
        Assert.That(await Invariants.BrokenAsync(Path.Combine(app.Storage, "training.db")), Is.Empty);
    }
}
