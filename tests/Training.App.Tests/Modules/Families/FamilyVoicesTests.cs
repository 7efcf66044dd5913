using System.Net;
using System.Net.Http.Json;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Registry.Corrections;

namespace Training.App.Tests.Modules.Families;

/// <summary>Guardians with their own rights, and guardians who disagree.</summary>
[TestFixture]
internal sealed class FamilyVoicesTests : FamilyDoor
{
    [Test]
    public async Task Of_two_guardians_who_disagree_the_more_protective_one_holds_until_both_say_the_same()
    {
        using var father = await OpenSessionAsync(2);
        Assert.That(await StandsAsync(father, given: false), Is.False);
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
        var access = await Workshop.ReadAsync(await Workshop.Staff.GetAsync($"/api/participants/{Youth.Participant}/family-access"));
        var said = access.GetProperty("disagreements")[0];
        Assert.That((said.GetProperty("for").GetArrayLength(), said.GetProperty("against").GetArrayLength()), Is.EqualTo((1, 1)));

        using var mother = await OpenSessionAsync(1);
        Assert.That(await StandsAsync(mother, given: true), Is.False, "the father is still against it");
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
        Assert.That(await StandsAsync(father, given: true), Is.True);
        Assert.That(await StatusAsync(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_guardian_who_only_looks_may_withdraw_and_not_give()
    {
        using var coordinator = await App.DeciderAsync();
        using var set = await coordinator.PostAsJsonAsync($"/api/participants/{Youth.Participant}/guardian-rights", new { guardian = 1, viewOnly = true });
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var mother = await OpenSessionAsync(1);
        Assert.That(await StandsAsync(mother, given: false), Is.False);
        using var refused = await AnswerAsync(mother, given: true);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(), Is.EqualTo("awaitingConsent"));
    }

    [Test]
    public async Task Where_no_guardian_has_a_mobile_phone_the_paper_opens_but_gives_nothing()
    {
        var youth = await Workshop.RegisterAsync(3, body => (body["guardians"]![0]!["phone"], body["guardians"]![0]!["noPhone"]) = (null, true));
        using var phone = Phone();
        using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = youth.ClaimCode, birthDate = youth.BirthDate });
        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var given = await phone.PostAsJsonAsync($"/api/family/children/{youth.Participant}/consents", new { purpose = "photos", given = true });
        Assert.That(((int)given.StatusCode, (await Workshop.ReadAsync(given)).GetProperty("code").GetString()), Is.EqualTo((422, "consentNeedsCode")));
        using var foreign = await phone.PostAsJsonAsync($"/api/family/children/{Youth.Participant}/consents", new { purpose = "participation", given = false });
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var withdrawn = await phone.PostAsJsonAsync($"/api/family/children/{youth.Participant}/consents", new { purpose = "participation", given = false });
        Assert.That(withdrawn.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the more protective word needs less proof");
    }

    private Task<HttpResponseMessage> AnswerAsync(HttpClient phone, bool given) =>
        phone.PostAsJsonAsync($"/api/family/children/{Youth.Participant}/consents", new { purpose = "participation", given });

    private async Task<bool> StandsAsync(HttpClient phone, bool given)
    {
        using var answer = await AnswerAsync(phone, given);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return (await Workshop.ReadAsync(answer)).GetProperty("stands").GetBoolean();
    }

    private async Task<string?> StatusAsync() =>
        (await Workshop.ReadAsync(await Workshop.Staff.GetAsync($"/api/enrollments/{Youth.Enrollment}"))).GetProperty("status").GetString();
}
