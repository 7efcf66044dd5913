using Training.Domain.Common;

namespace Training.Domain.Tests.Common;

public class PersonTextTests
{
    [TestCase(null, "")]
    [TestCase("   ", "")]
    [TestCase("\t\u00A0\u200F", "")]
    [TestCase("Yasmine", "Yasmine")]
    [TestCase("  El   Alaoui ", "El Alaoui")]
    [TestCase("El\u00A0Alaoui\r\n", "El Alaoui")]
    [TestCase("Zi\u200Bneb", "Zineb")]
    [TestCase("\u202Eمريم\u202C", "مريم")]
    [TestCase("\u2067سارة\u2069", "سارة")]
    [TestCase("Am\u0000in\u0007e", "Amine")]
    [TestCase("Ai\u0308t", "Aït")]
    [TestCase("ﻣﺤﻤﺪ", "محمد")]
    [TestCase("ＡＢＣ", "ABC")]
    [TestCase("ⵉⴷⵉⵔ", "ⵉⴷⵉⵔ")]
    public void Cleans_what_was_typed(string? typed, string cleaned) => Assert.That(PersonText.Clean(typed), Is.EqualTo(cleaned));

    [Test]
    public void Drops_what_is_not_a_character()
    {
        Assert.That(PersonText.Clean("A\u00EF\uD800t"), Is.EqualTo("Aït"));
        Assert.That(PersonText.Clean("\u3164\uFFA0 \u2800"), Is.Empty, "Fillers look like nothing and count as letters.");
        Assert.That(PersonText.Clean("Ami\uDB40\uDC41ne"), Is.EqualTo("Amine"));
        Assert.That(PersonText.Clean("a\uFFFFb\uFDD0c\uDC00"), Is.EqualTo("abc"));
    }

    [Test]
    public void Gives_null_for_nothing()
    {
        Assert.That(PersonText.CleanOrNull(" \u200E "), Is.Null);
        Assert.That(PersonText.CleanOrNull(" a "), Is.EqualTo("a"));
    }

    [Test]
    public void Leaves_a_clean_text_alone_whatever_the_noise_was()
    {
        var random = new Random(7);
        for (var n = 0; n < 20_000; n++)
        {
            var noise = new char[random.Next(1, 300)];
            for (var i = 0; i < noise.Length; i++) noise[i] = (char)random.Next(random.Next(3) switch { 0 => 0x80, 1 => 0x700, _ => 0x10000 });
            var cleaned = PersonText.Clean(new string(noise));
            Assert.That(PersonText.Clean(cleaned), Is.EqualTo(cleaned));
            Assert.That(cleaned.Any(char.IsControl), Is.False);
        }
    }

    [TestCase("Yasmine", true, false, true)]
    [TestCase("ياسمين", false, true, true)]
    [TestCase("Yasmine ياسمين", true, true, true)]
    [TestCase("Aït", true, false, true)]
    [TestCase("ⵢⴰⵙⵎⵉⵏ", false, false, true)]
    [TestCase("١٢٣ 45", false, false, false)]
    [TestCase("... -- '", false, false, false)]
    [TestCase("×÷", false, false, false)]
    [TestCase("", false, false, false)]
    public void Says_which_letters_it_holds(string text, bool latin, bool arabic, bool letter) =>
        Assert.That((PersonText.ContainsLatin(text), PersonText.ContainsArabic(text), PersonText.HasLetter(text)), Is.EqualTo((latin, arabic, letter)));

    [TestCase("QZ000123")]
    [TestCase("qz000123")]
    [TestCase("Q 123456")]
    [TestCase("QZ-12345")]
    [TestCase("QZA12345678")]
    [TestCase("Amine QZ000123")]
    [TestCase("CIN: QZ000123")]
    [TestCase("QZ٠٠٠١٢٣")]
    [TestCase("1234567890")]
    [TestCase("IDCS 1234567890")]
    [TestCase("1234 567 890")]
    public void Tells_an_identity_number_typed_in_another_field(string text) => Assert.That(PersonText.LooksLikeNationalId(text), Is.True);

    [TestCase("Yasmine El Alaoui")]
    [TestCase("Z990000001")]
    [TestCase("0612345678")]
    [TestCase("Appeler le 06 12 34 56 78")]
    [TestCase("U13 2026")]
    [TestCase("né le 12/03/2014")]
    [TestCase("Amine 2")]
    [TestCase("né en 2014")]
    [TestCase("12/2014")]
    [TestCase("")]
    public void Lets_other_texts_pass(string text) => Assert.That(PersonText.LooksLikeNationalId(text), Is.False);
}
