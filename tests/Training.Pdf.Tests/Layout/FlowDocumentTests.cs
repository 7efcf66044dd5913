using System.Text.RegularExpressions;
using Training.Pdf.Layout;
using Training.Pdf.Text;
using UglyToad.PdfPig.Content;

namespace Training.Pdf.Tests.Layout;

internal sealed partial class FlowDocumentTests
{
    private static readonly Dictionary<string, Func<byte[]>> Kinds = new()
    {
        ["day-sheet"] = () => Samples.DaySheet(60).Save(),
        ["report-ar"] = () => Samples.Report(PageSetup.Arabic).Save(),
        ["report-fr"] = () => Samples.Report(PageSetup.French.Landscape).Save(),
        ["cards"] = () => Samples.Cards(23).Save(),
    };

    private static IEnumerable<string> Names => Kinds.Keys;

    [TestCaseSource(nameof(Names))]
    public void Every_kind_is_clean_to_four_programs_tagged_and_embeds_its_fonts(string kind)
    {
        var pdf = Kinds[kind]();
        if (Environment.GetEnvironmentVariable("TRAINING_TEST_KEEP") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, kind + ".pdf"), pdf);
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax or stream encoding errors"));
            Assert.That(PdfTools.DrawWithGhostscript(pdf), Is.Empty);
            Assert.That(PdfTools.ExtractWithMuPdf(pdf), Is.Not.Empty);
            Assert.That(PdfTools.Describe(pdf), Does.Contain("Tagged:          yes"));
            Assert.That(PdfTools.ListFonts(pdf).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2), Is.All.Match("Identity-H +yes yes yes"));
        });
    }

    [TestCaseSource(nameof(Names))]
    public void Nothing_leaves_the_page(string kind)
    {
        using var document = UglyToad.PdfPig.PdfDocument.Open(Kinds[kind]());
        foreach (var page in document.GetPages())
        {
            Assert.That(page.Letters.Select(letter => letter.StartBaseLine.X), Is.All.InRange(30, page.Width - 30));
            Assert.That(page.Letters.Select(letter => letter.StartBaseLine.Y), Is.All.InRange(30, page.Height - 30));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Equal_calls_give_equal_bytes(string kind)
    {
        byte[] first = Kinds[kind](), second = Kinds[kind]();
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void A_long_table_repeats_its_header_for_the_eye_but_has_it_once_in_its_structure()
    {
        var pdf = Samples.DaySheet(60).Save();
        var structure = PdfTools.Describe(pdf, "-struct");
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        var shown = read.GetPages().Count(page => page.GetWords().Any(word => word.Text.Contains("زمرلا", StringComparison.Ordinal)));
        Assert.Multiple(() =>
        {
            Assert.That(read.NumberOfPages, Is.EqualTo(2));
            Assert.That(shown, Is.EqualTo(2));
            Assert.That(Regex.Count(structure, @"\bTHead\b"), Is.EqualTo(1));
            Assert.That(Regex.Count(structure, @"\bTR\b"), Is.EqualTo(61));
            // Seven header cells of columns, and a name for each row.
            Assert.That(Regex.Count(structure, @"\bTH\b"), Is.EqualTo(7 + 60));
            Assert.That(structure, Does.Contain("/Scope /Column").And.Contain("/Scope /Row"));
            Assert.That(Regex.Count(structure, @"\bFigure\b"), Is.EqualTo(180));
        });
    }

    [Test]
    public void Columns_run_from_the_side_where_reading_begins()
    {
        Assert.Multiple(() =>
        {
            Assert.That(XOf(PageSetup.Arabic, "A1"), Is.GreaterThan(XOf(PageSetup.Arabic, "B1")));
            Assert.That(XOf(PageSetup.French, "A1"), Is.LessThan(XOf(PageSetup.French, "B1")));
        });

        static double XOf(PageSetup setup, string cell)
        {
            var document = new FlowDocument(setup, "t", "a", Samples.Day);
            document.Table(new Table(new TableColumn("A"), new TableColumn("B")).Row("A1", "B1"));
            using var read = UglyToad.PdfPig.PdfDocument.Open(document.Save());
            return read.GetPage(1).GetWords().Single(word => word.Text == cell).BoundingBox.Left;
        }
    }

    [Test]
    public void Pages_are_numbered_x_of_y()
    {
        var text = PdfTools.ExtractText(Long().Save());
        Assert.That(Pages().Matches(text).Select(match => match.Value), Is.EqualTo(new[] { "Page 1 sur 3", "Page 2 sur 3", "Page 3 sur 3" }));
    }

    [Test]
    public void A_paragraph_over_two_pages_loses_no_word_and_stays_one_paragraph()
    {
        var pdf = Long().Save();
        var words = PdfTools.ExtractText(pdf).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("mot", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(words, Is.EqualTo(Enumerable.Range(0, 1500).Select(i => $"mot{i}")));
            Assert.That(Regex.Count(PdfTools.Describe(pdf, "-struct"), @"^\s*P\b", RegexOptions.Multiline), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_row_taller_than_a_page_goes_on_and_loses_no_word()
    {
        var document = new FlowDocument(PageSetup.French, "t", "a", Samples.Day);
        document.Table(new Table(new TableColumn("N", 1), new TableColumn("Texte", 3))
            .Row("avant", "ligne").Row("1", string.Join(' ', Enumerable.Range(0, 1500).Select(i => $"mot{i}"))).Row("dernier", "fin"));
        var pdf = document.Save();
        var words = PdfTools.ExtractText(pdf).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax"));
            Assert.That(words.Where(word => word.StartsWith("mot", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(0, 1500).Select(i => $"mot{i}")));
            Assert.That(words, Does.Contain("dernier"));
        });
    }

    [Test]
    public void Stretches_in_another_script_carry_their_language()
    {
        using var read = UglyToad.PdfPig.PdfDocument.Open(Samples.Report(PageSetup.Arabic).Save());
        var languages = read.GetPage(1).GetMarkedContents().SelectMany(Flatten).Select(content => content.Language).Where(language => language is not null);
        Assert.That(languages.Distinct(), Is.EqualTo(new[] { "fr-MA" }));

        static IEnumerable<MarkedContentElement> Flatten(MarkedContentElement content) => [content, .. content.Children.SelectMany(Flatten)];
    }

    [Test]
    public void A_link_leads_to_its_address_and_to_nothing_but_the_web()
    {
        using var read = UglyToad.PdfPig.PdfDocument.Open(Samples.Report(PageSetup.Arabic).Save());
        var document = new FlowDocument(PageSetup.French, "t", "a", Samples.Day);
        Assert.Multiple(() =>
        {
            Assert.That(read.GetPages().SelectMany(page => page.GetAnnotations()).Select(annotation => annotation.Action).OfType<UglyToad.PdfPig.Actions.UriAction>().Select(action => action.Uri),
                Is.EqualTo(new[] { "https://training.example.ma/v/1" }));
            Assert.That(() => document.Link("x", new Uri("file:///etc/passwd")), Throws.ArgumentException);
            Assert.That(() => document.Link("x", new Uri("javascript:alert(1)")), Throws.ArgumentException);
        });
    }

    [TestCase(0), TestCase(1), TestCase(4001)]
    public void Any_number_of_rows_can_be_set(int rows)
    {
        var document = new FlowDocument(PageSetup.Arabic, "t", "a", Samples.Day);
        var table = new Table(new TableColumn("ا"), new TableColumn("ب"));
        for (var i = 0; i < rows; i++)
            table.Row($"{i}", "سلمى");
        document.Table(table);
        var pdf = document.Save();
        Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax"));
        Assert.That(PdfTools.ExtractText(pdf).Split('\n').Count(line => line.Contains("سلمى", StringComparison.Ordinal)), Is.EqualTo(rows));
    }

    [Test]
    public void A_code_of_figures_and_letters_is_not_turned_around_in_an_arabic_list()
    {
        var document = new FlowDocument(PageSetup.Arabic, "t", "a", Samples.Day);
        var table = new Table(new TableColumn("ا"), new TableColumn("ب"));
        table.Row("سلمى", Phrase.Code("193-BE8C"));
        document.Table(table);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(document.Save());
        var letters = pdf.GetPage(1).Letters;
        Assert.That(letters.First(letter => letter.Value == "3").StartBaseLine.X, Is.LessThan(letters.First(letter => letter.Value == "B").StartBaseLine.X));
    }

    [Test]
    public void A_letter_no_face_has_is_refused_with_its_code_or_spelled_when_asked()
    {
        var refused = Assert.Throws<MissingGlyphException>(() => Samples.DaySheet(5, "Salma \U0001F600").Save());
        var text = PdfTools.ExtractText(Samples.DaySheet(5, SafeText.SpellMissing("Salma \U0001F600")).Save());
        Assert.Multiple(() =>
        {
            Assert.That(refused!.CodePoint, Is.EqualTo(0x1F600));
            Assert.That(TextShaper.FirstMissing("Salma \U0001F600"), Is.EqualTo(0x1F600));
            Assert.That(TextShaper.FirstMissing("سلمى Salma ⵙⴰⵍⵎⴰ 12"), Is.Null);
            Assert.That(text, Does.Contain("U+1F600"));
            Assert.That(SafeText.SpellMissing("Salma \U0001F600"), Is.EqualTo("Salma [U+1F600]"));
        });
    }

    private static FlowDocument Long()
    {
        var document = new FlowDocument(PageSetup.French, "t", "a", Samples.Day) { Footer = (page, count) => Phrase.Of($"Page {page} sur {count}") };
        document.Paragraph(string.Join(' ', Enumerable.Range(0, 1500).Select(i => $"mot{i}")));
        return document;
    }

    [GeneratedRegex(@"Page \d sur \d")]
    private static partial Regex Pages();
}
