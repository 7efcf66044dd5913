using Training.Pdf.Bidi;
using Training.Pdf.Text;

namespace Training.Pdf.Tests.Text;

internal sealed class ParagraphLayoutTests
{
    private const string French = "a suivi avec assiduité l’ensemble des ateliers d’initiation au numérique responsable et à l’IA";
    private const string Arabic = "تابع بانتظام جميع ورشات الاستئناس بالذكاء الاصطناعي والاستعمال المسؤول للتكنولوجيا الرقمية 2026";

    private static readonly TextStyle LeftToRight = new(FontFamily.Book, false, TextDirection.LeftToRight);
    private static readonly TextStyle RightToLeft = new(FontFamily.Book, false, TextDirection.RightToLeft);

    [TestCase(French, 12.0), TestCase(French, 30.0), TestCase(Arabic, 9.0), TestCase(Arabic, 20.0)]
    public void Wraps_into_lines_that_fit_and_lose_nothing(string text, double width)
    {
        var lines = ParagraphLayout.Wrap(text, text == French ? LeftToRight : RightToLeft, width);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.GreaterThan(1));
            Assert.That(lines.Select(line => line.Width), Is.All.LessThanOrEqualTo(width + 0.001));
            Assert.That(Letters(lines), Is.EqualTo(Sorted(text)));
        });
    }

    [Test]
    public void Keeps_a_short_text_at_its_size()
    {
        var fitted = ParagraphLayout.Fit("Salma", LeftToRight, 400, 30, 18, 3);
        Assert.That((fitted.Size, fitted.Lines.Count), Is.EqualTo((30.0, 1)));
    }

    [Test]
    public void Shrinks_before_it_breaks_and_breaks_before_it_becomes_small()
    {
        var shrunk = ParagraphLayout.Fit("Abderrahmane El Mostafa Benjelloun", LeftToRight, 400, 30, 18, 3);
        var broken = ParagraphLayout.Fit(string.Join(' ', Enumerable.Repeat("Abderrahmane", 6)), LeftToRight, 400, 30, 18, 3);
        Assert.Multiple(() =>
        {
            Assert.That(shrunk.Lines, Has.Count.EqualTo(1));
            Assert.That(shrunk.Size, Is.InRange(18, 29.9));
            Assert.That(broken.Lines, Has.Count.EqualTo(2));
            Assert.That(broken.Lines.Select(line => line.Width * broken.Size), Is.All.LessThanOrEqualTo(400.01));
        });
    }

    [Test]
    public void Fits_whatever_is_asked([Values(1, 40, 300)] int length, [Values(true, false)] bool spaces, [Values(1, 2, 3)] int maxLines)
    {
        var text = spaces ? string.Join(' ', Enumerable.Repeat("Abc", length / 4 + 1)) : new string('m', length);
        foreach (var fitted in new[]
        {
            ParagraphLayout.Fit(text, LeftToRight, 300, 20, 12, maxLines), ParagraphLayout.Flow(text, LeftToRight, 300, 20, 12, maxLines),
        })
        {
            Assert.That(fitted.Lines, Has.Count.InRange(1, maxLines));
            Assert.That(fitted.Lines.Select(line => line.Width * fitted.Size), Is.All.LessThanOrEqualTo(300.01));
        }
    }

    [Test]
    public void An_empty_text_is_one_empty_line()
    {
        Assert.That(ParagraphLayout.Fit("", LeftToRight, 300, 20, 12, 3).Lines.Single().Width, Is.Zero);
        Assert.That(ParagraphLayout.Flow("", RightToLeft, 300, 20, 12, 3).Lines.Single().Width, Is.Zero);
    }

    [Test]
    public void Puts_runs_of_both_directions_in_the_order_of_the_eye()
    {
        var line = TextShaper.ShapeLine("ab ابج 12", LeftToRight);
        Assert.That(Visual(line), Is.EqualTo("ab 12 جبا"));
    }

    [Test]
    public void Tracking_never_tears_Arabic_letters_apart()
    {
        Assert.Multiple(() =>
        {
            Assert.That(TextShaper.ShapeLine("مشاركة", RightToLeft with { Tracking = 50 }).Width, Is.EqualTo(TextShaper.ShapeLine("مشاركة", RightToLeft).Width));
            Assert.That(TextShaper.ShapeLine("abc", LeftToRight with { Tracking = 50 }).Width, Is.GreaterThan(TextShaper.ShapeLine("abc", LeftToRight).Width));
        });
    }

    private static string Visual(ShapedLine line) => string.Concat(line.Glyphs.Select(TextOf));

    private static string Letters(IEnumerable<ShapedLine> lines) => Sorted(string.Concat(lines.Select(Visual)));

    private static string Sorted(string text) => string.Concat(text.Where(c => c != ' ').Order());

    private static string TextOf(PlacedGlyph glyph)
    {
        Span<char> text = stackalloc char[7];
        return text[..glyph.Key.CopyText(text)].ToString();
    }
}
