using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>A guardian is found by phone, and meant again for a brother or sister.</summary>
internal sealed class FindGuardiansTests
{
    private TrainingApplication app = null!;
    private HttpClient coach = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        coach = await app.SiteAsync("RSB");
    }

    [TearDown]
    public void Stop()
    {
        coach.Dispose();
        app.Dispose();
    }

    [TestCase("0612345678")]
    [TestCase("+212 6 12 34 56 78")]
    [TestCase("٠٦١٢٣٤٥٦٧٨")]
    public async Task A_known_phone_however_typed_leads_to_the_guardian_and_the_children(string typed)
    {
        var child = await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());
        var found = (await SearchAsync(coach, typed)).Single();
        Assert.That((found.Text("name"), found.Text("relationship"), found.Text("language")), Is.EqualTo(("Samira El Alaoui", "mother", "arabic")));
        Assert.That(found.GetProperty("children").EnumerateArray().Single().Text("participant"), Is.EqualTo(child.Text("participant")));
    }

    [Test]
    public async Task A_sibling_registered_with_what_was_found_has_the_same_guardian()
    {
        await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());
        var guardian = (await SearchAsync(coach, "0612345678")).Single();
        var brother = Bodies.Yasmine();
        brother["participant"]!["givenName"] = "Adam";
        brother["participant"]!["givenNameAr"] = "آدم";
        brother["participant"]!["birthDate"] = "2012-06-01";
        brother["participant"]!["sex"] = "male";
        brother["guardians"]![0]!["name"] = guardian.Text("name");
        brother["duplicateDecision"] = "notADuplicate";
        await TrainingApplication.RegisterAsync(coach, brother);
        var again = (await SearchAsync(coach, "0612345678")).Single();
        Assert.That(again.GetProperty("children").GetArrayLength(), Is.EqualTo(2), "one guardian, two children");
    }

    [Test]
    public async Task A_phone_known_at_another_club_answers_like_one_that_nobody_has()
    {
        await TrainingApplication.RegisterAsync(coach, Bodies.Yasmine());
        using var other = await app.SiteAsync("WAC");
        Assert.That(await SearchAsync(other, "0612345678"), Is.Empty);
        Assert.That(await SearchAsync(other, "0699999999"), Is.Empty);
    }

    [TestCase("", "missing")]
    [TestCase("12", "phoneMalformed")]
    [TestCase("+33612345678", "phoneForeign")]
    public async Task What_is_no_moroccan_phone_is_refused(string typed, string fault)
    {
        var refused = await coach.PostAsJsonAsync("/api/guardians/search", new { phone = typed });
        Assert.That((await refused.JsonAsync()).Faults("phone"), Is.EqualTo(new[] { fault }));
    }

    private static async Task<JsonElement[]> SearchAsync(HttpClient client, string phone)
    {
        var answer = await client.PostAsJsonAsync("/api/guardians/search", new { phone });
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return [.. (await answer.JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
