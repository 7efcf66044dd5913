using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Families;

namespace Training.App.Tests.Modules.Registry.Corrections;

/// <summary>What a correction means for the guardians: whose phone it is, who decides for the child, and their other children.</summary>
[TestFixture]
internal sealed class CorrectionFamilyTests : FamilyDoor
{
    [Test]
    public async Task A_new_phone_ends_a_code_on_its_way_and_a_link_that_was_sent()
    {
        var ticket = await SendAsync(2);
        var code = LastCode();
        var link = await SendLinkAsync();
        Assert.That((await OpenLinkAsync(link)).Succeeded, Is.True);
        using var region = await App.DeciderAsync();

        await region.CorrectedAsync(Youth, new { reason = "Another number", guardians = new[] { new { guardian = 2, phone = "0677777777" } } });

        Assert.That((await ConfirmAsync(ticket, code)).Succeeded, Is.False, "the code");
        Assert.That((await OpenLinkAsync(link)).Error?.Code, Is.EqualTo("linkOver"));
    }

    [Test]
    public async Task A_guardian_s_name_that_also_stands_in_another_region_waits_and_the_brother_s_older_form_is_refused()
    {
        var brother = await Workshop.RegisterAsync(2, body => { (body["site"], body["group"]) = ("WAC", null); TwoParents(body); });
        using var site = await App.SiteAsync("RSB");
        using var region = await App.DeciderAsync();
        var seen = await Workshop.Staff.VersionAsync(brother);

        using var asked = await site.CorrectAsync(Youth, new { reason = "Driss said so", guardians = new[] { new { guardian = 1, name = "Samira Alaoui" } } });
        Assert.That((int)asked.StatusCode, Is.EqualTo(202), await asked.Content.ReadAsStringAsync());
        using var written = await region.DecideCorrectionAsync((await asked.JsonAsync()).Text("id")!, new { approve = true });

        Assert.That((int)written.StatusCode, Is.EqualTo(200), await written.Content.ReadAsStringAsync());
        using var older = await Workshop.Staff.CorrectAsync(brother, new { version = seen, reason = "x", massarCode = "G123456789", guardians = new[] { new { guardian = 1, name = "Samira El Alaoui" } } });
        Assert.That(((int)older.StatusCode, await older.CodeAsync()), Is.EqualTo((409, "changedMeanwhile")));
        var log = (await Workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{brother.Participant}/readings")).GetProperty("items").EnumerateArray();
        Assert.That(log.Where(line => line.Text("door") == "guardian-corrected").Select(line => line.Text("reason")), Is.EqualTo(new string?[] { null }), "no word about another child");
    }

    [Test]
    public async Task A_phone_given_again_in_person_raises_the_version_of_the_guardian_s_other_children_too()
    {
        var brother = await Workshop.RegisterAsync(2, TwoParents);
        var (own, other) = (await Workshop.Staff.VersionAsync(Youth), await Workshop.Staff.VersionAsync(brother));

        using var again = await Workshop.Staff.PostAsJsonAsync($"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Lost the phone", guardian = 1, phone = "0611000009" });

        Assert.That((int)again.StatusCode, Is.EqualTo(200));
        Assert.That((await Workshop.Staff.VersionAsync(Youth), await Workshop.Staff.VersionAsync(brother)), Is.EqualTo((own + 1, other + 1)));
    }

    [Test]
    public async Task A_phone_changed_in_person_is_out_for_every_child_of_that_guardian_at_once()
    {
        var brother = await Workshop.RegisterAsync(2, TwoParents);
        var sister = await Workshop.RegisterAsync(3, body => { (body["site"], body["group"]) = ("WAC", null); TwoParents(body); });
        using var former = await OpenSessionAsync(1, brother);
        var ticket = await SendAsync(1, brother);
        var code = LastCode();
        using var site = await App.SiteAsync("RSB");

        using var answer = await site.PostAsJsonAsync($"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Lost the phone", guardian = 1, phone = "0611000009" });

        var done = await answer.JsonAsync();
        Assert.That(done.GetProperty("alsoRenewed").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { brother.Participant }), "one who takes part elsewhere is not named");
        using var after = await former.GetAsync(new Uri("/api/family/children", UriKind.Relative));
        Assert.That((int)after.StatusCode, Is.EqualTo(401), "an open session");
        Assert.That((await ConfirmAsync(ticket, code)).Succeeded, Is.False, "a code on its way");
        foreach (var child in new[] { brother, sister })
        {
            using var paper = await App.Anonymous().PostAsJsonAsync("/api/family/claim", new { claimCode = child.ClaimCode, birthDate = child.BirthDate });
            Assert.That((int)paper.StatusCode, Is.EqualTo(404), "a printed code");
            var log = (await Workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/readings")).GetProperty("items").EnumerateArray();
            Assert.That(log.Where(line => line.Text("door") == "guardian-corrected").Select(line => line.Text("reason")), Is.EqualTo(new string?[] { null }), "no word about another child");
        }
    }

    [Test]
    public async Task A_family_let_in_again_with_the_same_number_leaves_the_guardian_s_other_children_alone()
    {
        var brother = await Workshop.RegisterAsync(2, TwoParents);

        using var answer = await Workshop.Staff.PostAsJsonAsync($"/api/participants/{Youth.Participant}/family-recovery", new { reason = "Lost the paper", guardian = 1, phone = "0611000001" });

        Assert.That((await answer.JsonAsync()).GetProperty("alsoRenewed").GetArrayLength(), Is.Zero);
        using var paper = await App.Anonymous().PostAsJsonAsync("/api/family/claim", new { claimCode = brother.ClaimCode, birthDate = brother.BirthDate });
        Assert.That((int)paper.StatusCode, Is.EqualTo(202), "a code is on its way");
    }

    [Test]
    public async Task Who_decides_for_a_child_is_written_by_the_region_and_never_leaves_nobody()
    {
        using var site = await App.SiteAsync("RSB");
        using var region = await App.DeciderAsync();
        foreach (var machine in new[] { site, Workshop.Staff })
            Assert.That(await RightsAsync(machine, 1, true), Is.EqualTo((422, "coordinatorDecides")));
        using var asked = await site.CorrectAsync(Youth, new { reason = "Custody paper seen", guardians = new[] { new { guardian = 1, viewOnly = true } } });
        Assert.That((int)asked.StatusCode, Is.EqualTo(202), "a site proposes it");
        var id = (await asked.JsonAsync()).Text("id")!;
        var before = await region.VersionAsync(Youth);

        Assert.That(await RightsAsync(region, 2, true), Is.EqualTo((200, (string?)null)));
        Assert.That(await region.VersionAsync(Youth), Is.EqualTo(before + 1));
        Assert.That(await RightsAsync(region, 1, true), Is.EqualTo((422, "noGuardianDecides")));
        using var approved = await region.DecideCorrectionAsync(id, new { approve = true });
        Assert.That(((int)approved.StatusCode, await approved.CodeAsync()), Is.EqualTo((422, "noGuardianDecides")), "what was proposed earlier neither");
        using var refused = await region.DecideCorrectionAsync(id, new { approve = false, note = "Nobody would be left" });
        using var direct = await region.CorrectAsync(Youth, new { reason = "x", guardians = new[] { new { guardian = 1, ended = true } } });
        Assert.That(((int)direct.StatusCode, await direct.CodeAsync()), Is.EqualTo((422, "noGuardianDecides")));
        App.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.That(await RightsAsync(region, 2, false), Is.EqualTo((403, "proveAgain")));
    }

    private async Task<(int Status, string? Code)> RightsAsync(HttpClient client, int guardian, bool viewOnly)
    {
        using var answer = await client.PostAsJsonAsync($"/api/participants/{Youth.Participant}/guardian-rights", new { guardian, viewOnly });
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.CodeAsync());
    }
}
