using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Platform;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>A registration that is sent again, by a tap too many or after a lost answer.</summary>
internal sealed class RegistrationIdempotencyTests
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
    public async Task The_same_key_and_body_get_the_same_answer_and_register_once()
    {
        var first = await RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "a-1");
        var second = await RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "a-1");

        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(second.Text, Is.EqualTo(first.Text));
    }

    [Test]
    public async Task The_same_key_with_another_body_is_refused_even_after_a_refusal()
    {
        var faulty = Bodies.Yasmine();
        faulty["guardians"] = new JsonArray();
        var first = await RegistrationAnswer.SendAsync(client, faulty, key: "a-2");
        var second = await RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "a-2");

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(second.Code, Is.EqualTo("idempotencyKeyReused"));
    }

    [Test]
    public async Task The_same_request_several_times_at_once_gets_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "tap")));

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
        await RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "day");
        app.Time.Advance(TimeSpan.FromHours(25));

        var other = await RegistrationAnswer.SendAsync(client, Bodies.Child(3), key: "day");

        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.Created), other.Text);
    }

    [Test]
    public async Task A_stored_answer_does_not_show_the_claim_code()
    {
        var answer = await RegistrationAnswer.SendAsync(client, Bodies.Yasmine(), key: "secret");

        var code = answer.Body.GetProperty("claimCode").GetString()!;
        var stored = await app.InsideAsync(async services => await services.GetRequiredService<TrainingDbContext>()
            .Set<IdempotencyRow>().Select(row => row.Response).SingleAsync());
        Assert.That(stored, Is.Not.Null.And.Not.Contains(code));
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
}
