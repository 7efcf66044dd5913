using Training.Pdf.Text;

namespace Training.Pdf.Tests.Text;

internal sealed class SafeTextTests
{
    [TestCase(null, "")]
    [TestCase("  Salma \t\r\n Alaoui ", "Salma Alaoui")]
    [TestCase("Sal\u202Ema\u202C", "Salma", Description = "An override would turn letters around")]
    [TestCase("\u2067سلمى\u2069\u200F\u061C", "سلمى")]
    [TestCase("A\u0000B\u0007C", "A B C")]
    [TestCase("Zo\u0308e", "Zöe", Description = "Composed, so that a face has the letter")]
    [TestCase("a\u200B\u200D\uFEFF\u00ADb", "ab")]
    [TestCase("a\uD800b\uDC00", "ab", Description = "Halves of surrogate pairs")]
    [TestCase("Durée\u00A0: 3", "Durée\u00A0: 3")]
    public void Leaves_visible_text_alone_and_drops_the_rest(string? text, string expected) =>
        Assert.That(SafeText.Clean(text), Is.EqualTo(expected));

    [Test]
    public void Limits_marks_piled_on_one_letter()
    {
        var cleaned = SafeText.Clean("b" + new string('\u0323', 40) + "c");
        Assert.That(cleaned, Has.Length.LessThanOrEqualTo(6).And.EndsWith("c"));
    }
}
