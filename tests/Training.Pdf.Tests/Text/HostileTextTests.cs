using Training.Pdf.Bidi;
using Training.Pdf.Text;

namespace Training.Pdf.Tests.Text;

internal sealed class HostileTextTests
{
    private static readonly (int First, int Last)[] Blocks =
    [
        (0x0, 0x24F), (0x300, 0x36F), (0x600, 0x6FF), (0x750, 0x77F), (0x2000, 0x206F), (0x2D30, 0x2D7F), (0xFB50, 0xFDFF), (0xFE00, 0xFE2F),
        (0xFE70, 0xFEFF), (0xD800, 0xDFFF), (0x370, 0x52F),
    ];

    [TestCase(11), TestCase(12)]
    public void Any_text_is_either_set_or_refused_for_a_letter(int seed)
    {
        var random = new Random(seed);
        var set = 0;
        for (var i = 0; i < 4000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Unit(random)));
            var style = new TextStyle((FontFamily)random.Next(2), random.Next(2) == 0, (TextDirection)random.Next(3), random.Next(30));
            var cleaned = i % 2 == 0 ? SafeText.Clean(text) : text;
            try
            {
                var fitted = ParagraphLayout.Fit(cleaned, style, 300, 20, 12, 3);
                Assert.That(fitted.Lines.Select(line => line.Width * fitted.Size), Is.All.LessThanOrEqualTo(301));
                set++;
            }
            catch (MissingGlyphException)
            {
                // Said aloud is what is asked.
            }
        }

        Assert.That(set, Is.GreaterThan(100));
    }

    private static char Unit(Random random)
    {
        var (first, last) = Blocks[random.Next(Blocks.Length)];
        return (char)random.Next(first, last + 1);
    }
}
