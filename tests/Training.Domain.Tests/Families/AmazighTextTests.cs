using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.Domain.Tests.Families;

internal sealed class AmazighTextTests
{
    private const string Arabic = "حضر {0} حصص من أصل {1} (PDF)", French = "Il est venu à {0} séances sur {1} (PDF)";

    [TestCase("ⵉⴷⴷⴰ ⵖⵔ {0} ⵙⴳ {1}")]
    [TestCase("{1} ⵉⴷⴷⴰ (PDF) {0}")]
    [TestCase("ⴰⵙⴳⴳⵯⴰⵙ {0} {1}!")]
    public void Takes_Tifinagh_with_every_value_in_it(string text) => Assert.That(FaultOf(text), Is.Null);

    [TestCase("Idda ghr {0} sg {1}", "notTifinagh")]
    [TestCase("حضر {0} حصص من أصل {1}", "notTifinagh")]
    [TestCase("ⵉⴷⴷⴰ <b>{0}</b> ⵙⴳ {1}", "notTifinagh")]
    [TestCase("ⵉⴷⴷⴰ XML {0} {1}", "notTifinagh")]
    [TestCase("ⵉⴷⴷⴰ 😀 {0} {1}", "notTifinagh")]
    [TestCase("{0} {1} PDF", "notTifinagh")]
    [TestCase("ⵉⴷⴷⴰ {0}", "placeholdersDiffer")]
    [TestCase("ⵉⴷⴷⴰ {0} {2}", "placeholdersDiffer")]
    [TestCase("ⵉⴷⴷⴰ {0} {1} {", "placeholdersDiffer")]
    [TestCase("ⵉⴷⴷⴰ {0} {1} {{0}", "placeholdersDiffer")]
    [TestCase("=ⵉⴷⴷⴰ {0} {1}", "startsLikeFormula")]
    [TestCase("@ⵉⴷⴷⴰ {0} {1}", "startsLikeFormula")]
    public void Refuses_what_is_no_such_text(string text, string code) => Assert.That(FaultOf(text), Is.EqualTo(code));

    [Test]
    public void Refuses_what_is_far_longer_than_the_others() => Assert.That(FaultOf(new string('ⵣ', 200) + "{0}{1}"), Is.EqualTo("tooLong"));

    [Test]
    public void A_message_has_three_parts_at_most()
    {
        var arabic = new string('س', 150);
        var (fits, above) = (new Faults(), new Faults());
        AmazighText.Check(new string('ⵣ', 201), arabic, arabic, "", "text", fits);
        AmazighText.Check(new string('ⵣ', 202), arabic, arabic, "", "text", above);

        Assert.That((fits.None, above.ToError().Fields!["text"][0].Code), Is.EqualTo((true, "tooManyParts")));
    }

    [Test]
    public void What_is_put_in_counts_in_a_message() =>
        Assert.That((AmazighText.PartsOf("{0}", new string('ⵣ', 70)), AmazighText.PartsOf("{0} {1} {2}", new string('ⵣ', 70))), Is.EqualTo((1, 2)));

    [TestCase(null)]
    [TestCase("  ")]
    [TestCase("\u200f")]
    public void A_text_may_be_missing(string? text)
    {
        var faults = new Faults();
        Assert.That((AmazighText.Check(text, Arabic, French, null, "text", faults), faults.None), Is.EqualTo(((string?)null, true)));
    }

    [Test]
    public void Signs_that_show_nothing_are_taken_out_and_the_raised_letter_stays()
    {
        var faults = new Faults();
        Assert.That(AmazighText.Check(" ⴰⵙⴳⴳⵯⴰⵙ\u202e {0}  {1} ", Arabic, French, null, "text", faults), Is.EqualTo("ⴰⵙⴳⴳⵯⴰⵙ {0} {1}"));
    }

    [TestCase("{0} – {1}", true)]
    [TestCase("{name}: ", true)]
    [TestCase("{0} من {1}", false)]
    public void A_text_without_letters_needs_no_translation(string text, bool letterless) => Assert.That(AmazighText.IsLetterless(text), Is.EqualTo(letterless));

    private static string? FaultOf(string text)
    {
        var faults = new Faults();
        AmazighText.Check(text, Arabic, French, null, "text", faults);
        return faults.None ? null : faults.ToError().Fields!["text"][0].Code;
    }
}
