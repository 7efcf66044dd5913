using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>What an organisation's key opens, and for how long.</summary>
[TestFixture]
internal sealed partial class ApiKeyTests
{
    private TrainingApplication app = null!;
    private HttpClient coordinator = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        coordinator = await app.CoordinatorAsync("region@test.example", "02");
    }

    [TearDown]
    public async Task Stop()
    {
        coordinator.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("Read", 200, 403, 403)]
    [TestCase("Write", 403, 400, 403)]
    [TestCase("Report", 403, 403, 200)]
    public async Task A_key_opens_what_its_scopes_say(string scope, int list, int change, int figures)
    {
        using var machine = app.WithKey((await MakeAsync("s:RSB", scope))!);

        Assert.That(await StatusAsync(machine, HttpMethod.Get, "/api/groups?site=RSB&edition=football-2026"), Is.EqualTo(list));
        Assert.That(await StatusAsync(machine, HttpMethod.Post, "/api/groups"), Is.EqualTo(change));
        Assert.That(await StatusAsync(machine, HttpMethod.Get, "/api/reports/attendance?edition=football-2026&by=site&site=RSB"), Is.EqualTo(figures));
    }

    [TestCase("s:WAC")]
    [TestCase("r:06")]
    [TestCase("")]
    public async Task A_coordinator_makes_no_key_beyond_the_own_region(string place) => Assert.That(await MakeAsync(place, "Read"), Is.Null);

    [Test]
    public async Task A_key_without_scopes_is_not_made() => Assert.That(await MakeAsync("s:RSB"), Is.Null);

    [Test]
    public async Task A_rotated_key_works_beside_its_successor_for_a_week()
    {
        var old = (await MakeAsync("s:RSB", "Read"))!;
        using var rotated = await coordinator.SendFormAsync("/keys", "/keys?handler=Rotate", ("id", await LastIdAsync()));
        var successor = Key().Match(await rotated.Content.ReadAsStringAsync()).Value;
        using var before = app.WithKey(old);
        using var after = app.WithKey(successor);

        Assert.That((await ListAsync(before), await ListAsync(after)), Is.EqualTo((200, 200)));
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.That((await ListAsync(before), await ListAsync(after)), Is.EqualTo((401, 200)));
    }

    [Test]
    public async Task A_revoked_key_is_forgotten_and_its_use_was_written_down()
    {
        using var machine = app.WithKey((await MakeAsync("s:RSB", "Read"))!);
        Assert.That(await ListAsync(machine), Is.EqualTo(200));
        var used = await app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<ApiKey>().OrderBy(row => row.Id).Select(row => row.LastUsedAt).LastAsync());
        using var revoked = await coordinator.SendFormAsync("/keys", "/keys?handler=Revoke", ("id", await LastIdAsync()));
        app.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(used, Is.EqualTo(TrainingApplication.Start));
        Assert.That(await ListAsync(machine), Is.EqualTo(401));
    }

    [Test]
    public async Task A_coordinator_changes_no_key_of_another_region()
    {
        using var foreign = await app.SiteAsync("WAC");

        using var revoked = await coordinator.SendFormAsync("/keys", "/keys?handler=Revoke", ("id", await LastIdAsync()));

        Assert.That((int)revoked.StatusCode, Is.EqualTo(404));
        Assert.That(await coordinator.GetStringAsync(new Uri("/keys", UriKind.Relative)), Does.Not.Contain("handler=Revoke"));
    }

    [Test]
    public async Task A_key_stops_at_the_end_of_its_last_day()
    {
        var today = DateOnly.FromDateTime(TrainingApplication.Start.UtcDateTime);
        var made = await app.InsideAsync(services => services.GetRequiredService<CreateApiKey.Handler>().HandleAsync(
            new CreateApiKey.Request("Test", null, "RSB") { Scopes = KeyScopes.Read, EndsOn = today }, CancellationToken.None));
        using var machine = app.WithKey(made.Value.Key);

        Assert.That(await ListAsync(machine), Is.EqualTo(200));
        app.Time.Advance(TimeSpan.FromHours(16));
        Assert.That(await ListAsync(machine), Is.EqualTo(401));
    }

    private async Task<string?> MakeAsync(string place, params string[] scopes)
    {
        using var answer = await coordinator.SendFormAsync(
            "/keys", [("Organisation", "Ligue de test"), ("Place", place), .. scopes.Select(scope => ("Scopes", scope))]);
        var found = Key().Match(await answer.Content.ReadAsStringAsync());
        return found.Success ? found.Value : null;
    }

    private Task<string> LastIdAsync() => app.InsideAsync(async services =>
        (await services.GetRequiredService<TrainingDbContext>().Set<ApiKey>().MaxAsync(row => row.Id)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static Task<int> ListAsync(HttpClient machine) => StatusAsync(machine, HttpMethod.Get, "/api/groups?site=RSB&edition=football-2026");

    private static async Task<int> StatusAsync(HttpClient machine, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await machine.SendAsync(request);
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("trn_[\\w-]{43}")]
    private static partial Regex Key();
}
