using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry;

/// <summary>What the system remembers of two files, and whom it compares a child with.</summary>
internal sealed class PairMemoryTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Remembers_that_a_registered_child_is_another_than_those_shown()
    {
        var first = await RegisterAsync(Bodies.Yasmine());
        var homonym = Bodies.Yasmine();
        homonym["guardians"]![0]!["phone"] = "0655555555";
        homonym["duplicateDecision"] = "notADuplicate";

        var second = await RegisterAsync(homonym);

        var pair = (await app.PairsAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { pair.LowId, pair.HighId }, Is.EquivalentTo(new[] { KeyOf(first), KeyOf(second) }));
            Assert.That(pair.Decision, Is.EqualTo(PairDecision.Different));
            Assert.That(pair.Source, Is.EqualTo(PairSource.Registration));
            Assert.That(pair.DecidedBy, Is.EqualTo("bootstrap"));
            Assert.That(pair.DecidedAt, Is.EqualTo(TrainingApplication.Start));
        }
    }

    [Test]
    public async Task Asks_about_a_third_child_again_and_remembers_both_answers()
    {
        await RegisterAsync(Bodies.Yasmine());
        await RegisterAsync(Homonym("0655555555"));
        var third = Bodies.Yasmine();
        third["guardians"]![0]!["phone"] = "0666666666";

        using var asked = await nation.PostAsJsonAsync("/api/enrollments", third);
        Assert.That((int)asked.StatusCode, Is.EqualTo(409));
        Assert.That((await asked.JsonAsync()).GetProperty("candidates").GetArrayLength(), Is.EqualTo(2));

        await RegisterAsync(Homonym("0666666666"));
        Assert.That((await app.PairsAsync()).Select(pair => pair.Decision), Is.EqualTo(Enumerable.Repeat(PairDecision.Different, 3)));
    }

    [Test]
    public async Task Leaves_an_equal_official_code_to_a_coordinator_whatever_the_coach_said()
    {
        var first = Bodies.Yasmine();
        first["participant"]!["massarCode"] = "Z990000001";
        await RegisterAsync(first);
        var other = Bodies.Child(3);
        other["participant"]!["massarCode"] = "Z990000001";
        other["duplicateDecision"] = "notADuplicate";

        await RegisterAsync(other);

        var pair = (await app.PairsAsync()).Single();
        Assert.That((pair.Decision, pair.Strength, pair.DecidedBy), Is.EqualTo((PairDecision.Waiting, PairStrength.Certain, (string?)null)));
    }

    [Test]
    public async Task Finds_a_child_of_the_same_family_under_a_wrong_birth_year_and_another_spelling()
    {
        await RegisterAsync(Bodies.Yasmine());
        var again = Bodies.Yasmine();
        again["participant"]!["birthDate"] = "2013-03-12";
        again["participant"]!["givenName"] = "Yassmine";
        again["participant"]!["familyName"] = "Alaoui";

        using var answer = await nation.PostAsJsonAsync("/api/enrollments", again);

        Assert.That(await answer.CodeAsync(), Is.EqualTo("possibleDuplicate"));
    }

    [Test]
    public async Task Finds_a_licence_with_the_same_birth_date_under_any_name()
    {
        var first = Bodies.Yasmine();
        first["participant"]!["licenceNumber"] = "L-2026/17";
        await RegisterAsync(first);
        var again = Bodies.Child(5);
        again["participant"]!["licenceNumber"] = "L-2026/17";
        again["participant"]!["birthDate"] = "2014-03-12";

        using var answer = await nation.PostAsJsonAsync("/api/enrollments", again);

        Assert.That((await answer.JsonAsync()).GetProperty("candidates")[0].GetProperty("certain").GetBoolean(), Is.True);
    }

    private static JsonObject Homonym(string phone)
    {
        var body = Bodies.Yasmine();
        body["guardians"]![0]!["phone"] = phone;
        body["duplicateDecision"] = "notADuplicate";
        return body;
    }

    private async Task<string> RegisterAsync(JsonObject body) => (await TrainingApplication.RegisterAsync(nation, body)).Text("participant")!;

    private static int KeyOf(string code) => ParticipantCode.TryParse(code, out var parsed) ? (int)parsed.ToKey() : throw new ArgumentException(code);
}

/// <summary>Looks into the memory of pairs.</summary>
internal static class PairLook
{
    /// <summary>Every pair that is known, in the order of their keys.</summary>
    public static Task<List<DuplicatePair>> PairsAsync(this TrainingApplication app) => app.InsideAsync(services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        return db.Set<DuplicatePair>().AsNoTracking().OrderBy(row => row.LowId).ThenBy(row => row.HighId).ToListAsync();
    });
}
