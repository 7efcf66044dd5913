using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;
using Training.App.Tests.Pages;
using Training.Paper;
using Training.Paper.Tests.Corpus;

namespace Training.App.Tests.Modules.Attendance;

/// <summary>A sheet printed, ticked and photographed comes back as proposals, which a person confirms.</summary>
internal sealed class ReadDaySheetTests
{
    private const string Date = "2026-11-20";

    private Workshop workshop = null!;
    private HttpClient coach = null!;
    private string session = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 4);
        coach = await workshop.App.CoachAsync("coach@photo.example");
    }

    [SetUp]
    public async Task Hold() => session = await workshop.HoldAsync(90, Date, "ethics");

    [OneTimeTearDown]
    public async Task Stop()
    {
        coach.Dispose();
        await workshop.DisposeAsync();
    }

    [TestCase("ar-MA")]
    [TestCase("fr-MA")]
    public async Task Each_tick_is_proposed_for_the_child_of_its_row_and_nothing_is_recorded(string language)
    {
        var photo = await PhotographAsync(session, language, 0, 3, null, 1);

        var reading = await ReadAsync(session, photo);

        // Another test adds a child, whose row stays empty here.
        var rows = reading.GetProperty("items").EnumerateArray().Take(4).ToArray();
        Assert.That(rows.Select(row => row.GetProperty("status").GetString()), Is.EqualTo(new[] { "present", "absent", null, "late" }));
        Assert.That(rows.Select(row => row.GetProperty("finding").GetString()), Is.EqualTo(new[] { "ticked", "ticked", "empty", "ticked" }));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{session}/roster?lang={language}");
        var roster = (await Workshop.ReadAsync(await workshop.Staff.SendAsync(request))).GetProperty("items").EnumerateArray().Take(4).ToArray();
        Assert.That(rows.Select(row => row.Text("enrollment")), Is.EqualTo(roster.Select(item => item.Text("enrollment"))), "in the order of the paper");
        Assert.That(roster.Select(item => item.GetProperty("status").GetString()), Is.All.Null, "a person confirms first");
    }

    [Test]
    public async Task The_page_shows_what_is_proposed_beside_what_stands_and_saves_what_is_confirmed()
    {
        var version = (await workshop.RosterAsync(session)).GetProperty("version").GetInt32();
        var photo = await PhotographAsync(session, "fr-MA", 0, 0, 2, null);
        var rows = (await ReadAsync(session, photo)).GetProperty("items").EnumerateArray().Select(row => row.Text("enrollment")!).ToArray();
        await workshop.MarkAsync(session, Workshop.Mark(workshop.Youths.Single(youth => youth.Enrollment == rows[0]), "late", version));

        var html = await PhotoPageAsync(session, photo, photo);

        Assert.That(html, Does.Contain("La feuille dit autrement : Présent"));
        Assert.That(Checked(rows[0], "late"), Is.True, "what stands in the book stays ticked");
        Assert.That((Checked(rows[1], "present"), Checked(rows[2], "excused"), Checked(rows[3], "present")), Is.EqualTo((true, true, false)));
        Assert.That(html, Does.Contain("data:image/jpeg;base64,").And.Contain("Rien de coché"));

        bool Checked(string enrollment, string status) =>
            html.Contains($"""name="Marks[{enrollment}]" value="{status}" checked""", StringComparison.Ordinal);
    }

    [Test]
    public async Task A_sheet_printed_before_the_list_changed_is_read_for_those_who_are_still_on_it()
    {
        var leaver = await workshop.RegisterAsync(77);
        var photo = await PhotographAsync(session, "fr-MA", 0, 0, 0, 0, 0);
        using var left = await workshop.Staff.PostAsJsonAsync($"/api/enrollments/{leaver.Enrollment}/withdraw", new { reason = "moved" });
        Assert.That((int)left.StatusCode, Is.EqualTo(200));
        await workshop.RegisterAsync(78);

        var rows = (await ReadAsync(session, photo)).GetProperty("items").EnumerateArray().ToArray();

        var gone = rows.Single(row => row.Text("enrollment") == leaver.Enrollment);
        Assert.That((gone.GetProperty("participant").ValueKind, gone.GetProperty("status").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
        Assert.That(rows.Count(row => row.GetProperty("status").GetString() == "present"), Is.EqualTo(4));
        var html = await PhotoPageAsync(session, photo);
        Assert.That(html, Does.Contain("dont l’enfant n’est plus dans la liste").And.Contain("Enfants qui ne sont pas sur la feuille : 1"));
    }

    [Test]
    public async Task The_sheet_of_another_session_and_a_photograph_of_none_are_said_so()
    {
        var other = await workshop.HoldAsync(90, "2026-11-19", "ethics");
        var photo = await PhotographAsync(other, "fr-MA", 0);
        Assert.That(await RefusedAsync(session, photo), Is.EqualTo((409, "sheetOfAnotherSession")));
        Assert.That(await RefusedAsync(session, Wall()), Is.EqualTo((422, "sheetNotSeen")));
        Assert.That(await RefusedAsync(session, "%PDF-1.7 no photograph"u8.ToArray()), Is.EqualTo((422, "sheetNotAPhoto")));
        Assert.That(await RefusedAsync("s-0000000", photo), Is.EqualTo((404, "sessionNotFound")));

        var html = await PhotoPageAsync(session, photo, Wall());
        Assert.That(html, Does.Contain($"/sessions/{other}/sheet").And.Contain("Photo 2 : On ne voit pas de feuille"));
    }

    [Test]
    public async Task Another_site_cannot_have_a_sheet_read_and_a_form_of_elsewhere_is_not_taken()
    {
        var photo = await PhotographAsync(session, "fr-MA", 0);
        using var stranger = await workshop.App.SiteAsync("WAC");
        using var answer = await stranger.PostAsync(Reading(session), Jpeg(photo));
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));

        using var form = new MultipartFormDataContent { { new StringContent("forged"), "__RequestVerificationToken" }, { Jpeg(photo), "Photos", "page.jpg" } };
        using var forged = await coach.PostAsync(new Uri($"/sessions/{session}/sheet/photo", UriKind.Relative), form);
        Assert.That((int)forged.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_form_that_breaks_off_in_a_photograph_is_refused_and_one_too_large_is_said_so()
    {
        var page = $"/sessions/{session}/sheet";
        using var whole = new MultipartFormDataContent("cut") { { new StringContent(await coach.TokenAsync(page)), "__RequestVerificationToken" }, { Jpeg(new byte[9000]), "Photos", "page.jpg" } };
        var bytes = await whole.ReadAsByteArrayAsync();
        using var cut = new ByteArrayContent(bytes, 0, bytes.Length - 4000) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=cut") } };
        using var broken = await coach.PostAsync(new Uri($"{page}/photo", UriKind.Relative), cut);
        Assert.That((int)broken.StatusCode, Is.EqualTo(400));

        Assert.That(await PhotoPageAsync(session, new byte[SheetReader.BytesMax + 1]), Does.Contain("Cette photo est trop grande"));
    }

    private static Uri Reading(string session) => new($"/api/sessions/{session}/sheet/reading", UriKind.Relative);

    private static ByteArrayContent Jpeg(byte[] photo) => new(photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

    private static byte[] Wall()
    {
        using var bitmap = new SKBitmap(900, 1200);
        bitmap.Erase(SKColors.Beige);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    /// <summary>Prints the session's sheet and ticks it: the box of each row from the top, null for none.</summary>
    private async Task<byte[]> PhotographAsync(string of, string language, params int?[] boxes)
    {
        var pdf = await workshop.Staff.GetByteArrayAsync(new Uri($"/api/sessions/{of}/sheet?lang={language}", UriKind.Relative));
        return Scanner.Scan(pdf, language == "ar-MA", boxes);
    }

    private async Task<JsonElement> ReadAsync(string of, byte[] photo)
    {
        using var answer = await workshop.Staff.PostAsync(Reading(of), Jpeg(photo));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return await Workshop.ReadAsync(answer);
    }

    private async Task<(int, string?)> RefusedAsync(string of, byte[] photo)
    {
        using var answer = await workshop.Staff.PostAsync(Reading(of), Jpeg(photo));
        return ((int)answer.StatusCode, (await Workshop.ReadAsync(answer)).Text("code"));
    }

    private async Task<string> PhotoPageAsync(string of, params byte[][] photos)
    {
        var page = $"/sessions/{of}/sheet";
        using var form = new MultipartFormDataContent { { new StringContent(await coach.TokenAsync(page)), "__RequestVerificationToken" } };
        foreach (var photo in photos) form.Add(Jpeg(photo), "Photos", "page.jpg");
        using var answer = await coach.PostAsync(new Uri($"{page}/photo", UriKind.Relative), form);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
