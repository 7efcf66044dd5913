using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Training.Browser.Tests;

/// <summary>Prepares over the API what a visit needs: groups, children and sessions of its own.</summary>
internal sealed class Backstage : IDisposable
{
    public const string YouthHouse = "MJ-04-001";

    /// <summary>Another youth house of the same region.</summary>
    public const string OtherHouse = "MJ-04-002";

    private const string Edition = "youthhouse-2026";
    private const string NextEdition = "youthhouse-2027";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string[] Given = ["Adam", "Bilal", "Driss", "Hamza", "Ilyas", "Karim", "Nabil", "Omar"];
    private static readonly string[] GivenAr = ["آدم", "بلال", "إدريس", "حمزة", "إلياس", "كريم", "نبيل", "عمر"];
    private static int children;

    private readonly HttpClient http;

    /// <param name="application">Where; null for the application of all journeys.</param>
    public Backstage(RunningApplication? application = null)
    {
        http = new HttpClient { BaseAddress = (application ?? BrowserHost.Application).Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningApplication.BootstrapKey);
    }

    internal sealed record Child(string Enrollment, string Participant, string ClaimCode, DateOnly BirthDate, string Name, string NameAr)
    {
        /// <summary>The mother's phone, as it is typed.</summary>
        public string Phone { get; init; } = "";
    }


    /// <summary>Today in Morocco.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Africa/Casablanca")).DateTime);

    public async Task<string> OpenGroupAsync(string name, int capacity = 30, string site = YouthHouse) =>
        (await SendAsync(HttpMethod.Post, "/api/groups", new { site, edition = Edition, name, capacity })).GetProperty("group").GetString()!;

    /// <summary>Registers a child nobody else of these tests resembles.</summary>
    /// <param name="group">The group.</param>
    /// <param name="consented">False while the guardian's consent is missing.</param>
    /// <param name="site">The group's site.</param>
    public async Task<Child> RegisterAsync(string group, bool consented = true, string site = YouthHouse)
    {
        var number = Interlocked.Increment(ref children);
        var birthDate = new DateOnly(2011, 1, 1).AddDays(number * 97 % 2000);
        var (given, givenAr) = (Given[number % Given.Length], GivenAr[number % Given.Length]);
        var answer = await SendAsync(HttpMethod.Post, "/api/enrollments", new
        {
            edition = Edition,
            site,
            group,
            participant = new
            {
                givenName = given, familyName = "El Ouardighi", givenNameAr = givenAr, familyNameAr = "الورديغي", birthDate, sex = "male",
            },
            guardians = new[] { new { name = "Naima El Ouardighi", relationship = "mother", phone = $"06{number + 70_000_000:D8}", noPhone = false, language = "ar" } },
            consents = consented
                ? new object[] { new { purpose = "participation", method = "paper", guardian = 0, givenOn = Today.AddDays(-30) } }
                : [],
            duplicateDecision = "notADuplicate",
        });
        return new Child(
            answer.GetProperty("enrollment").GetString()!, answer.GetProperty("participant").GetString()!, answer.GetProperty("claimCode").GetString()!,
            birthDate, $"{given} El Ouardighi", $"{givenAr} الورديغي") { Phone = $"06{number + 70_000_000:D8}" };
    }

    /// <summary>Opens the edition that follows this one, once; later calls find it there.</summary>
    public async Task OpenNextEditionAsync()
    {
        var editions = await SendAsync(HttpMethod.Get, "/api/editions", null);
        if (editions.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("code").GetString() == NextEdition)) return;
        await SendAsync(HttpMethod.Post, "/api/editions", new
        {
            follows = Edition, code = NextEdition, nameFr = "Parcours des maisons de jeunes, édition 2027/2028",
            nameAr = "مسار دور الشباب، دورة 2027/2028", startsOn = "2027-10-01", endsOn = "2028-07-31",
        });
    }

    /// <summary>Asks, as the nation, that a child go to another youth house.</summary>
    public Task AskTransferAsync(Child child, string toSite) =>
        SendAsync(HttpMethod.Post, $"/api/enrollments/{child.Enrollment}/transfer", new { toSite, reason = "Déménagement" });

    /// <summary>Answers the open transfers of a child with yes.</summary>
    public async Task AcceptTransferAsync(Child child)
    {
        var transfers = await SendAsync(HttpMethod.Get, "/api/transfers", null);
        var open = transfers.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("enrollment").GetString() == child.Enrollment);
        await SendAsync(HttpMethod.Post, $"/api/transfers/{open.GetProperty("transfer").GetString()}/accept", new { });
    }

    /// <summary>Where an enrollment is.</summary>
    public async Task<string?> SiteAsync(Child child) =>
        (await SendAsync(HttpMethod.Get, $"/api/enrollments/{child.Enrollment}", null)).GetProperty("site").GetString();

    /// <summary>States of the children of a youth house who can be taken over to the next edition, by enrollment.</summary>
    public async Task<Dictionary<string, string?>> RollOverAsync(string group) =>
        (await SendAsync(HttpMethod.Get, $"/api/rollover?site={YouthHouse}&to={NextEdition}&group={group}", null)).GetProperty("items").EnumerateArray()
        .ToDictionary(item => item.GetProperty("enrollment").GetString()!, item => item.GetProperty("state").GetString());

    /// <summary>Two files of one girl, named as possible duplicates; answers the pair's name.</summary>
    public async Task<string> OpenPairAsync(string given, string givenAr)
    {
        var number = Interlocked.Increment(ref children);
        var codes = new List<string>();
        foreach (var (family, familyAr, month) in new[] { ("El Ghazouani", "الغزواني", 3), ("Ghazwani", (string?)null, 5) })
        {
            var answer = await SendAsync(HttpMethod.Post, "/api/enrollments", new
            {
                edition = Edition,
                site = YouthHouse,
                participant = new
                {
                    givenName = given, familyName = family, givenNameAr = familyAr is null ? null : givenAr, familyNameAr = familyAr,
                    birthDate = new DateOnly(2013, month, 12), sex = "female",
                },
                guardians = new[] { new { name = "Naima El Ghazouani", relationship = "mother", phone = $"06{number + 80_000_000 + month:D8}", noPhone = false, language = "ar" } },
                consents = Array.Empty<object>(),
            });
            codes.Add(answer.GetProperty("participant").GetString()!);
        }
        return (await SendAsync(HttpMethod.Post, "/api/duplicates", new { participant = codes[0], other = codes[1] })).GetProperty("id").GetString()!;
    }

    /// <summary>Registers a footballer of a club whom nobody else of these tests resembles.</summary>
    /// <param name="site">The club.</param>
    /// <param name="year">Birth year.</param>
    public async Task<Child> RegisterPlayerAsync(string site, int year)
    {
        var number = Interlocked.Increment(ref children);
        var birthDate = new DateOnly(year, 1, 1).AddDays(number * 97 % 360);
        var (given, givenAr) = (Given[number % Given.Length], GivenAr[number % Given.Length]);
        var answer = await SendAsync(HttpMethod.Post, "/api/enrollments", new
        {
            edition = "football-2026",
            site,
            participant = new { givenName = given, familyName = "Ouhaddou", givenNameAr = givenAr, familyNameAr = "أوحدو", birthDate, sex = "male" },
            guardians = new[] { new { name = "Naima Ouhaddou", relationship = "mother", phone = $"06{number + 60_000_000:D8}", noPhone = false, language = "ar" } },
            consents = new[] { new { purpose = "participation", method = "paper", guardian = 0, givenOn = Today.AddDays(-30) } },
            duplicateDecision = "notADuplicate",
        });
        return new Child(
            answer.GetProperty("enrollment").GetString()!, answer.GetProperty("participant").GetString()!, answer.GetProperty("claimCode").GetString()!,
            birthDate, $"{given} Ouhaddou", $"{givenAr} أوحدو");
    }

    /// <summary>Opens a tournament of one day for the U13 of the host's region.</summary>
    public async Task<string> OpenTournamentAsync(string host, string name, DateOnly day, int squadSize = 18) =>
        (await SendAsync(HttpMethod.Post, "/api/tournaments", new
        {
            edition = "football-2026", host, name, startsOn = day, endsOn = day, start = "09:00", minutes = 240, categories = new[] { "U13" }, squadSize,
        })).GetProperty("tournament").GetString()!;

    /// <summary>Draws a club's squad, makes exactly these its players, and answers the session of its day.</summary>
    public async Task<string> DrawSquadAsync(string tournament, string site, IReadOnlyList<Child> players)
    {
        var squad = (await SendAsync(HttpMethod.Post, $"/api/tournaments/{tournament}/squads", new { site, category = "U13" })).GetProperty("squad").GetString();
        await SendAsync(HttpMethod.Put, $"/api/tournaments/{tournament}/squads/{squad}/players", new { players = players.Select(player => player.Enrollment) });
        var seen = await SendAsync(HttpMethod.Get, $"/api/tournaments/{tournament}", null);
        return seen.GetProperty("squads").EnumerateArray().Single(row => row.GetProperty("squad").GetString() == squad)
            .GetProperty("days")[0].GetProperty("session").GetString()!;
    }

    /// <summary>Records until when a player's medical certificate is valid.</summary>
    public Task RecordCertificateAsync(Child child, string validUntil) =>
        SendAsync(HttpMethod.Put, $"/api/enrollments/{child.Enrollment}/medical-certificate", new { validUntil });

    public Task WithdrawAsync(Child child) => SendAsync(HttpMethod.Post, $"/api/enrollments/{child.Enrollment}/withdraw", new { reason = "moved" });

    /// <summary>Where an enrollment stands.</summary>
    public async Task<string?> StatusAsync(Child child) =>
        (await SendAsync(HttpMethod.Get, $"/api/enrollments/{child.Enrollment}", null)).GetProperty("status").GetString();

    /// <summary>Opens a session of today.</summary>
    public async Task<string> OpenSessionAsync(string group, string start, params string[] modules) =>
        await OpenSessionAsync(group, Today, start, 60, modules);

    /// <summary>Holds the whole curriculum with everyone present, one closed session a module.</summary>
    public async Task HoldCurriculumAsync(string group)
    {
        var editions = await SendAsync(HttpMethod.Get, "/api/editions", null);
        var edition = editions.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("code").GetString() == Edition);
        foreach (var (index, module) in edition.GetProperty("modules").EnumerateArray().Index())
        {
            var session = await OpenSessionAsync(
                group, Today.AddDays(-1 - index), "10:00", module.GetProperty("minutes").GetInt32(), module.GetProperty("code").GetString()!);
            foreach (var item in (await RosterAsync(session)).GetProperty("items").EnumerateArray())
                await MarkAsync(session, item.GetProperty("enrollment").GetString()!, "present");
            await SendAsync(HttpMethod.Post, $"/api/sessions/{session}/close", null);
        }
    }

    /// <summary>Marks a child as somebody who has seen everything.</summary>
    /// <param name="session">The session.</param>
    /// <param name="enrollment">The child.</param>
    /// <param name="status">The mark.</param>
    /// <param name="baseVersion">The version that was last seen; null for the newest.</param>
    public async Task MarkAsync(string session, string enrollment, string status, int? baseVersion = null)
    {
        baseVersion ??= (await RosterAsync(session)).GetProperty("version").GetInt32();
        await SendAsync(HttpMethod.Put, $"/api/sessions/{session}/attendance", new
        {
            marks = new[]
            {
                new { markId = Guid.NewGuid(), enrollment, status, capturedAt = DateTimeOffset.UtcNow, baseVersion },
            },
        });
    }

    public Task CloseAsync(string session) => SendAsync(HttpMethod.Post, $"/api/sessions/{session}/close", null);

    public Task<JsonElement> RosterAsync(string session) => SendAsync(HttpMethod.Get, $"/api/sessions/{session}/roster", null);

    /// <summary>The recorded marks, by enrollment; null where there is none.</summary>
    public async Task<Dictionary<string, string?>> MarksAsync(string session) =>
        (await RosterAsync(session)).GetProperty("items").EnumerateArray()
        .ToDictionary(item => item.GetProperty("enrollment").GetString()!, item => item.GetProperty("status").GetString());

    /// <summary>The child's certificate, as soon as its document lies ready.</summary>
    public async Task<JsonElement> CertificateAsync(Child child)
    {
        using var end = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var items = (await SendAsync(HttpMethod.Get, $"/api/certificates?participant={child.Participant}", null)).GetProperty("items");
            if (items.GetArrayLength() > 0 && items[0].GetProperty("status").GetString() == "issued") return items[0];
            if (end.IsCancellationRequested) Assert.Fail($"No certificate was issued in time; there are {items.GetArrayLength()}.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The issued document.</summary>
    public Task<byte[]> PdfAsync(string number) => http.GetByteArrayAsync($"/api/certificates/{number}/pdf");

    /// <summary>Asks for a certificate to be revoked; a second person must agree.</summary>
    public Task AskToRevokeAsync(string number) => SendAsync(HttpMethod.Post, $"/api/certificates/{number}/revoke", new { reason = "issuedInError" });

    public Task<JsonElement> ReportAsync(string query) => SendAsync(HttpMethod.Get, $"/api/reports/attendance?{query}", null);

    public void Dispose() => http.Dispose();

    /// <summary>Opens a session of a day.</summary>
    public Task<string> OpenSessionAsync(string group, DateOnly date, string start, params string[] modules) => OpenSessionAsync(group, date, start, 60, modules);

    private async Task<string> OpenSessionAsync(string group, DateOnly date, string start, int minutes, params string[] modules) =>
        (await SendAsync(HttpMethod.Post, "/api/sessions", new { group, kind = "workshop", date, start, minutes, modules })).GetProperty("session").GetString()!;

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {(int)response.StatusCode} {text}"));
        return JsonDocument.Parse(text).RootElement;
    }
}
