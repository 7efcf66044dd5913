using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.Pdf.Tests.Layout;

/// <summary>A name typed to deceive must change nothing but its own cell.</summary>
internal sealed class HostileLayoutTests
{
    private static readonly string[] Hostile =
    [
        "\u202Eيولعلا ىملس", "سلمى\u2067\u2067\u2067", "\u2069\u2069سلمى", "سلمى\u202D 2026", "سلمى\n\nمقبول\t\u0007", "س\u200Bل\u200Cم\u200Dى", "\uFEFFسلمى\u00AD",
        new string('ك', 300), string.Join(' ', Enumerable.Repeat("بنعبدالرحمن", 27)), new string('W', 300), "b" + new string('\u0323', 200),
        "\u061C\u200F\u200E", "سلمى\uD800", "\u2028\u2029سلمى", "12-34 سلمى 56", "(((سلمى[[[",
    ];

    // Weights of 0.8 and 4 of 13.8 from the right edge of a page with margins of 45.
    private const double ColumnOfLatinNames = 595.28 - 45 - (0.8 + 4) / 13.8 * (595.28 - 90);

    [TestCaseSource(nameof(Hostile))]
    public void Only_its_own_cell_changes(string name)
    {
        var honest = Rows(Samples.DaySheet(10).Save());
        var attacked = Rows(Samples.DaySheet(10, name).Save());
        Assert.Multiple(() =>
        {
            Assert.That(attacked, Has.Length.EqualTo(honest.Length));
            for (var row = 0; row < honest.Length; row++)
            {
                if (row != 2)
                    Assert.That(attacked[row].All, Is.EqualTo(honest[row].All));
            }

            Assert.That(attacked[2].Code, Is.EqualTo(honest[2].Code));
            Assert.That(attacked[2].Left, Is.GreaterThanOrEqualTo(ColumnOfLatinNames), "the name keeps to its column");
        });
    }

    [Test]
    public void A_sentence_keeps_its_words_around_a_name_of_another_direction()
    {
        var line = Phrase.Of($"الاسم: {"Salma \u202E(12)"} الرمز: {"K7-0001-M"}");
        var document = new FlowDocument(PageSetup.Arabic, "t", "a", Samples.Day);
        document.Paragraph(line);
        var text = PdfTools.ExtractText(document.Save());
        Assert.That(text, Does.Contain("K7-0001-M").And.Contain("Salma (12)"));
        Assert.That(line.Text.Contains('\u202E', StringComparison.Ordinal), Is.False);
    }

    [TestCase("2026-000123", "\u20662026-000123\u2069")]
    [TestCase("الموسم 2025-2026.", "الموسم \u20662025-2026\u2069.")]
    [TestCase("يوم 23/11/2026 على 14:30", "يوم \u206623/11/2026\u2069 على \u206614:30\u2069")]
    [TestCase("الهاتف 06 12 34 56 78", "الهاتف \u206606 12 34 56 78\u2069")]
    [TestCase("الهاتف +212 612-345678 أو", "الهاتف \u2066+212 612-345678\u2069 أو")]
    [TestCase("نسبة 83 % (10/12)", "نسبة \u206683 %\u2069 (\u206610/12\u2069)")]
    [TestCase("الفئة U13 و 5 و 6", "الفئة U13 و \u20665\u2069 و \u20666\u2069")]
    [TestCase("-5,5 درجة", "\u2066-5,5\u2069 درجة")]
    public void Numbers_stand_as_units(string text, string expected) => Assert.That(SafeText.IsolateNumbers(text), Is.EqualTo(expected));

    // The rows of the sheet: all their letters, the code, and where the column of Arabic names ends at its left.
    private static (string All, string Code, double Left)[] Rows(byte[] pdf)
    {
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        var words = read.GetPages().SelectMany(page => page.GetWords()).ToArray();
        var codes = words.Where(word => word.Text.StartsWith("K7-", StringComparison.Ordinal)).ToArray();
        return
        [
            .. codes.Select(code =>
            {
                var band = words.Where(word => Math.Abs(word.BoundingBox.Centroid.Y - code.BoundingBox.Centroid.Y) < 8).OrderBy(word => word.BoundingBox.Left).ToArray();
                return (string.Join(' ', band.Select(word => word.Text)), code.Text, band.Where(word => word.Text.Any(c => c is >= '\u0620' and <= '\u06FF')).Select(word => word.BoundingBox.Left).DefaultIfEmpty(double.MaxValue).Min());
            }),
        ];
    }
}
