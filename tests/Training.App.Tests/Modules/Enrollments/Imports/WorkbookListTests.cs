using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Training.App.Platform.Spreadsheets;
using Training.App.Tests.Platform.Spreadsheets;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Lists as Excel saves them, over HTTP.</summary>
public class WorkbookListTests
{
    private static readonly object[] Heading = ["Prénom", "Nom", "Date de naissance ", "Sexe\n(F/M)", "Nom du tuteur", "Téléphone", "Date du consentement"];

    private TrainingApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        client = app.Nation();
    }

    [TearDown]
    public void Stop()
    {
        client.Dispose();
        app.Dispose();
    }

    [TestCase(true, false, false)]
    [TestCase(false, false, false)]
    [TestCase(true, true, false)]
    [TestCase(false, false, true)]
    public async Task Reads_a_workbook_however_it_was_saved(bool sharesTexts, bool from1904, bool isStrict)
    {
        var file = new WorkbookFile { SharesTexts = sharesTexts, From1904 = from1904, IsStrict = isStrict }.Sheet("Joueurs", Heading, Child(0), Child(1), Child(2));

        var done = await client.CommitAsync(await client.PreviewAsync(file.ToBytes()));

        Assert.That(done.Counts(), Is.EqualTo((3, 3, 0, 0, 0, 0)), string.Join("; ", done.Refusals()));
        var found = await client.JsonAsync("/api/participants?q=Bouzidi&site=RSB");
        var file0 = await client.JsonAsync($"/api/participants/{found.GetProperty("items")[0].GetProperty("participant").GetString()}?reason=check");
        Assert.That(file0.GetProperty("birthDate").GetString(), Is.EqualTo("2014-03-12"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Reads_a_date_that_lost_its_format_from_the_day_its_workbook_counts_from(bool from1904)
    {
        var serial = from1904 ? 41_710 - 1462 : 41_710;
        var file = new WorkbookFile { From1904 = from1904 }.Sheet(
            "Joueurs", Heading, ["Aya", "Bouzidi", serial, "F", "Parent Un", 612345678, Day], ["Sara", "Bouzidi", serial, "x", "Parent Deux", 612345679, Day]);

        var preview = await client.PreviewAsync(file.ToBytes());
        var done = await client.CommitAsync(preview);

        var found = await client.JsonAsync("/api/participants?q=Bouzidi&site=RSB");
        var child = await client.JsonAsync($"/api/participants/{found.GetProperty("items")[0].GetProperty("participant").GetString()}?reason=check");
        Assert.That(child.GetProperty("birthDate").GetString(), Is.EqualTo("2014-03-12"));
        var returned = await client.GetByteArrayAsync(new Uri($"/api/imports/{done.Text("id")}/refused?format=xlsx", UriKind.Relative));
        using var workbook = new Workbook(new MemoryStream(returned));
        using var rows = workbook.Rows(workbook.Sheets[0]);
        while (rows.Read() && !rows.Cell(0).SequenceEqual("Sara"))
        {
        }
        Assert.That(rows.Cell(2).ToString(), Is.EqualTo("2014-03-12"), "the returned workbook counts from 1900");
    }

    [Test]
    public async Task Takes_the_heading_below_a_merged_title_and_numbers_rows_as_the_sheet_shows_them()
    {
        var file = new WorkbookFile().Sheet("Feuil1", "visible",
            [["Liste des joueurs – saison 2026/27"], null, [], Heading, Child(0), null, null, ["Sans", "Date", null, "F", "Parent Un", 612345679, Day]], "A1:G1");

        var preview = await client.PreviewAsync(file.ToBytes());

        Assert.That(preview.Counts(), Is.EqualTo((2, 1, 0, 0, 0, 1)));
        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "8 birthDate missing" }));
    }

    [Test]
    public async Task Reads_phones_that_lost_their_zero_and_saved_values_of_formulas()
    {
        var child = Child(0);
        child[5] = 6.12345678E8;
        child[0] = new WorkbookFile.Formula("CONCATENATE(\"Sal\",\"ma\")", "Salma");
        var preview = await client.PreviewAsync(new WorkbookFile().Sheet("A", Heading, child).ToBytes());
        Assert.That(preview.Counts(), Is.EqualTo((1, 1, 0, 0, 0, 0)), string.Join("; ", preview.Refusals()));
    }

    [Test]
    public async Task Takes_the_only_sheet_that_holds_a_list()
    {
        var file = new WorkbookFile().Sheet("Bilan", ["Total", 2], ["Filles", 1]).Sheet("Joueurs", Heading, Child(0)).Sheet("Ancienne liste", "hidden", [Heading, Child(1), Child(2)]);
        Assert.That((await client.PreviewAsync(file.ToBytes())).Counts().New, Is.EqualTo(1));
    }

    [Test]
    public async Task Reads_a_hidden_sheet_when_no_visible_one_holds_a_list()
    {
        var file = new WorkbookFile().Sheet("Notes", ["rien"]).Sheet("Liste", "veryHidden", [Heading, Child(0)]);
        Assert.That((await client.PreviewAsync(file.ToBytes())).Counts().New, Is.EqualTo(1));
    }

    [Test]
    public async Task Asks_rather_than_pass_over_a_visible_list_of_which_one_heading_is_not_known()
    {
        object[] odd = [.. Heading];
        odd[5] = "Joindre";
        var besideAnother = await WaitAsync(new WorkbookFile().Sheet("U13", Heading, Child(0)).Sheet("U15", odd, Child(1), Child(2)).ToBytes(), "needsMapping");
        Assert.That(besideAnother.GetProperty("problem").GetProperty("code").GetString(), Is.EqualTo("sheetUnclear"));

        var besideHidden = await WaitAsync(new WorkbookFile().Sheet("2026-27", odd, Child(1)).Sheet("2025-26", "hidden", [Heading, Child(3)]).ToBytes(), "needsMapping");
        Assert.That(besideHidden.GetProperty("problem").GetProperty("code").GetString(), Does.StartWith("columnsMissing"), "last season's list is not read in its place");
    }

    [Test]
    public async Task Ignores_macros_and_links_to_elsewhere()
    {
        var file = new WorkbookFile().Sheet("Joueurs", Heading, Child(0));
        file.Extra["xl/vbaProject.bin"] = "Sub Auto_Open()";
        file.Extra["xl/worksheets/_rels/sheet1.xml.rels"] =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"x/hyperlink\" Target=\"http://127.0.0.1:9/\" TargetMode=\"External\"/></Relationships>";
        Assert.That((await client.PreviewAsync(file.ToBytes())).Counts().New, Is.EqualTo(1));
    }

    [Test]
    public async Task Says_what_is_wrong_with_a_file_that_is_no_workbook_of_today()
    {
        Assert.That(await RefusalAsync([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]), Is.EqualTo("oldWorkbook"));
        Assert.That(await RefusalAsync([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")]), Is.EqualTo("workbookProtected"));
        Assert.That(await RefusalAsync(Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>"))), Is.EqualTo("openDocument"));
        Assert.That(await RefusalAsync("%PDF-1.7 x"u8.ToArray()), Is.EqualTo("pdfList"));
        Assert.That(await RefusalAsync([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0]), Is.EqualTo("pictureList"));
    }

    [Test]
    public async Task Refuses_a_damaged_workbook_by_name()
    {
        var whole = new WorkbookFile().Sheet("Joueurs", [Heading, .. Enumerable.Range(0, 60).Select(Child)]).ToBytes();
        Assert.That(await ProblemAsync(whole[..(whole.Length / 2)]), Is.EqualTo("workbookDamaged"), "cut in the middle");
        Assert.That(await ProblemAsync(Zip(("a.txt", "nothing"))), Is.EqualTo("notWorkbook"));
        Assert.That(await ProblemAsync(new WorkbookFile().Raw("A", "<worksheet><sheetData><row r=\"1\"><c").ToBytes()), Is.EqualTo("workbookDamaged"), "markup that ends");
        Assert.That(await ProblemAsync(new WorkbookFile().Raw("A", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\"><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>").ToBytes()),
            Is.EqualTo("workbookDamaged"), "a document type");
    }

    [Test]
    public async Task Refuses_a_workbook_that_unpacks_to_far_more_than_a_list()
    {
        var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            var source = new ZipArchive(new MemoryStream(new WorkbookFile().Sheet("A", Heading, Child(0)).ToBytes()));
            foreach (var entry in source.Entries.Where(entry => !entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)))
            {
                using var to = zip.CreateEntry(entry.FullName).Open();
                using var from = entry.Open();
                from.CopyTo(to);
            }
            using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open());
            sheet.Write("<worksheet><sheetData>");
            for (var i = 0; i < 90; i++) sheet.Write(new string(' ', 1 << 20));
            sheet.Write("</sheetData></worksheet>");
        }
        Assert.That(bomb.Length, Is.LessThan(1_000_000));
        Assert.That(await ProblemAsync(bomb.ToArray()), Is.EqualTo("workbookTooLarge"));
    }

    [Test]
    public async Task Asks_which_sheet_when_several_hold_a_list_and_reads_the_chosen_one()
    {
        var file = new WorkbookFile().Sheet("U13", Heading, Child(0)).Sheet("U15", Heading, Child(1), Child(2));
        var asked = await WaitAsync(file.ToBytes(), "needsMapping");
        Assert.That(asked.GetProperty("problem").GetProperty("code").GetString(), Is.EqualTo("sheetUnclear"));
        var mapping = asked.GetProperty("mapping");
        Assert.That(mapping.GetProperty("sheets").EnumerateArray().Select(sheet => sheet.GetString()), Is.EqualTo(new[] { "U13", "U15" }));

        var read = await MapAsync(asked, "U15", 1, Fields(mapping));

        Assert.That(read.Counts().New, Is.EqualTo(2));
    }

    [Test]
    public async Task Proposes_columns_by_what_stands_in_them_and_remembers_the_answer_for_the_site()
    {
        object[] odd = ["Colonne1", "Colonne2", "Colonne3", "Colonne4", "Colonne5", "Colonne6"];
        var asked = await WaitAsync(new WorkbookFile().Sheet("A", odd, Odd(0), Odd(1)).ToBytes(), "needsMapping");
        var mapping = asked.GetProperty("mapping");
        Assert.That(Fields(mapping), Is.EqualTo(new[] { "familyName", "givenName", "birthDate", "sex", "guardianName", "guardianPhone" }));
        Assert.That(mapping.GetProperty("columns")[2].GetProperty("examples")[0].GetString(), Is.EqualTo("2014-03-12"));

        var corrected = await MapAsync(asked, null, mapping.GetProperty("headerRow").GetInt32(), ["givenName", "familyName", "birthDate", "sex", "guardianName", "guardianPhone"]);
        Assert.That(corrected.Counts().New, Is.EqualTo(2));
        await client.CommitAsync(corrected);

        var next = await client.PreviewAsync(new WorkbookFile().Sheet("A", odd, Odd(3), Odd(4)).ToBytes());
        Assert.That((next.Counts().New, next.GetProperty("mappingRemembered").GetBoolean()), Is.EqualTo((2, true)));
        var elsewhere = await WaitAsync(new WorkbookFile().Sheet("A", odd, Odd(5)).ToBytes(), "needsMapping", site: "WAC");
        Assert.That(elsewhere.GetProperty("mappingRemembered").GetBoolean(), Is.False, "another site is asked itself");
    }

    [Test]
    public async Task Reads_a_list_without_headings_once_a_person_has_said_what_its_columns_hold()
    {
        var asked = await WaitAsync(new WorkbookFile().Sheet("A", Odd(0), Odd(1), Odd(2)).ToBytes(), "needsMapping");
        var read = await MapAsync(asked, null, 0, ["familyName", "givenName", "birthDate", "sex", "guardianName", "guardianPhone"]);
        Assert.That(read.Counts(), Is.EqualTo((3, 3, 0, 0, 0, 0)), string.Join("; ", read.Refusals()));
    }

    [Test]
    public async Task Refuses_a_mapping_that_cannot_be()
    {
        var asked = await WaitAsync(new WorkbookFile().Sheet("A", ["a", "b", "c", "d", "e"], Odd(0)).ToBytes(), "needsMapping");
        Assert.That(await PutAsync(asked, null, 1, ["givenName", "shoeSize", "givenName", null, null]), Is.EqualTo((400, "invalidInput")));
        Assert.That(await PutAsync(asked, null, 1, ["givenName", "familyName", null, null, null]), Is.EqualTo((422, "columnsMissing")));
        Assert.That(await PutAsync(asked, "B", 1, ["fullName", "birthDate", "sex", "guardianName", "guardianPhone"]), Is.EqualTo((400, "invalidInput")), "no such sheet");
        using var other = await app.SiteAsync("WAC");
        using var put = await other.PutAsync(new Uri($"/api/imports/{asked.GetProperty("id").GetString()}/mapping", UriKind.Relative), Body(null, 1, ["fullName"]));
        Assert.That((int)put.StatusCode, Is.EqualTo(404), "another club's list");
    }

    private static readonly object Day = WorkbookFile.Day(2026, 10, 1);

    private static object?[] Child(int i) => [Names[i % 10], "Bouzidi" + (char)('a' + i / 10), WorkbookFile.Day(2014, 3, 12 + i % 10), i % 2 == 0 ? "F" : "garçon", "Parent " + Names[(i + 3) % 10], 612345600 + i, Day];

    private static object?[] Odd(int i) => ["Lahlou", Names[i], WorkbookFile.Day(2014, 3, 12 + i), i % 2 == 0 ? "أنثى" : "ذكر", "Samira Lahlou", 622345600 + i];

    private static readonly string[] Names = ["Salma", "Nizar", "Ghita", "Walid", "Hiba", "Sofiane", "Meryem", "Othmane", "Kenza", "Adil"];

    private static string?[] Fields(JsonElement mapping) => [.. mapping.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("field").GetString())];

    private async Task<JsonElement> WaitAsync(byte[] file, string status, string site = "RSB")
    {
        using var uploaded = await client.UploadAsync(file, site, name: "liste.xlsx");
        Assert.That((int)uploaded.StatusCode, Is.EqualTo(202), await uploaded.Content.ReadAsStringAsync());
        return await client.WhenAsync(uploaded.Headers.Location!.ToString(), status, "preview", "refused", "needsMapping");
    }

    private async Task<string?> ProblemAsync(byte[] file) => (await WaitAsync(file, "refused")).GetProperty("problem").GetProperty("code").GetString();

    private async Task<string?> RefusalAsync(byte[] file)
    {
        using var answer = await client.UploadAsync(file);
        Assert.That((int)answer.StatusCode, Is.EqualTo(415));
        return await answer.CodeAsync();
    }

    private async Task<JsonElement> MapAsync(JsonElement import, string? sheet, int headerRow, string?[] columns)
    {
        var address = $"/api/imports/{import.GetProperty("id").GetString()}";
        using var answer = await client.PutAsync(new Uri($"{address}/mapping", UriKind.Relative), Body(sheet, headerRow, columns));
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        return await client.WhenAsync(address, "preview", "refused", "needsMapping");
    }

    private async Task<(int, string?)> PutAsync(JsonElement import, string? sheet, int headerRow, string?[] columns)
    {
        using var answer = await client.PutAsync(new Uri($"/api/imports/{import.GetProperty("id").GetString()}/mapping", UriKind.Relative), Body(sheet, headerRow, columns));
        return ((int)answer.StatusCode, await answer.CodeAsync());
    }

    private static StringContent Body(string? sheet, int headerRow, string?[] columns) =>
        new(JsonSerializer.Serialize(new { sheet, headerRow, columns }), Encoding.UTF8, "application/json");

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.NoCompression).Open());
                writer.Write(text);
            }
        }
        return file.ToArray();
    }
}
