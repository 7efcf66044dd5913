using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments;

internal sealed class RegisterParticipantTests
{
    private TrainingApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        client = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Registers_a_child_with_guardian_and_consent_at_once()
    {
        var answer = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());

        Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("active"));
        Assert.That(answer.GetProperty("participant").GetString(), Does.Match("^[0-9A-Z]{3}-[0-9A-Z]{4}$"));
        Assert.That(answer.GetProperty("claimCode").GetString(), Does.Match("^[0-9A-Z]{5}-[0-9A-Z]{5}$"));
    }

    [Test]
    public async Task Without_consent_the_enrollment_awaits_it()
    {
        var body = Bodies.Yasmine();
        body["consents"] = new JsonArray();

        var answer = await TrainingApplication.RegisterAsync(client, body);

        Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("awaitingConsent"));
    }

    [Test]
    public async Task A_group_is_opened_although_somebody_named_one_by_number()
    {
        using var named = await client.PostAsJsonAsync("/api/groups", new { site = "RSB", edition = "football-2026", name = "2", capacity = 1 });
        Assert.That((int)named.StatusCode, Is.EqualTo(201));

        await TrainingApplication.RegisterAsync(client, Bodies.Child(1));
        await TrainingApplication.RegisterAsync(client, Bodies.Child(2));

        var groups = await client.ItemsAsync("/api/groups?site=RSB&edition=football-2026");
        Assert.That(groups.Select(group => group.Text("name")), Is.EquivalentTo(new[] { "2", "3" }).Or.EquivalentTo(new[] { "2", "1" }));
    }

    [Test]
    public async Task A_child_spelled_otherwise_is_a_possible_duplicate_until_someone_decides()
    {
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var again = Bodies.Yasmine();
        again["participant"]!["givenName"] = "Yassmine";
        again["participant"]!["familyName"] = "Alaoui";

        var refused = await RegistrationAnswer.SendAsync(client, again);
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Code, Is.EqualTo("possibleDuplicate"));
        Assert.That(refused.Body.GetProperty("candidates").GetArrayLength(), Is.EqualTo(1));

        again["duplicateDecision"] = "notADuplicate";
        Assert.That((await RegistrationAnswer.SendAsync(client, again)).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_child_known_from_one_track_joins_the_other_as_the_same_participant()
    {
        var first = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = first.GetProperty("participant").GetString() };

        var second = await TrainingApplication.RegisterAsync(client, body);
        var third = await RegistrationAnswer.SendAsync(client, body);

        Assert.That(second.GetProperty("participant").GetString(), Is.EqualTo(first.GetProperty("participant").GetString()));
        Assert.That(third.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(third.Code, Is.EqualTo("alreadyEnrolled"));
    }

    [Test]
    public async Task A_child_known_from_elsewhere_keeps_its_code_and_the_look_at_its_file_is_written_down()
    {
        var first = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = first.GetProperty("participant").GetString() };
        using var house = await app.SiteAsync("MJ-04-001");

        var second = await TrainingApplication.RegisterAsync(house, body);

        Assert.That(second.GetProperty("claimCode").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var readings = await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<FileReading>().Select(row => row.Door).ToListAsync());
        Assert.That(readings, Is.EqualTo(new[] { "registration" }));
    }

    [Test]
    public async Task A_known_child_whose_code_the_caller_may_see_brings_it_again()
    {
        var first = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = first.GetProperty("participant").GetString() };

        var second = await TrainingApplication.RegisterAsync(client, body);

        Assert.That(second.GetProperty("claimCode").GetString(), Is.EqualTo(first.GetProperty("claimCode").GetString()));
    }

    [Test]
    public async Task A_known_child_with_a_standing_consent_takes_part_and_a_further_guardian_comes_last()
    {
        var first = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = first.GetProperty("participant").GetString() };
        body["consents"] = new JsonArray();
        body["guardians"]![0]!["name"] = "Karim El Alaoui";
        body["guardians"]![0]!["relationship"] = "father";

        var second = await TrainingApplication.RegisterAsync(client, body);

        Assert.That(second.GetProperty("status").GetString(), Is.EqualTo("active"));
        var positions = await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Guardianship>()
            .OrderBy(row => row.Relationship).Select(row => new { row.Relationship, row.Position }).ToListAsync());
        Assert.That(positions.Single(row => row.Relationship == Relationship.Mother).Position, Is.EqualTo(1));
        Assert.That(positions.Single(row => row.Relationship == Relationship.Father).Position, Is.EqualTo(2));
    }

    [Test]
    public async Task Two_requests_for_one_child_at_once_register_it_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RegistrationAnswer.SendAsync(client, Bodies.Yasmine())));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Code == "possibleDuplicate"), Is.EqualTo(11));
    }

    [Test]
    public async Task Twins_are_two_children()
    {
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var twin = Bodies.Yasmine();
        twin["participant"]!["givenName"] = "Salma";
        twin["participant"]!["givenNameAr"] = "سلمى";

        Assert.That((await RegistrationAnswer.SendAsync(client, twin)).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_closed_edition_takes_nobody()
    {
        app.Time.Advance(TimeSpan.FromDays(400));

        var answer = await RegistrationAnswer.SendAsync(client, Bodies.Yasmine());

        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
        Assert.That(answer.Code, Is.EqualTo("editionClosed"));
    }
}
