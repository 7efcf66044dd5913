using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Access;
using Training.App.Tests.Modules.Attendance;
using Training.Domain.Access;

namespace Training.App.Tests.Security;

/// <summary>
/// Generated requests at every door of the API with every role: none breaks the server, shows how it is built or shows a child to a
/// stranger, and the database is whole afterwards.
/// </summary>
internal sealed class ApiFuzzTests
{
    private const string Password = "une phrase de passe";

    /// <summary>Bears this name: a child of a site and region to which only the nation reaches.</summary>
    private const string Foreign = "Ouafaeforeign";

    [Test]
    public Task A_thousand_generated_requests_break_nothing() => SendAsync(count: 1_000, seed: 20261126);

    [Test, Category("Long")]
    public Task A_hundred_thousand_generated_requests_break_nothing() => SendAsync(count: 100_000, seed: Environment.TickCount);

    private static async Task SendAsync(int count, int seed)
    {
        await using var workshop = await Workshop.OpenAsync(children: 4, new TrainingApplication(TrainingApplication.OnSqlite));
        var app = workshop.App;
        var foreign = await workshop.RegisterAsync(50, body =>
        {
            (body["site"], body["group"]) = ("HUSA", null);
            body["participant"]!["givenName"] = Foreign;
        });
        var session = await workshop.HoldAsync();
        await workshop.AllPresentAsync(session);
        string[] ids =
        [
            session, workshop.Group, .. workshop.Youths.SelectMany(youth => new[] { youth.Enrollment, youth.Participant }), foreign.Enrollment, foreign.Participant,
            "i-0000001", "e-zzzzzzz", "2026-0000001", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
        ];
        using var document = JsonDocument.Parse(await workshop.Staff.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var requests = new GeneratedRequests(document.RootElement, ids, seed);
        var callers = await CallersAsync(app);

        for (var i = 0; i < count; i++)
        {
            var (role, client, seesForeign) = callers[i % callers.Count];
            var (request, says) = requests.Next();
            using var sent = request;
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var what = $"seed {seed}, request {i} as {role}: {says}\n{(int)answer.StatusCode} {text}";
            if ((int)answer.StatusCode >= 500 && (int)answer.StatusCode != 503) Assert.Fail(what);
            if (text.Contains("   at Training.", StringComparison.Ordinal) || text.Contains("Exception:", StringComparison.Ordinal)) Assert.Fail($"shows how it is built: {what}");
            if (!seesForeign && text.Contains(Foreign, StringComparison.OrdinalIgnoreCase)) Assert.Fail($"shows a stranger's child: {what}");
        }
        foreach (var (_, client, _) in callers) client.Dispose();
        Assert.That(await Invariants.BrokenAsync(Path.Combine(app.Storage, "training.db")), Is.Empty, $"seed {seed}");
    }

    private static async Task<List<(string Role, HttpClient Client, bool SeesForeign)>> CallersAsync(TrainingApplication app)
    {
        (Role Role, CreateAccount.Grant Grant)[] people =
        [
            (Role.Coach, new(Role.Coach, Site: "RSB")), (Role.Facilitator, new(Role.Facilitator, Site: "MJ-04-001")), (Role.Coordinator, new(Role.Coordinator, Region: "02")),
            (Role.Directorate, new(Role.Directorate)), (Role.Operator, new(Role.Operator)),
        ];
        List<(string, HttpClient, bool)> callers = [("nobody", app.Anonymous(), false), ("site key", await app.SiteAsync("RSB"), false), ("nation key", app.Nation(), true)];
        foreach (var (role, grant) in people)
        {
            var email = $"{role}@fuzz.example";
            var made = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>()
                .HandleAsync(new CreateAccount.Request(email, $"{role}", Password, "fr", [grant]), CancellationToken.None));
            Assert.That(made.Succeeded, Is.True, made.Error?.Code);
            callers.Add(($"{role}", await app.SignedInAsync(email, Password), role == Role.Directorate));
        }
        return callers;
    }
}
