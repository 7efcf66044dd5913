using System.Net.Http.Json;
using Training.App.Tests.Modules.Attendance;
using Training.Pdf.Tests;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>Ministries, partners and wording change; what was issued does not.</summary>
[TestFixture]
internal sealed class CertificateDesignTests
{
    // One red pixel.
    private const string Logo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    private const string Address = "/api/editions/football-2026/certificate-designs";
    private const string Preview = Address + "/preview";
    private const string Signatories = "/api/editions/football-2026/signatories";

    [Test]
    public async Task A_design_counts_from_its_day_on_and_agrees_with_the_holder()
    {
        await using var workshop = await Workshop.OpenAsync(children: 2);
        using var set = await workshop.Staff.PostAsJsonAsync(Address, Design(from: "2026-11-24"));
        using var twice = await workshop.Staff.PostAsJsonAsync(Address, Design(from: "2026-11-24"));
        Assert.That(((int)set.StatusCode, (int)twice.StatusCode, await twice.CodeAsync()), Is.EqualTo((201, 409, "designTaken")));
        var girl = await workshop.RegisterAsync(30, body => body["participant"]!["sex"] = "female");
        await workshop.CompleteAsync();
        var before = await TextAsync(workshop, workshop.Youths[0]);

        var late = await CompleteOn25Async(workshop);
        var after = await TextAsync(workshop, late);

        Assert.That(before, Does.Contain("a suivi avec succès").And.Not.Contain("a brillamment suivi"), "issued before that day");
        Assert.That(after, Does.Contain("a brillamment suivi, comme garçon,").And.Not.Contain("a suivi avec succès"));
        Assert.That(await TextAsync(workshop, girl), Does.Contain("a suivi avec succès"));
    }

    [Test]
    public async Task Amazigh_texts_and_the_hijri_day_are_printed_from_their_day_on()
    {
        await using var workshop = await Workshop.OpenAsync(children: 0);
        var design = System.Text.Json.JsonSerializer.SerializeToNode(Design(from: "2026-11-24"))!.AsObject();
        (design["titleZgh"], design["textZghFemale"], design["textZghMale"], design["hijriDate"]) = ("ⵜⴰⴳⴳⴰⵍⵜ", "ⵜⵙⵎⴷ ⴰⵙⵎⵓⵜⵜⴳ", "abc", true);
        using var latin = await workshop.Staff.PostAsJsonAsync(Address, design);
        design["textZghMale"] = string.Concat(Enumerable.Repeat("ⵉⵙⵎⴷ ", 25));
        using var tooLong = await workshop.Staff.PostAsJsonAsync(Address, design);
        design["textZghMale"] = "ⵉⵙⵎⴷ ⴰⵙⵎⵓⵜⵜⴳ";
        using var set = await workshop.Staff.PostAsJsonAsync(Address, design);
        Assert.That(((int)latin.StatusCode, (int)set.StatusCode), Is.EqualTo((400, 201)), await set.Content.ReadAsStringAsync());
        Assert.That(await latin.Content.ReadAsStringAsync(), Does.Contain("notTifinagh").And.Contain("textZghMale"));
        Assert.That(await tooLong.Content.ReadAsStringAsync(), Does.Contain("tooLong").And.Contain("120"), "it has one line of the sheet");

        var boy = await CompleteOn25Async(workshop);
        var text = await TextAsync(workshop, boy);
        Assert.That(text, Does.Contain("ⵜⴰⴳⴳⴰⵍⵜ — ⵉⵙⵎⴷ ⴰⵙⵎⵓⵜⵜⴳ").And.Contain("1448").And.Not.Contain("ⵜⵙⵎⴷ"));
    }

    [Test]
    public async Task A_look_is_shown_before_it_is_kept()
    {
        await using var app = new TrainingApplication();
        using var nation = app.Nation();
        using var shown = await nation.PostAsJsonAsync(Preview, Design(from: "2027-02-01"));
        using var bad = await nation.PostAsJsonAsync(Preview, new { kind = "completion" });

        var pdf = await shown.Content.ReadAsByteArrayAsync();
        var text = PdfTools.ExtractText(pdf, "-layout").Replace('\u00A0', ' ');
        Assert.That((int)shown.StatusCode, Is.EqualTo(200), text);
        Assert.That(text, Does.Contain("comme fille").And.Contain("comme garçon").And.Contain("Prénom Nom (exemple)").And.Contain("2027-0000000"));
        Assert.That((int)bad.StatusCode, Is.EqualTo(400));
        using var again = await nation.PostAsJsonAsync(Address, Design(from: "2027-02-01"));
        Assert.That((int)again.StatusCode, Is.EqualTo(201), "nothing was kept by looking");
    }

    [Test]
    public async Task Who_signs_is_said_for_later_days_and_issued_ones_keep_the_name_on_them()
    {
        await using var workshop = await Workshop.OpenAsync(children: 2);
        using var set = await workshop.Staff.PostAsJsonAsync(Signatories, Signatory("2026-11-25"));
        using var twice = await workshop.Staff.PostAsJsonAsync(Signatories, Signatory("2026-11-25"));
        using var bad = await workshop.Staff.PostAsJsonAsync(Signatories, new { validFrom = "2026-11-01", nameFr = "قد", nameAr = "Directrice", titleFr = new string('a', 121) });
        Assert.That(((int)set.StatusCode, (int)twice.StatusCode, (int)bad.StatusCode), Is.EqualTo((201, 409, 400)), await set.Content.ReadAsStringAsync());
        Assert.That(
            (await Workshop.ReadAsync(bad)).GetProperty("errors").EnumerateObject().Select(field => (field.Name, field.Value[0].GetProperty("code").GetString())),
            Is.EquivalentTo(new[] { ("validFrom", "notLaterThanToday"), ("nameFr", "notLatin"), ("nameAr", "notArabic"), ("titleFr", "tooLong"), ("titleAr", "missing") }));

        await workshop.CompleteAsync();
        var before = await TextAsync(workshop, workshop.Youths[0]);
        var after = await TextAsync(workshop, await CompleteOn25Async(workshop));
        Assert.That(before, Does.Not.Contain("Mme Prénom Nom"));
        Assert.That(after, Does.Contain("Mme Prénom Nom").And.Contain("Directrice du programme"));
    }

    [Test]
    public async Task A_design_that_could_not_be_read_or_would_change_what_was_issued_is_refused()
    {
        await using var app = new TrainingApplication();
        using var nation = app.Nation();
        using var region = await app.RegionAsync("02");
        using var foreign = await region.PostAsJsonAsync(Address, Design(from: "2026-12-01"));
        using var bad = await nation.PostAsJsonAsync(Address, new
        {
            kind = "completion", validFrom = "2026-11-23", textFrFemale = "قد", textFrMale = "a suivi", textArFemale = "has", textArMale = "قد",
            mainColor = "#FFEE00", accentColor = "red", logo = "bm8gcGljdHVyZQ==", logoText = "Partner",
        });

        Assert.That(((int)foreign.StatusCode, (int)bad.StatusCode), Is.EqualTo((403, 400)));
        var errors = (await Workshop.ReadAsync(bad)).GetProperty("errors");
        Assert.That(
            errors.EnumerateObject().Select(field => (field.Name, field.Value[0].GetProperty("code").GetString())),
            Is.EquivalentTo(new[]
            {
                ("validFrom", "notLaterThanToday"), ("textFrFemale", "notLatin"), ("textArFemale", "notArabic"), ("mainColor", "colorTooPale"),
                ("accentColor", "unknownColor"), ("logo", "logoUnreadable"),
            }));
    }

    /// <summary>A boy who comes two days later and completes the programme on the 25th.</summary>
    private static async Task<Youth> CompleteOn25Async(Workshop workshop)
    {
        workshop.App.Time.SetUtcNow(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        var youth = await workshop.RegisterAsync(40);
        foreach (var date in (string[])["2026-11-24", "2026-11-25"])
        {
            var session = await workshop.HoldAsync(360, date, Workshop.Mandatory);
            await workshop.MarkAsync(session, Workshop.Mark(youth, capturedAt: "2026-11-25T08:30:00Z"));
            await workshop.CloseAsync(session);
        }
        return youth;
    }

    private static object Signatory(string from) => new
    {
        validFrom = from, nameFr = "Mme Prénom Nom", nameAr = "السيدة الاسم الكامل", titleFr = "Directrice du programme", titleAr = "مديرة البرنامج",
    };

    private static object Design(string from) => new
    {
        kind = "completion", validFrom = from, textFrFemale = "a brillamment suivi, comme fille, la formation", textFrMale = "a brillamment suivi, comme garçon, la formation",
        textArFemale = "قد أتمت بامتياز التكوين", textArMale = "قد أتم بامتياز التكوين", mainColor = "#1F3A93", accentColor = "#8E2800", logo = Logo, logoText = "Partner",
    };

    private static async Task<string> TextAsync(Workshop workshop, Youth youth)
    {
        var number = (await workshop.IssuedAsync(youth)).Number();
        return PdfTools.ExtractText(await workshop.Staff.GetByteArrayAsync($"/api/certificates/{number}/pdf"), "-layout").Replace('\u00A0', ' ');
    }
}
