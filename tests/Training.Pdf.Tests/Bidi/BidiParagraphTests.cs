using System.Text.RegularExpressions;
using Training.Pdf.Bidi;

namespace Training.Pdf.Tests.Bidi;

internal sealed partial class BidiParagraphTests
{
    // One or two letters of each class, brackets included.
    private static readonly string[] Alphabet =
    [
        "a", "é", "א", "ب", "ج", "1", "7", "٣", "+", "-", "%", "$", "°", ",", ".", ":", "/", "\u064E", "\u0301", " ", "!", "&",
        "(", ")", "[", "]", "«", "»", "\u2329", "\u3009", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
        "\u2066", "\u2067", "\u2068", "\u2069", "\u200E", "\u200F", "\u061C", "\t", "\uD83D\uDE00", "\U0001E900",
    ];

    [TestCase("abc", TextDirection.LeftToRight, "000")]
    [TestCase("abc", TextDirection.RightToLeft, "222")]
    [TestCase("ابج", TextDirection.LeftToRight, "111")]
    [TestCase("ab ابج cd", TextDirection.LeftToRight, "000111000")]
    [TestCase("ابج 123", TextDirection.RightToLeft, "1111222")]
    [TestCase("ابج 12-34", TextDirection.RightToLeft, "111122122", Description = "After Arabic a number is split at its hyphen")]
    [TestCase("ابج \u206612-34\u2069", TextDirection.RightToLeft, "11111222221", Description = "An isolate keeps it whole")]
    [TestCase("אבג 12-34", TextDirection.RightToLeft, "111122222", Description = "After Hebrew it is not split")]
    [TestCase("a(ב)c", TextDirection.LeftToRight, "00100")]
    [TestCase("ا(b)ج", TextDirection.RightToLeft, "11211")]
    [TestCase("ا(b ج)c", TextDirection.RightToLeft, "1121112")]
    [TestCase("a (ب) [c]", TextDirection.RightToLeft, "211111121")]
    [TestCase("١٢٣ ab", TextDirection.LeftToRight, "222000")]
    public void Resolves_known_cases(string text, TextDirection direction, string expected)
    {
        Assert.That(string.Concat(Levels(text, direction)), Is.EqualTo(expected));
    }

    [Test]
    public void Takes_the_direction_of_the_first_strong_letter_and_skips_isolates()
    {
        var levels = new byte[8];
        Assert.Multiple(() =>
        {
            Assert.That(BidiParagraph.Resolve("1 ب a", TextDirection.Auto, levels), Is.EqualTo(1));
            Assert.That(BidiParagraph.Resolve("1 a ب", TextDirection.Auto, levels), Is.EqualTo(0));
            Assert.That(BidiParagraph.Resolve("\u2067ب\u2069 a", TextDirection.Auto, levels), Is.EqualTo(0));
            Assert.That(BidiParagraph.Resolve("123", TextDirection.Auto, levels), Is.EqualTo(0));
        });
    }

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4)]
    public void Agrees_with_a_second_implementation_on_generated_text(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 25_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            // ICU does not let marks follow their bracket, as the end of rule N0 asks; bidi-cases.txt has those.
            if (!MarkAfterBracket().IsMatch(text))
                AssertAgrees(text, (byte)random.Next(2));
        }
    }

    [Test]
    public void Agrees_with_a_second_implementation_on_every_short_text_of_the_difficult_letters()
    {
        string[] difficult = ["a", "ب", "1", "٣", "-", ",", "(", ")", " ", "\u2067", "\u2069", "\u0301"];
        for (var code = 0; code < difficult.Length * difficult.Length * difficult.Length * difficult.Length; code++)
        {
            var text = string.Concat(
                difficult[code % 12], difficult[code / 12 % 12], difficult[code / 144 % 12], difficult[code / 1728]);
            if (MarkAfterBracket().IsMatch(text))
                continue;
            AssertAgrees(text, 0);
            AssertAgrees(text, 1);
        }
    }

    [Test]
    public void Agrees_with_a_second_implementation_on_deep_nesting()
    {
        foreach (var opening in new[] { "\u202B", "\u2067", "\u202A\u2067", "\u2066\u202E", "\u2067\u202B(" })
        {
            foreach (var depth in new[] { 30, 61, 62, 63, 64, 124, 130 })
            {
                var nested = string.Concat(Enumerable.Repeat(opening, depth)) + "a ب 1-2 (c)" + string.Concat(Enumerable.Repeat("\u2069\u202C", depth));
                AssertAgrees(nested + " b", 0);
                AssertAgrees(nested + " ج", 1);
            }
        }
    }

    [Test]
    public void Agrees_with_the_recorded_answers_of_a_third_implementation()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Bidi", "bidi-cases.txt");
        foreach (var line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
        {
            var parts = line.Split(';');
            var text = string.Concat(parts[0].Split(' ').Select(unit => (char)Convert.ToInt32(unit, 16)));
            var expected = parts[2].Split(' ');
            var ours = Levels(text, parts[1] == "0" ? TextDirection.LeftToRight : TextDirection.RightToLeft);
            Assert.That(ours.Select((level, i) => expected[i] == "x" ? "x" : $"{level}"), Is.EqualTo(expected), line);
        }
    }

    [GeneratedRegex(@"[()\[\]\u2329\u3009][\u202A-\u202E]*[\u0301\u064E]")]
    private static partial Regex MarkAfterBracket();

    private static void AssertAgrees(string text, byte paragraph)
    {
        var ours = new byte[text.Length];
        BidiParagraph.Resolve(text, paragraph == 0 ? TextDirection.LeftToRight : TextDirection.RightToLeft, ours);
        var theirs = IcuBidi.Levels(text, paragraph);
        // ICU gives text of one direction a single level; the order on the line is the same.
        if (theirs.All(level => level == paragraph) && ours.All(level => (level & 1) == paragraph))
            return;
        for (var i = 0; i < text.Length; i++)
        {
            // Rule X9 leaves the levels of removed characters to the implementation.
            var removed = BidiParagraph.IsRemoved(BidiProperties.ClassOf(char.IsSurrogate(text[i]) ? 'a' : text[i]));
            if (!removed && ours[i] != theirs[i])
                Assert.Fail($"{Show(text)} in {paragraph}: ours {string.Join(' ', ours)}, theirs {string.Join(' ', theirs)}");
        }
    }

    private static string Show(string text) => string.Join(' ', text.Select(c => $"{(int)c:X4}"));

    private static byte[] Levels(string text, TextDirection direction)
    {
        var levels = new byte[text.Length];
        BidiParagraph.Resolve(text, direction, levels);
        return levels;
    }
}
