using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Training.App.Modules.Enrollments.Imports;
using Training.App.Tests.Platform.Spreadsheets;
using Words = Training.App.Modules.Enrollments.Imports.CellValues;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>The workbook that comes back: read with another reader than ours, corrected, and sent again.</summary>
public class RefusedWorkbookTests
{
    private static readonly object[] Heading = ["Né le", "Club", "Prénom", "Nom", "Sexe", "Nom du tuteur", "Téléphone", "Pointure"];

    private TrainingApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        client = app.Nation();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
    }

    [TearDown]
    public void Stop()
    {
        client.Dispose();
        app.Dispose();
    }

    [Test]
    public async Task Keeps_the_users_layout_and_marks_what_is_wrong()
    {
        using var workbook = await ReturnedAsync(await client.PreviewAsync(Faulty().ToBytes()));
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single(part => part.Worksheet!.Descendants<Row>().Count() > 2 && part.Worksheet.Descendants<SheetViews>().Any());

        Assert.That(workbook.WorkbookPart.Workbook!.Descendants<Sheet>().Select(tab => (tab.Name!.Value, tab.State?.InnerText)), Is.EqualTo(new[] { ("Joueurs 2026", null), ("Listes", "hidden") }));
        Assert.That(Texts(sheet, 1), Is.EqualTo(new[] { "Liste du club" }));
        Assert.That(Texts(sheet, 2), Is.EqualTo(new[] { "Né le", "Club", "Prénom", "Nom", "Sexe", "Nom du tuteur", "Téléphone", "Pointure", "Motif du refus" }));
        Assert.That(Texts(sheet, 3), Is.EqualTo(new[] { "41710", "RSB", "Ghita", "Bouzidi", "x", "Parent Kenza", "0612345678", "38", "Sexe: Écrivez F ou M." }));
        var comments = sheet.WorksheetCommentsPart!.Comments!.CommentList!.Elements<Comment>().Select(comment => comment.Reference!.Value);
        Assert.That(comments, Is.EqualTo(new[] { "E3", "G4" }));
        var lists = sheet.Worksheet!.Descendants<DataValidation>().Select(list => (list.SequenceOfReferences!.InnerText, list.Formula1!.Text));
        Assert.That(lists, Is.EqualTo(new[] { ("E3:E4", "Listes!$A$1:$A$2"), ("B3:B4", "Listes!$B$1:$B$1") }));
    }

    [Test]
    public async Task Is_a_valid_workbook_without_any_formula()
    {
        var file = Faulty();
        file.Sheet("Autres", ["rien"]);
        using var workbook = await ReturnedAsync(await client.PreviewAsync(file.ToBytes()));

        Assert.That(new OpenXmlValidator().Validate(workbook).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"), Is.Empty);
        Assert.That(workbook.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<CellFormula>()), Is.Empty);
    }

    [TestCase("=1+1")]
    [TestCase("@SUM(A1)")]
    [TestCase("-2+3")]
    [TestCase("+cmd|' /C calc'!A0")]
    public async Task Writes_what_looks_like_a_formula_as_a_text(string text)
    {
        var file = new WorkbookFile().Sheet("Joueurs", Heading, [WorkbookFile.Day(2014, 3, 12), "RSB", text, "Bouzidi", "F", "Parent", 612345678, ""]);
        using var workbook = await ReturnedAsync(await client.PreviewAsync(file.ToBytes()));
        var cell = workbook.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<Cell>()).Single(cell => cell.CellReference == "C2");
        Assert.That((cell.DataType!.InnerText, cell.InnerText, cell.CellFormula), Is.EqualTo(("inlineStr", text, (CellFormula?)null)));
    }

    [TestCase("xlsx")]
    [TestCase("csv")]
    public async Task Sent_again_with_corrections_it_touches_only_its_own_rows(string format)
    {
        var first = await client.CommitAsync(await client.PreviewAsync(Faulty().ToBytes()));
        Assert.That(first.Counts(), Is.EqualTo((3, 1, 0, 0, 0, 2)));
        var returned = await BytesAsync(first, format);

        var again = await client.PreviewAsync(returned);
        Assert.That(again.Counts(), Is.EqualTo((2, 0, 0, 0, 0, 2)), "as it came back");

        var corrected = format == "csv" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(returned).Replace(";x;", ";F;", StringComparison.Ordinal)) : Corrected(returned);
        var second = await client.CommitAsync(await client.PreviewAsync(corrected));
        Assert.That(second.Counts(), Is.EqualTo((2, 1, 0, 0, 0, 1)), string.Join("; ", second.Refusals()));
        var twice = await client.PreviewAsync(await BytesAsync(second, format));
        Assert.That(twice.Counts(), Is.EqualTo((1, 0, 0, 0, 0, 1)), "with one column of reasons, not two");
    }

    [Test]
    public async Task A_text_comes_back_with_its_lines_above_the_headings()
    {
        const string list = "Liste du club;saison 2026\r\n\r\nNé le;Club;Prénom;Nom;Sexe;Nom du tuteur;Téléphone\r\n12/03/2014;RSB;Ghita;Bouzidi;x;Parent Kenza;0612345678\r\n";
        var first = await client.PreviewAsync(Encoding.UTF8.GetBytes(list));
        var returned = Encoding.UTF8.GetString(await BytesAsync(first, "csv")).TrimStart('\uFEFF').Split("\r\n");

        Assert.That(returned[0], Is.EqualTo("Liste du club;saison 2026"));
        Assert.That(returned[1], Does.StartWith("Né le;Club;").And.EndsWith(";Motif du refus"));
        var again = await client.CommitAsync(await client.PreviewAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", returned).Replace(";x;", ";F;", StringComparison.Ordinal))));
        Assert.That(again.Counts(), Is.EqualTo((1, 1, 0, 0, 0, 0)));
    }

    [Test]
    public async Task Reads_from_the_right_where_the_headings_are_arabic()
    {
        var file = new WorkbookFile().Sheet("اللائحة", ["الاسم الشخصي", "الاسم العائلي", "تاريخ الازدياد", "الجنس", "ولي الأمر", "الهاتف"], ["سلمى", "بناني", "؟", "أنثى", "سميرة بناني", 612345678]);
        using var workbook = await ReturnedAsync(await client.PreviewAsync(file.ToBytes()));
        Assert.That(workbook.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<SheetView>()).Single().RightToLeft!.Value, Is.True);
    }

    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task A_row_with_a_cell_too_many_keeps_it_and_comes_back_until_somebody_corrects_it(string format)
    {
        const string list = "Prénom;Nom;Né le;Sexe;Père;Téléphone\nGhita;Bouzidi;12/03/2014;F;Omar;0612345678;en trop\nSalma;Lahlou;12/03/2014;x;Parent;0612345679\n";
        var first = await client.PreviewAsync(list);
        var returned = await BytesAsync(first, format);

        var again = await client.PreviewAsync(returned);
        var twice = await client.PreviewAsync(await BytesAsync(again, format));

        Assert.That((again.Counts(), twice.Counts()), Is.EqualTo(((2, 0, 0, 0, 0, 2), (2, 0, 0, 0, 0, 2))));
        Assert.That(twice.Refusals(), Is.EquivalentTo(first.Refusals()));
        var text = Encoding.UTF8.GetString(await BytesAsync(twice, "csv")).Split("\r\n");
        Assert.That(text[0], Is.EqualTo("\uFEFFPrénom;Nom;Né le;Sexe;Père;Téléphone;Cellule en trop;Motif du refus"));
        Assert.That(text[1], Does.Contain(";0612345678;en trop;"));
        Assert.That(text[2], Does.StartWith("Salma;Lahlou;12/03/2014;x;Parent;0612345679;;"));
    }

    [Test]
    public async Task Numbers_stay_numbers_and_clubs_own_categories_are_proposed()
    {
        object[] heading = ["N°", "Prénom", "Nom", "Né le", "Sexe", "Nom du tuteur", "Téléphone", "Pointure", "Catégorie"];
        var file = new WorkbookFile().Sheet("Listes", heading, [7, "Ghita", "Bouzidi", WorkbookFile.Day(2014, 3, 12), "x", "Parent", 612345678, 37.5, "U13"]);
        using var workbook = await ReturnedAsync(await client.PreviewAsync(file.ToBytes()));
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single(part => part.Worksheet!.Descendants<SheetViews>().Any()).Worksheet!;
        var cells = sheet.Descendants<Cell>().Where(cell => cell.CellReference!.Value!.EndsWith('2')).ToDictionary(cell => cell.CellReference!.Value!);

        Assert.That(
            (cells["A2"].DataType?.InnerText, cells["A2"].InnerText, cells["H2"].DataType?.InnerText, cells["H2"].InnerText),
            Is.EqualTo(((string?)null, "7", (string?)null, "37.5")));
        Assert.That(new OpenXmlValidator().Validate(workbook), Is.Empty);
        Assert.That(workbook.WorkbookPart.Workbook!.Descendants<Sheet>().Select(tab => tab.Name!.Value!.ToUpperInvariant()), Is.Unique, "Excel opens no workbook with two sheets of one name");
        Assert.That(sheet.Descendants<DataValidation>().Select(list => list.SequenceOfReferences!.InnerText), Does.Contain("I2:I2"));
    }

    [Test]
    public void A_cell_is_quoted_whatever_delimiter_a_spreadsheet_supposes()
    {
        foreach (var text in (string[])["a,b", "a;b", "a\tb"])
        {
            var line = new StringBuilder();
            RefusedText.Cell(line, text, ';');
            Assert.That(line.ToString(), Is.EqualTo($"\"{text}\";"));
        }
    }

    [Test]
    public async Task Rows_are_counted_as_Excel_shows_a_text_that_names_its_delimiter()
    {
        var preview = await client.PreviewAsync("sep=;\r\nPrénom;Nom;Né le;Sexe;Père;Téléphone\r\nGhita;Bouzidi;12/03/2014;x;Omar;0612345678\r\n");

        Assert.That(preview.Refusals(), Is.EqualTo(new[] { "2 sex unknownSex" }));
    }

    [Test]
    public void Knows_its_own_column_of_reasons_in_every_language()
    {
        foreach (var culture in (string[])["fr", "ar", "en"])
        {
            Assert.That(ImportColumns.IsReason(App.Platform.Localization.Texts.All["imports"].GetString("reason", new System.Globalization.CultureInfo(culture))!), Is.True, culture);
            Assert.That(ImportColumns.IsSurplus(App.Platform.Localization.Texts.All["imports"].GetString("surplus", new System.Globalization.CultureInfo(culture))!), Is.True, culture);
        }
    }

    [Test]
    public void Proposes_only_words_that_it_reads()
    {
        foreach (var culture in (string[])["fr", "ar", "en"])
        {
            string[] Proposed(string key) => App.Platform.Localization.Texts.All["imports"].GetString(key, new System.Globalization.CultureInfo(culture))!.Split('|');
            Assert.That(Proposed("sexes").Select(word => Words.SexOf(word)), Has.None.Null, culture);
            Assert.That(Proposed("relationships").Select(word => Words.RelationshipOf(word)), Has.None.Null, culture);
            Assert.That(Proposed("languages").Select(word => Words.LanguageOf(word)), Has.None.Null, culture);
        }
    }

    private static WorkbookFile Faulty() => new WorkbookFile().Sheet("Joueurs 2026", ["Liste du club"], Heading,
        [WorkbookFile.Day(2014, 3, 12), "RSB", "Salma", "Lahlou", "F", "Parent Hiba", "0612345677", 37],
        [WorkbookFile.Day(2014, 3, 12), "RSB", "Ghita", "Bouzidi", "x", "Parent Kenza", "0612345678", 38],
        [WorkbookFile.Day(2013, 5, 1), "RSB", "Walid", "Bouzidi", "M", "Parent Kenza", "12", 39]);

    private async Task<SpreadsheetDocument> ReturnedAsync(JsonElement import) => SpreadsheetDocument.Open(new MemoryStream(await BytesAsync(import, "xlsx")), isEditable: false);

    private async Task<byte[]> BytesAsync(JsonElement import, string format)
    {
        using var answer = await client.GetAsync(new Uri($"/api/imports/{import.GetProperty("id").GetString()}/refused?format={format}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Content.Headers.ContentDisposition?.FileNameStar, Does.EndWith($"-refused.{format}"));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static byte[] Corrected(byte[] returned)
    {
        var file = new MemoryStream();
        file.Write(returned);
        using (var workbook = SpreadsheetDocument.Open(file, isEditable: true))
        {
            var cell = workbook.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<Cell>()).Single(cell => cell.InnerText == "x");
            cell.RemoveAllChildren();
            cell.AppendChild(new InlineString(new Text("F")));
        }
        return file.ToArray();
    }

    private static IEnumerable<string> Texts(WorksheetPart sheet, int row) =>
        sheet.Worksheet!.Descendants<Row>().Single(line => line.RowIndex! == (uint)row).Elements<Cell>().Select(cell => cell.InnerText);
}
