using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Training.App.Modules.Access;
using Training.App.Modules.Certificates;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Platform.Messaging;
using Training.Data.Scope;
using Training.Data;
using Training.Data.Access;
using Training.Data.Sqlite;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Webhooks;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>Two regions, three leagues, five sites; on five sides the same things: children, sessions, lists, tournaments, certificates.</summary>
internal sealed class MatrixWorld : IAsyncDisposable
{
    /// <summary>Another site of the other region, and of no side's league: it receives what the sides send away.</summary>
    private const string Receiver = "RCAZ";

    private static readonly (Side Side, string Site, string Region, string Surname)[] Places =
    [
        (Side.Own, "RSB", "02", "Bennani"), (Side.Neighbour, "USMO", "02", "Kettani"), (Side.Foreign, "WAC", "06", "Ouazzani"),
        (Side.Sibling, "RSB", "02", "Zerhouni"), (Side.OtherLeague, "DHJ", "06", "Doukkali"),
    ];

    private readonly Dictionary<Side, SideIds> sides = [];

    private MatrixWorld()
    {
        App = new TrainingApplication(TrainingApplication.OnSqlite)
        {
            Rearrange = services =>
            {
                services.AddSingleton<SqliteWriteGate>();
                services.Replace(ServiceDescriptor.Singleton<IWriteGate>(provider =>
                    new RehearsingGate(provider.GetRequiredService<SqliteWriteGate>(), provider.GetRequiredService<IHttpContextAccessor>())));
                services.AddSingleton<IStartupFilter, EachFromElsewhere>();
            },
        };
    }

    public TrainingApplication App { get; }

    /// <summary>The database's file, to be looked at behind the application's back.</summary>
    public string Database => Path.Combine(App.Storage, "training.db");

    public SideIds this[Side side] => sides[side];

    /// <summary>Counts behind the application's back.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static async Task<MatrixWorld> BuildAsync()
    {
        var world = new MatrixWorld();
        using var nation = world.App.Nation();
        foreach (var (side, site, region, surname) in Places) world.sides[side] = new SideIds(surname, await world.FillAsync(nation, side == Side.Sibling ? "U15" : "U13", site, region, surname));
        using var amazigh = await Families.AmazighFile.BringAsync(nation, Families.AmazighFile.Of(("families.claim.title", "ⵜⴰⵙⵏⴰ")));
        Assert.That((int)amazigh.StatusCode, Is.EqualTo(201));
        return world;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task<IReadOnlyDictionary<string, string>> FillAsync(HttpClient nation, string group, string site, string region, string surname)
    {
        var ids = new Dictionary<string, string> { ["site"] = site, ["region"] = region };
        ids["group"] = (await SendAsync(nation, HttpMethod.Post, "/api/groups", new { site, edition = "football-2026", name = group, capacity = 40 })).Text("group")!;
        ids["report"] = (await SendAsync(nation, HttpMethod.Post, "/api/reports", new { form = "csv", question = new { edition = "football-2026", site } })).Text("id")!;
        await Poll.UntilAsync(
            async () => (await nation.GetAsync(new Uri($"/api/reports/{ids["report"]}/file", UriKind.Relative))).IsSuccessStatusCode,
            () => Task.FromResult("the ordered report is not there"));
        var (certified, twin, leaver) = (await RegisterAsync(nation, ids, surname, 1), await RegisterAsync(nation, ids, surname, 2), await RegisterAsync(nation, ids, surname, 3));
        (ids["participant"], ids["enrollment"], ids["claimCode"]) = (certified.Participant, certified.Enrollment, certified.ClaimCode);
        (ids["other"], ids["otherEnrollment"], ids["birthDate"]) = (twin.Participant, twin.Enrollment, certified.BirthDate);

        foreach (var date in (string[])["2026-11-18", "2026-11-19"])
        {
            ids["closed"] = await HoldAsync(nation, ids["group"], date, 360, Workshop.Mandatory);
            await MarkAsync(nation, ids["closed"], Workshop.Mark(certified));
            await SendAsync(nation, HttpMethod.Post, $"/api/sessions/{ids["closed"]}/close", new { evenIfNobodyMarked = true });
        }
        ids["session"] = await HoldAsync(nation, ids["group"], "2026-11-20", 90);
        await MarkAsync(nation, ids["session"], Workshop.Mark(certified));
        using (var club = await App.SiteAsync(site))
            ids["markId"] = (await MarkAsync(club, ids["session"], Workshop.Mark(certified, "absent"))).GetProperty("conflicts")[0].Text("markId")!;
        ids["coming"] = await HoldAsync(nation, ids["group"], "2026-12-02", 90);
        ids["move"] = (await SendAsync(nation, HttpMethod.Post, "/api/sessions/move-hours", new { from = "2026-12-01", to = "2026-12-03", site, shiftMinutes = 60 })).Text("move")!;

        ids["pair"] = (await SendAsync(nation, HttpMethod.Post, "/api/duplicates", new { participant = certified.Participant, other = twin.Participant })).Text("id")!;
        ids["transfer"] = (await SendAsync(nation, HttpMethod.Post, $"/api/enrollments/{leaver.Enrollment}/transfer", new { toSite = Receiver })).Text("transfer")!;
        ids["import"] = (await nation.PreviewAsync($"{ImportCalls.Heading}\nNabil;{surname};04/05/2013;M;Samira {surname};0611223344;01/10/2026\n", site)).Text("id")!;
        ids["tournament"] = (await SendAsync(nation, HttpMethod.Post, "/api/tournaments", new
        {
            edition = "football-2026", host = site, name = "Tournoi", startsOn = "2026-12-05", endsOn = "2026-12-06", start = "08:00", minutes = 240, categories = new[] { "U15" },
        })).Text("tournament")!;
        ids["squad"] = (await SendAsync(nation, HttpMethod.Post, $"/api/tournaments/{ids["tournament"]}/squads", new { site, category = "U15" })).Text("squad")!;
        ids["request"] = (await SendAsync(nation, HttpMethod.Post, "/api/rights/requests", new { participant = ids["other"], kind = "erase" })).Text("id")!;
        using (var club = await App.SiteAsync(site))
            ids["correction"] = (await SendAsync(club, HttpMethod.Post, $"/api/participants/{leaver.Participant}/corrections", new { reason = "Seen", birthDate = "2013-09-09" })).Text("id")!;
        await CertifyAsync(nation, ids);
        ids["webhook"] = (await SendAsync(nation, HttpMethod.Post, "/api/webhooks/", new { name = "Partenaire", address = "https://93.184.215.14/hooks", events = new[] { "certificate.issued" }, region })).Text("id")!;
        // Made, and told of nothing: no test speaks to a machine of the internet.
        (await nation.PostAsync(new Uri($"/api/webhooks/{ids["webhook"]}/stop", UriKind.Relative), null)).Dispose();
        ids["delivery"] = await TellAsync(OpaqueId.ParseWebhook(ids["webhook"])!.Value, region);
        (ids["person"], ids["grant"], ids["key"]) = await EmployAsync(site);
        return ids;
    }

    /// <summary>A line of the webhook's log.</summary>
    private async Task<string> TellAsync(int webhook, string region)
    {
        await using var db = new TrainingDbContext(App.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        var told = new WebhookDelivery
        {
            WebhookId = webhook, RegionId = await db.Set<Region>().Where(row => row.Code == region).Select(row => row.Id).SingleAsync(),
            Event = WebhookEvents.CertificateIssued, SubjectId = 1, SubjectVersion = 1, EventId = Guid.NewGuid(), Body = "{}",
            CreatedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch, GiveUpAt = DateTimeOffset.UnixEpoch,
        };
        told.Accept("http-204", DateTimeOffset.UnixEpoch);
        db.Add(told);
        await db.SaveChangesAsync();
        return OpaqueId.Delivery(told.Id);
    }

    /// <summary>A coach of the site, the role by which the coach is one, and a key of the site.</summary>
    private async Task<(string Person, string Grant, string Key)> EmployAsync(string site)
    {
        await App.CreateAsync($"{site}-{Guid.NewGuid():N}@matrix.example", "une phrase de passe", new CreateAccount.Grant(Role.Coach, Site: site));
        using var machine = await App.SiteAsync(site);
        return await App.InsideAsync(async services =>
        {
            var db = services.GetRequiredService<TrainingDbContext>();
            var grant = await db.Set<RoleGrant>().OrderBy(row => row.Id).LastAsync();
            var key = await db.Set<ApiKey>().MaxAsync(row => row.Id);
            return (OpaqueId.Account(grant.AccountId), grant.Id.ToString(CultureInfo.InvariantCulture), key.ToString(CultureInfo.InvariantCulture));
        });
    }

    private async Task CertifyAsync(HttpClient nation, Dictionary<string, string> ids)
    {
        await App.InsideAsync(services => services.GetRequiredService<CertificateIssuer>()
            .AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None));
        JsonElement[] certificates = [];
        await Poll.UntilAsync(
            async () => (certificates = await nation.ItemsAsync($"/api/certificates?participant={ids["participant"]}")).Any(row => row.Text("status") == "issued"),
            () => Task.FromResult($"there are {certificates.Length} certificates"));
        ids["certificate"] = certificates[0].Text("number")!;
        ids["verification"] = certificates[0].Text("verificationAddress")!.Split('/')[^1];
    }

    private static async Task<Youth> RegisterAsync(HttpClient nation, Dictionary<string, string> ids, string surname, int number)
    {
        var body = Bodies.Child(number, ids["site"]);
        body["group"] = ids["group"];
        body["participant"]!["familyName"] = surname;
        body["participant"]!["birthDate"] = $"2013-0{number}-12";
        body["guardians"]![0]!["name"] = $"Samira {surname}";
        body["duplicateDecision"] = "notADuplicate";
        var answer = await TrainingApplication.RegisterAsync(nation, body);
        return new Youth(answer.Text("enrollment")!, answer.Text("participant")!, answer.Text("claimCode")!, $"2013-0{number}-12");
    }

    private static async Task<string> HoldAsync(HttpClient nation, string group, string date, int minutes, params string[] modules) =>
        (await SendAsync(nation, HttpMethod.Post, "/api/sessions", new { group, kind = "workshop", date, start = "10:00", minutes, modules, alongside = true })).Text("session")!;

    private static Task<JsonElement> MarkAsync(HttpClient client, string session, object mark) =>
        SendAsync(client, HttpMethod.Put, $"/api/sessions/{session}/attendance", new { marks = new[] { mark } });

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string address, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.InRange(200, 299), $"{address}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }
}

/// <summary>Every request comes from an address of its own, so that none is told to wait for the others.</summary>
internal sealed class EachFromElsewhere : IStartupFilter
{
    private int requests;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) =>
        {
            context.Connection.RemoteIpAddress = new IPAddress(0x0A000000 + Interlocked.Increment(ref requests));
            return go(context);
        });
        next(app);
    };
}
