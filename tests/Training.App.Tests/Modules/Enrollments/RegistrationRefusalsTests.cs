using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>What is said to a registration that cannot be; none of these writes anything, so one application hears them all.</summary>
internal sealed class RegistrationRefusalsTests
{
    private TrainingApplication app = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public void Start()
    {
        app = new TrainingApplication();
        client = app.Nation();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("participant.birthDate", "\"2031-01-01\"", "inFuture")]
    [TestCase("participant.birthDate", "null", "missing")]
    [TestCase("participant.sex", "null", "missing")]
    [TestCase("participant.givenName", "\"12345\"", "noLetter")]
    [TestCase("participant.givenName", "\"QZ000123\"", "nationalId")]
    [TestCase("participant.givenName", "\"Yasmine 😀\"", "foreignLetters")]
    [TestCase("participant.familyName", "\"李\"", "foreignLetters")]
    [TestCase("participant.givenName", "\"Ali3\"", "digitInName")]
    [TestCase("participant.givenName", "\"Ali×\"", "foreignLetters")]
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

        var answer = await RegistrationAnswer.SendAsync(client, body);

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

        var answer = await RegistrationAnswer.SendAsync(client, body);

        Assert.That((int)answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Code, Is.EqualTo(code), answer.Text);
    }

    [Test]
    public async Task The_message_is_in_the_language_asked_for()
    {
        using var client = app.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        var body = Bodies.Yasmine();
        body["guardians"] = new JsonArray();

        var answer = await RegistrationAnswer.SendAsync(client, body);

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

    private static void Set(JsonObject body, string path, JsonNode? value)
    {
        JsonNode node = body;
        var parts = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (var part in parts[..^1]) node = part[0] == '[' ? node[int.Parse(part[1..^1], null)]! : node[part]!;
        node[parts[^1]] = value;
    }
}
