using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.Data;
using Training.Data.Platform;
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
    public async Task The_same_key_and_body_get_the_same_answer_and_register_once()
    {
        var first = await SendAsync(Bodies.Yasmine(), key: "a-1");
        var second = await SendAsync(Bodies.Yasmine(), key: "a-1");

        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(second.Text, Is.EqualTo(first.Text));
    }

    [Test]
    public async Task The_same_key_with_another_body_is_refused_even_after_a_refusal()
    {
        var faulty = Bodies.Yasmine();
        faulty["guardians"] = new JsonArray();
        var first = await SendAsync(faulty, key: "a-2");
        var second = await SendAsync(Bodies.Yasmine(), key: "a-2");

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(second.Code, Is.EqualTo("idempotencyKeyReused"));
    }

    [Test]
    public async Task The_same_request_several_times_at_once_gets_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(Bodies.Yasmine(), key: "tap")));

        Assert.That(answers.Select(answer => answer.Text).Distinct().Count(), Is.EqualTo(1), answers[0].Text);
        Assert.That(answers[0].Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_success_after_a_refusal_is_kept_for_the_repeat()
    {
        await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        using var refused = await client.SendAsync(GroupRequest("after"));
        using var opened = await client.SendAsync(GroupRequest("after", edition: "football-2026"));
        using var again = await client.SendAsync(GroupRequest("after", edition: "football-2026", key: "second"));
        using var repeated = await client.SendAsync(GroupRequest("after", edition: "football-2026", key: "second"));

        Assert.That((int)refused.StatusCode, Is.EqualTo(404));
        Assert.That((int)opened.StatusCode, Is.EqualTo(422), "the key was used with another body");
        Assert.That((int)again.StatusCode, Is.EqualTo(201));
        Assert.That(await repeated.Content.ReadAsStringAsync(), Is.EqualTo(await again.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await SendAsync(Bodies.Yasmine(), key: "day");
        app.Time.Advance(TimeSpan.FromHours(25));

        var other = await SendAsync(Bodies.Child(3), key: "day");

        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.Created), other.Text);
    }

    [Test]
    public async Task A_stored_answer_does_not_show_the_claim_code()
    {
        var answer = await SendAsync(Bodies.Yasmine(), key: "secret");

        var code = answer.Body.GetProperty("claimCode").GetString()!;
        var stored = await app.InsideAsync(async services => await services.GetRequiredService<TrainingDbContext>()
            .Set<IdempotencyRow>().Select(row => row.Response).SingleAsync());
        Assert.That(stored, Is.Not.Null.And.Not.Contains(code));
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

        var refused = await SendAsync(again);
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Code, Is.EqualTo("possibleDuplicate"));
        Assert.That(refused.Body.GetProperty("candidates").GetArrayLength(), Is.EqualTo(1));

        again["duplicateDecision"] = "notADuplicate";
        Assert.That((await SendAsync(again)).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_child_known_from_one_track_joins_the_other_as_the_same_participant()
    {
        var first = await TrainingApplication.RegisterAsync(client, Bodies.Yasmine());
        var body = Bodies.Yasmine("MJ-04-001", "youthhouse-2026");
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = first.GetProperty("participant").GetString() };

        var second = await TrainingApplication.RegisterAsync(client, body);
        var third = await SendAsync(body);

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
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(Bodies.Yasmine())));

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

        Assert.That((await SendAsync(twin)).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("participant.birthDate", "\"2031-01-01\"", "inFuture")]
    [TestCase("participant.birthDate", "null", "missing")]
    [TestCase("participant.sex", "null", "missing")]
    [TestCase("participant.givenName", "\"12345\"", "noLetter")]
    [TestCase("participant.givenName", "\"QZ000123\"", "nationalId")]
    [TestCase("participant.givenName", "\"Yasmine 😀\"", "foreignLetters")]
    [TestCase("participant.familyName", "\"李\"", "foreignLetters")]
    [TestCase("participant.givenName", "\"Ali3\"", "digitInName")]
    [TestCase("participant.familyName", "\"=CMD()\"", "foreignLetters")]
    [TestCase("participant.familyName", "\"<script>alert(1)</script>\"", "foreignLetters")]
    [TestCase("participant.province", "\"99.999\"", "unknownProvince")]
    [TestCase("participant.massarCode", "\"123\"", "massarMalformed")]
    [TestCase("guardians[0].phone", "null", "phoneMissing")]
    [TestCase("guardians[0].phone", "\"+33612345678\"", "phoneForeign")]
    [TestCase("guardians[0].phone", "\"0612\"", "phoneMalformed")]
    [TestCase("guardians[0].name", "\"   \"", "missing")]
    [TestCase("guardians[0].relationship", "null", "missing")]
    [TestCase("consents[0].guardian", "3", "unknownGuardian")]
    public async Task Faulty_input_names_the_field(string field, string value, string code)
    {
        var body = Bodies.Yasmine();
        Set(body, field, JsonNode.Parse(value));

        var answer = await SendAsync(body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.Body.GetProperty("errors").GetProperty(field)[0].GetProperty("code").GetString(), Is.EqualTo(code), answer.Text);
    }

    [TestCase("participant.birthDate", "\"2020-01-01\"", 422, "tooYoung")]
    [TestCase("participant.birthDate", "\"2001-01-01\"", 422, "tooOld")]
    [TestCase("site", "\"NOPE\"", 404, "siteNotFound")]
    [TestCase("site", "\"MJ-04-001\"", 422, "siteOfOtherTrack")]
    [TestCase("edition", "\"football-1999\"", 404, "editionNotFound")]
    [TestCase("group", "\"g-0000000\"", 404, "groupNotFound")]
    [TestCase("participant.birthDate", "\"2014-13-45\"", 400, "unreadableRequest")]
    [TestCase("participant.birthDate", "17", 400, "unreadableRequest")]
    [TestCase("participant.sex", "\"robot\"", 400, "unreadableRequest")]
    [TestCase("nickname", "\"Yas\"", 400, "unreadableRequest")]
    [TestCase("duplicateDecision", "\"perhaps\"", 400, "unreadableRequest")]
    public async Task A_refusal_has_its_status_and_stable_code(string field, string value, int status, string code)
    {
        var body = Bodies.Yasmine();
        Set(body, field, JsonNode.Parse(value));

        var answer = await SendAsync(body);

        Assert.That((int)answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Code, Is.EqualTo(code), answer.Text);
    }

    [Test]
    public async Task A_closed_edition_takes_nobody()
    {
        app.Time.Advance(TimeSpan.FromDays(400));

        var answer = await SendAsync(Bodies.Yasmine());

        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
        Assert.That(answer.Code, Is.EqualTo("editionClosed"));
    }

    [Test]
    public async Task The_message_is_in_the_language_asked_for()
    {
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        var body = Bodies.Yasmine();
        body["guardians"] = new JsonArray();

        var answer = await SendAsync(body);

        Assert.That(answer.Body.GetProperty("errors").GetProperty("guardians")[0].GetProperty("message").GetString(), Is.EqualTo("المرجو ملء هذه الخانة."));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"edition\":\"football-2026\",\"site\":\"RSB\",\"participant\":{},\"guardians\":[null]}")]
    public async Task A_body_that_makes_no_sense_is_the_callers_fault(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/enrollments", content);

        Assert.That((int)response.StatusCode, Is.EqualTo(400), await response.Content.ReadAsStringAsync());
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Without_a_key_nobody_registers()
    {
        using var anonymous = app.Anonymous();
        using var response = await anonymous.PostAsJsonAsync("/api/enrollments", Bodies.Yasmine());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static HttpRequestMessage GroupRequest(string name, string edition = "football-1999", string key = "first")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/groups")
        {
            Content = JsonContent.Create(new { site = "RSB", edition, name, capacity = 10 }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static void Set(JsonObject body, string path, JsonNode? value)
    {
        JsonNode node = body;
        var parts = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (var part in parts[..^1]) node = part[0] == '[' ? node[int.Parse(part[1..^1], null)]! : node[part]!;
        node[parts[^1]] = value;
    }

    private async Task<Answer> SendAsync(JsonObject body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/enrollments") { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text, JsonDocument.Parse(text).RootElement);
    }

    private sealed record Answer(HttpStatusCode Status, string Text, JsonElement Body)
    {
        public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
