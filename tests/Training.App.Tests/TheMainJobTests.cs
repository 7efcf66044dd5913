using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Platform.Messaging;
using UglyToad.PdfPig;

namespace Training.App.Tests;

/// <summary>The reason the product exists, in one go, over HTTP as the outside sees it.</summary>
internal sealed class TheMainJobTests
{
    private const string List =
        """
        Prénom;Nom;Prénom (arabe);Nom (arabe);Date de naissance;Sexe;Nom du tuteur;Lien de parenté;Téléphone du tuteur;Date du consentement
        Yasmine;El Alaoui;ياسمين;العلوي;12/03/2014;F;Samira El Alaoui;Mère;0612345678;01/10/2026
        Adam;Bennani;آدم;بناني;05/11/2012;M;Khalid Bennani;Père;0698765432;01/10/2026
        Hamza;Chraibi;حمزة;الشرايبي;21/07/2013;M;Nadia Chraibi;Mère;0655443322;01/10/2026
        Salma;Fassi;سلمى;الفاسي;30/01/2015;F;Omar Fassi;Père;0677889900;01/10/2026
        Ilyas;Kettani;إلياس;الكتاني;18/09/2011;M;Houda Kettani;Mère;0611223344;01/10/2026
        Rim;Naciri;ريم;الناصري;31/02/2014;F;Leila Naciri;Mère;0622334455;01/10/2026
        """;

    [Test]
    public async Task The_main_job()
    {
        await using var app = new TrainingApplication();
        using var staff = await app.SiteAsync("RSB");

        // A club's list comes in; the row with 31 February stays out.
        var import = await staff.CommitAsync(await staff.PreviewAsync(List));
        Assert.That(import.Counts(), Is.EqualTo((6, 5, 0, 0, 0, 1)));

        // The group's sessions are held and closed until the rule is met.
        var group = (await staff.ItemsAsync("/api/groups?site=RSB&edition=football-2026"))[0].Text("id");
        var modules = (await staff.ItemsAsync("/api/editions")).Single(edition => edition.Text("code") == "football-2026").GetProperty("modules");
        var day = new DateOnly(2026, 10, 5);
        foreach (var module in modules.EnumerateArray())
        {
            await HoldAsync(staff, group!, day, module.Text("code")!, module.GetProperty("minutes").GetInt32());
            day = day.AddDays(7);
        }

        // The certificate appears by itself.
        var yasmine = (await staff.ItemsAsync("/api/participants?q=Yasmine")).Single().Text("participant")!;
        JsonElement[] certificates = [];
        await Poll.UntilAsync(
            async () => (certificates = await staff.ItemsAsync($"/api/certificates?participant={yasmine}")).Any(item => item.Text("status") == "issued"),
            () => Task.FromResult($"{certificates.Length} certificates"));
        var number = certificates.Single().Text("number");

        // The parent comes in with the printed code and takes the document home.
        using var printed = await staff.PostAsync($"/api/participants/{yasmine}/claim-code", null);
        using var family = app.Anonymous();
        using var claimed = await family.PostAsJsonAsync(
            "/api/family/claim", new { claimCode = (await printed.JsonAsync()).Text("claimCode"), birthDate = "2014-03-12" });
        Assert.That((int)claimed.StatusCode, Is.EqualTo(200), await claimed.Content.ReadAsStringAsync());
        var document = await family.GetByteArrayAsync($"/api/family/certificates/{number}/pdf");
        using var pdf = PdfDocument.Open(document);
        var text = string.Join(' ', pdf.GetPage(1).GetWords().Select(word => word.Text));
        var arabic = string.Concat(pdf.GetPage(1).Letters.Select(letter => letter.Value));
        Assert.That(text, Does.Contain("Yasmine").And.Contain("Alaoui"));
        Assert.That(arabic, Does.Contain("ياسمين").Or.Contain(Reversed("ياسمين")));

        // Anybody can check it, and learns no more than must be.
        using var anybody = app.Anonymous();
        var verification = certificates.Single().Text("verificationAddress")!.Split('/')[^1];
        var verified = await anybody.JsonAsync($"/api/verify/{verification}");
        Assert.That((verified.Text("status"), verified.GetProperty("birthYear").GetInt32()), Is.EqualTo(("valid", 2014)));
        Assert.That(verified.ToString(), Does.Not.Contain("Alaoui").And.Not.Contain("العلوي"));
        using var page = await anybody.GetAsync($"/v/{verification}");
        Assert.That((int)page.StatusCode, Is.EqualTo(200));

        // The region's figures show it. Five children and their certificates reach the smallest cell that is shown.
        using var nation = app.Nation();
        JsonElement oriental = default;
        await Poll.UntilAsync(
            async () =>
            {
                app.Time.Advance(TimeSpan.FromSeconds(1)); // Counts are gathered for a moment before they are made anew.
                oriental = (await nation.ItemsAsync("/api/reports/attendance?edition=football-2026&by=region")).Single(item => item.Text("key") == "02");
                return oriental.GetProperty("certificates") is { ValueKind: JsonValueKind.Number } count && count.GetInt32() == 5;
            },
            () => Task.FromResult(oriental.ToString()));
        Assert.That((oriental.GetProperty("enrolled").GetInt32(), oriental.GetProperty("certificates").GetInt32()), Is.EqualTo((5, 5)));
        Assert.That(oriental.GetProperty("rate").GetDouble(), Is.EqualTo(1));
        Assert.That(oriental.GetProperty("target").GetInt32(), Is.GreaterThan(10_000));
    }

    private static async Task HoldAsync(HttpClient staff, string group, DateOnly day, string module, int minutes)
    {
        using var created = await staff.PostAsJsonAsync("/api/sessions", new
        {
            group, kind = "training", date = day.ToString("yyyy-MM-dd", null), start = "10:00", minutes, modules = new[] { module },
        });
        Assert.That((int)created.StatusCode, Is.EqualTo(201), await created.Content.ReadAsStringAsync());
        var session = (await created.JsonAsync()).Text("session");
        var roster = await staff.JsonAsync($"/api/sessions/{session}/roster");
        var marks = roster.GetProperty("items").EnumerateArray().Select(line => new
        {
            markId = Guid.NewGuid(),
            enrollment = line.Text("enrollment"),
            status = "present",
            capturedAt = $"{day:yyyy-MM-dd}T10:05:00Z",
            baseVersion = roster.GetProperty("version").GetInt32(),
        });
        using var marked = await staff.PutAsJsonAsync($"/api/sessions/{session}/attendance", new { marks });
        Assert.That((await marked.JsonAsync()).GetProperty("accepted").GetArrayLength(), Is.EqualTo(5));
        using var closed = await staff.PostAsync($"/api/sessions/{session}/close", null);
        Assert.That((int)closed.StatusCode, Is.EqualTo(200), await closed.Content.ReadAsStringAsync());
    }

    private static string Reversed(string text) => new([.. text.Reverse()]);
}
