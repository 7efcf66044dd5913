using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Access;
using Training.Domain.Access;
using Training.Domain.Attendance;
using Group = Training.Domain.Directory.Group;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>
/// Every address that tells figures, opened by every role: what belongs to Berkane is seen by the nation, its region and itself, and by
/// nobody else; not by a filter, a file, a name in a heading, or a tag of an answer.
/// </summary>
internal sealed class ReportScopeTests
{
    private const string Password = "une phrase de passe";
    private const string Secret = "Groupe du secret";

    private static readonly string[] Questions = ["by=region", "by=site", "by=group", "by=province,month", "by=league", "by=group,sex", "by=track,edition", ""];
    private static readonly string[] Narrowing = ["region=02", "site=RSB", "group=", "province=02.113", "site=RSB&sex=female", "region=02&month=2026-10"];

    private static readonly string[] Unfiltered = ["/api/reports/children", "/api/reports/orders", "/api/reports/schedules", "/reports", "/reports/mine", "/reports/targets"];

    private TrainingApplication application = null!;
    private Group berkane = null!;
    private string[] addresses = [];

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            berkane = await world.AddGroupAsync("RSB", Secret);
            var girls = await world.EnrollAsync(berkane, 37);
            var october = await world.AddSessionAsync(berkane, new DateOnly(2026, 10, 6), "ethics");
            await world.MarkAsync(october.Id, [.. girls.Select(row => (row.Id, AttendanceStatus.Present))]);
            await world.EnrollAsync(await world.AddGroupAsync("RCA", "A"), 11);
            await world.EnrollAsync(await world.AddGroupAsync("MJ-04-001", "A", "youthhouse-2026"), 12);
            await world.DeliverAllAsync();
            return 0;
        });
        addresses = [.. application.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.PathSegments.Any(segment => segment.Parts.Any(part => part.IsParameter)))
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods || methods.HttpMethods.Contains("GET"))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(address => address.StartsWith("/api/reports", StringComparison.Ordinal) || address.StartsWith("/reports", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await application.DisposeAsync();

    [Test]
    public void Every_address_is_found() =>
        Assert.That(addresses, Is.SupersetOf(new[] { "/api/reports/attendance", "/api/reports/attendance.csv", "/api/reports/attendance.pdf", "/api/reports/attendance.xlsx", "/api/reports/children", "/api/reports/open-data.csv", "/api/reports/orders", "/api/reports/schedules", "/reports", "/reports/mine" }));

    [TestCase("nation")]
    [TestCase("directorate")]
    [TestCase("coordinator02")]
    [TestCase("coachRSB")]
    [TestCase("machineRSB")]
    public async Task Those_of_the_place_see_it(string role)
    {
        using var client = await ClientAsync(role);
        var (status, text) = await ReadAsync(client, "/api/reports/attendance?edition=football-2026&by=group");

        Assert.That((status, text.Contains(Secret, StringComparison.Ordinal), text.Contains("37", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true, true)));
    }

    [TestCase("coordinator06")]
    [TestCase("machine06")]
    [TestCase("coachRCA")]
    [TestCase("machineRCA")]
    [TestCase("facilitator")]
    public async Task Others_never_see_it_at_any_address(string role)
    {
        using var client = await ClientAsync(role);
        foreach (var address in addresses)
        {
            foreach (var question in Questions)
            {
                var (status, text) = await ReadAsync(client, $"{address}?edition=football-2026&{question}");
                Assert.That(status, address == "/reports/targets" ? Is.EqualTo(HttpStatusCode.Forbidden) : Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), $"{address} {question}");
                AssertNothingOf(status, text, $"{address} {question}");
            }
            foreach (var filter in Narrowing.Select(filter => filter == "group=" ? filter + OpaqueId.Group(berkane.Id) : filter))
            {
                var (status, text) = await ReadAsync(client, $"{address}?edition=football-2026&{filter}");
                // Counting children and what is one's own take no filter; the page opens a coordinator's own region instead of another one's.
                if (!Unfiltered.Contains(address)) Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound), $"{address} {filter}");
                AssertNothingOf(status, text, $"{address} {filter}");
            }
        }
    }

    [TestCase("operator", HttpStatusCode.Forbidden)]
    [TestCase("anonymous", HttpStatusCode.Unauthorized)]
    public async Task Those_without_a_part_in_it_get_nothing(string role, HttpStatusCode refusal)
    {
        using var client = await ClientAsync(role);
        foreach (var address in addresses)
        {
            var (status, text) = await ReadAsync(client, $"{address}?edition=football-2026");
            Assert.That(status, Is.EqualTo(refusal).Or.EqualTo(HttpStatusCode.Redirect), address);
            AssertNothingOf(status, text, address);
        }
    }

    private static void AssertNothingOf(HttpStatusCode status, string text, string address)
    {
        if (status != HttpStatusCode.OK) return; // A refusal says the asker's own words again, and nothing else.
        text = Regex.Replace(text, "<input[^>]*name=\"returnUrl\"[^>]*>", ""); // So does the choice of a language.
        text = Regex.Replace(text, "<input[^>]*name=\"__RequestVerificationToken\"[^>]*>", ""); // Random letters spell a site's code now and then.
        Assert.That(text, Does.Not.Contain(Secret).And.Not.Contain("Berkane").And.Not.Contain("02.113").And.Not.Contain("Oriental").And.Not.Contain("RSB"), address);
        // Not in tags: drawings and form tokens are full of numbers.
        Assert.That(Regex.IsMatch(Regex.Replace(text, "<[^>]*>", " "), "(?<![0-9])37(?![0-9])"), Is.False, address);
    }

    private async Task<HttpClient> ClientAsync(string role) => role switch
    {
        "nation" => application.Nation(),
        "anonymous" => application.Anonymous(),
        "machine06" => await application.RegionAsync("06"),
        "machineRCA" => await application.SiteAsync("RCA"),
        "machineRSB" => await application.SiteAsync("RSB"),
        "directorate" => await SignedInAsync(new CreateAccount.Grant(Role.Directorate)),
        "operator" => await SignedInAsync(new CreateAccount.Grant(Role.Operator)),
        "coordinator02" => await SignedInAsync(new CreateAccount.Grant(Role.Coordinator, "02")),
        "coordinator06" => await SignedInAsync(new CreateAccount.Grant(Role.Coordinator, "06")),
        "coachRSB" => await SignedInAsync(new CreateAccount.Grant(Role.Coach, Site: "RSB")),
        "coachRCA" => await SignedInAsync(new CreateAccount.Grant(Role.Coach, Site: "RCA")),
        "facilitator" => await SignedInAsync(new CreateAccount.Grant(Role.Facilitator, Site: "MJ-04-001")),
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    private async Task<HttpClient> SignedInAsync(CreateAccount.Grant grant)
    {
        var email = $"{Guid.NewGuid():N}@test.example";
        var made = await application.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request(email, "Personne", Password, "fr", [grant]), CancellationToken.None));
        Assert.That(made.Succeeded, Is.True);
        return await application.SignedInAsync(email, Password);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.AcceptLanguage.ParseAdd("fr");
        using var answer = await client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType switch
        {
            "application/pdf" => PdfText(bytes),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => SheetText(bytes),
            _ => System.Text.Encoding.UTF8.GetString(bytes),
        });
    }

    private static string PdfText(byte[] bytes)
    {
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(bytes);
        return string.Join('\n', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
    }

    private static string SheetText(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return Regex.Replace(sheet.ReadToEnd(), "<cols>.*?</cols>|<[^>]*>", " ");
    }
}
