using Training.Pdf.Bidi;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Tests.Writing;

internal sealed class PdfDocumentTests
{
    private static readonly TextStyle Style = new(FontFamily.Book, false, TextDirection.Auto);
    private static readonly PdfDocumentInfo Info = new("Titre (1) شهادة & <co>", "Auteur", "Sujet", "fr-MA", new DateOnly(2026, 11, 23));

    private static readonly PdfTemplate Template = PdfTemplate.Create(
        400, 300, background => background.Rectangle(0, 0, 10, 10), content =>
        {
            content.BeginTag(StructureRole.H1, 1);
            content.Text(TextShaper.ShapeLine("Fixed title", Style), 20, 250, 20, default);
            content.End();
        });

    [Test]
    public void Is_clean_to_qpdf_with_embedded_subsets_that_map_to_Unicode()
    {
        var pdf = Draw(new PdfDocument(), Template, "Salma سلمى");
        var fonts = PdfTools.ListFonts(pdf).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax or stream encoding errors"));
            Assert.That(fonts, Is.Not.Empty);
            Assert.That(fonts, Is.All.Match(@"^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes"));
        });
    }

    [Test]
    public void Tags_its_parts_in_reading_order_and_names_its_language()
    {
        var document = new PdfDocument();
        document.Reset(Template);
        var page = document.AddPage();
        page.BeginTag(StructureRole.Figure, 9, "ar", "Une image");
        page.Rectangle(5, 5, 5, 5);
        page.Fill();
        page.End();
        page.BeginTag(StructureRole.P, 5);
        page.Text(TextShaper.ShapeLine("Second", Style), 20, 200, 12, default);
        page.End();
        var pdf = document.Save(Info);
        var structure = PdfTools.Describe(pdf, "-struct-text");
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.Describe(pdf), Does.Contain("Tagged:          yes").And.Contain("Titre (1) شهادة & <co>"));
            Assert.That(structure.Replace(" (block)", "", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()).Where(line => line is not "" and not "\"\""),
                Is.EqualTo(new[] { "Document", "H1", "\"Fixed title\"", "P", "\"Second\"", "Figure" }).AsCollection, structure);
            using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
            Assert.That(read.Structure.Catalog.CatalogDictionary.Data["Lang"].ToString(), Does.Contain("fr-MA"));
        });
    }

    [Test]
    public void Equal_calls_give_equal_bytes_whatever_was_drawn_before()
    {
        var used = new PdfDocument();
        Draw(used, Template, "Quelqu’un d’autre الكراوي");
        Assert.That(Draw(used, Template, "Salma سلمى"), Is.EqualTo(Draw(new PdfDocument(), Template, "Salma سلمى")));
    }

    [Test]
    public void Different_text_gives_another_identifier()
    {
        var document = new PdfDocument();
        Assert.That(Id(Draw(document, Template, "Salma")), Is.Not.EqualTo(Id(Draw(document, Template, "Salwa"))));
    }

    [Test]
    public void Many_threads_give_the_bytes_of_one()
    {
        string[] names = [.. ReferenceNames.Arabic.Take(50).Concat(ReferenceNames.Latin.Take(50))];
        var alone = new PdfDocument();
        var expected = names.Select(name => Draw(alone, Template, name)).ToArray();
        using var own = new ThreadLocal<PdfDocument>(() => new PdfDocument());
        Parallel.For(0, 400, i => Assert.That(Draw(own.Value!, Template, names[i % names.Length]).AsSpan().SequenceEqual(expected[i % names.Length])));
    }

    [Test]
    public void Several_pages_share_template_and_fonts()
    {
        var document = new PdfDocument();
        document.Reset(Template);
        for (var i = 0; i < 3; i++)
            Line(document.AddPage(), $"Page {i}");
        var pdf = document.Save(Info);
        var text = PdfTools.ExtractText(pdf);
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax"));
            Assert.That(text.Split("Fixed title"), Has.Length.EqualTo(4));
            Assert.That(text, Does.Contain("Page 0").And.Contain("Page 2"));
        });
    }

    [Test]
    public void A_document_without_a_page_is_refused() =>
        Assert.That(() => new PdfDocument().Save(Info), Throws.InvalidOperationException);

    private static string Id(byte[] pdf)
    {
        var text = System.Text.Encoding.Latin1.GetString(pdf);
        return text.Substring(text.IndexOf("/ID[<", StringComparison.Ordinal) + 5, 32);
    }

    private static byte[] Draw(PdfDocument document, PdfTemplate template, string text)
    {
        document.Reset(template);
        Line(document.AddPage(), text);
        return document.Save(Info);
    }

    private static void Line(PdfCanvas page, string text)
    {
        page.BeginTag(StructureRole.P, 2);
        page.Text(TextShaper.ShapeLine(text, Style), 20, 200, 16, default);
        page.End();
    }
}
