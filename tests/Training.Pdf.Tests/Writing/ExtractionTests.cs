using System.Globalization;
using System.Text;
using Training.Pdf.Bidi;
using Training.Pdf.Text;
using Training.Pdf.Writing;
using PdfDocument = UglyToad.PdfPig.PdfDocument;

namespace Training.Pdf.Tests.Writing;

/// <summary>What is drawn must be found again by search, copy and screen readers.</summary>
internal sealed class ExtractionTests
{
    private static readonly TextStyle Latin = new(FontFamily.Book, false, TextDirection.LeftToRight);
    private static readonly TextStyle Arabic = new(FontFamily.Book, true, TextDirection.RightToLeft);

    [Test]
    public void Poppler_finds_every_Arabic_reference_name_intact() => AssertFound(ReferenceNames.Arabic, Arabic);

    [Test]
    public void Poppler_finds_every_Arabic_reference_name_intact_in_the_regular_face() =>
        AssertFound(ReferenceNames.Arabic, Arabic with { Bold = false });

    [TestCase(FontFamily.Book)]
    [TestCase(FontFamily.Sans)]
    public void Poppler_finds_every_Latin_reference_name_intact(FontFamily family) =>
        AssertFound(ReferenceNames.Latin, Latin with { Family = family });

    [Test]
    public void PdfPig_finds_every_name_intact()
    {
        using var arabic = PdfDocument.Open(Draw(ReferenceNames.Arabic, Arabic));
        using var latin = PdfDocument.Open(Draw(ReferenceNames.Latin, Latin));
        // PdfPig gives the letters as they stand from left to right.
        var arabicLines = Lines(arabic).Select(Reversed).ToHashSet();
        var latinLines = Lines(latin).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(ReferenceNames.Arabic.Where(name => !arabicLines.Contains(name)), Is.Empty);
            Assert.That(ReferenceNames.Latin.Where(name => !latinLines.Contains(name)), Is.Empty);
        });
    }

    [Test]
    public void Pdfjs_finds_two_hundred_Arabic_names_intact_and_every_Latin_one()
    {
        var names = ReferenceNames.Arabic.Take(200).ToArray();
        var arabic = PdfTools.ExtractWithPdfJs(Draw(names, Arabic)).ToHashSet();
        var latin = PdfTools.ExtractWithPdfJs(Draw(ReferenceNames.Latin, Latin)).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(names, Has.Length.EqualTo(200));
            Assert.That(names.Where(name => !arabic.Contains(name)), Is.Empty);
            Assert.That(ReferenceNames.Latin.Where(name => !latin.Contains(name)), Is.Empty);
        });
    }

    [Test]
    public void MuPdf_finds_every_name_intact()
    {
        // MuPDF's text device gives Arabic letters as they stand from left to right.
        var arabic = PdfTools.ExtractWithMuPdf(Draw(ReferenceNames.Arabic, Arabic)).Split('\n').Select(line => Reversed(line.Trim())).ToHashSet();
        var latin = PdfTools.ExtractWithMuPdf(Draw(ReferenceNames.Latin, Latin)).Split('\n').Select(line => line.Trim()).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(ReferenceNames.Arabic.Where(name => !arabic.Contains(name)), Is.Empty);
            Assert.That(ReferenceNames.Latin.Where(name => !latin.Contains(name)), Is.Empty);
        });
    }

    [TestCase("مشاركة 12 مارس 2014")]
    [TestCase("الرباط 2026")]
    public void Numbers_in_Arabic_lines_keep_their_digits_in_order(string text)
    {
        // Poppler moves the spaces around a number; the order of everything else is what counts.
        var found = PdfTools.ExtractText(Draw([text], Arabic));
        Assert.That(string.Concat(found.Where(c => !char.IsWhiteSpace(c))), Is.EqualTo(text.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Test]
    public void A_code_after_Arabic_is_not_turned_around()
    {
        var text = PdfTools.ExtractText(Draw([$"رقم {SafeText.Code("2026-000123")}"], Arabic));
        Assert.That(text, Does.Contain("2026-000123"));
    }

    [Test]
    public void Tifinagh_and_Berber_Latin_are_set_and_found() =>
        AssertFound(["ⵢⴰⵙⵎⵉⵏ", "Aẓru Iḥya Ɛli Tiziri ɣer"], Latin);

    [Test]
    public void A_letter_that_no_face_has_is_an_error_that_names_the_code_point_alone()
    {
        var error = Assert.Throws<MissingGlyphException>(() => TextShaper.ShapeLine("Salma 漢", Latin));
        Assert.That(error!.Message, Is.EqualTo("No embedded face has the character U+6F22."));
    }

    private static void AssertFound(IReadOnlyList<string> names, TextStyle style)
    {
        var found = PdfTools.ExtractText(Draw(names, style), "-layout").Split('\n', '\f').Select(line => line.Trim()).ToHashSet();
        Assert.That(names.Where(name => !found.Contains(name)), Is.Empty);
    }

    private static byte[] Draw(IReadOnlyList<string> names, TextStyle style)
    {
        var document = new Training.Pdf.Writing.PdfDocument();
        foreach (var chunk in names.Chunk(20))
        {
            var page = document.AddPage(595, 842);
            for (var i = 0; i < chunk.Length; i++)
            {
                page.BeginTag(StructureRole.P, i);
                page.TextToRight(TextShaper.ShapeLine(chunk[i], style), 500, 800 - i * 36, 16, default);
                page.End();
            }
        }

        return document.Save(new PdfDocumentInfo("Names", "Tests", "Names", "fr-MA", new DateOnly(2026, 11, 23)));
    }

    private static IEnumerable<string> Lines(UglyToad.PdfPig.PdfDocument document) =>
        from page in document.GetPages()
        from line in page.Letters.GroupBy(letter => Math.Round(letter.StartBaseLine.Y / 36))
        select string.Concat(line.OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value));

    private static string Reversed(string text)
    {
        var builder = new StringBuilder();
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            builder.Insert(0, elements.GetTextElement());
        return builder.ToString();
    }
}
