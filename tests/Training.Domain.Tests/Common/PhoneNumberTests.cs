using Training.Domain.Common;

namespace Training.Domain.Tests.Common;

public class PhoneNumberTests
{
    [TestCase("0612345678")]
    [TestCase("06 12 34 56 78")]
    [TestCase("06.12.34.56.78")]
    [TestCase("06-12-34-56-78")]
    [TestCase("612345678")]
    [TestCase("+212612345678")]
    [TestCase("+212 6 12 34 56 78")]
    [TestCase("+212 (0)6 12 34 56 78")]
    [TestCase("+2120612345678")]
    [TestCase("00212612345678")]
    [TestCase("00 212 (0) 6 12-34-56-78")]
    [TestCase("212612345678")]
    [TestCase("٠٦١٢٣٤٥٦٧٨")]
    [TestCase("۰۶۱۲۳۴۵۶۷۸")]
    [TestCase("\u202D0612345678\u202C")]
    [TestCase("06\u00A012\u00A034\u00A056\u00A078")]
    public void Reads_one_number_in_every_writing(string typed)
    {
        Assert.That(PhoneNumber.Parse(typed, out var number), Is.EqualTo(PhoneError.None));
        Assert.That(number.ToString(), Is.EqualTo("+212612345678"));
        Assert.That(number.ToDisplay(), Is.EqualTo("06 12 34 56 78"));
        Assert.That(number.IsMobile, Is.True);
    }

    [TestCase("0522345678", "+212522345678", false)]
    [TestCase("0701020304", "+212701020304", true)]
    [TestCase("0500000000", "+212500000000", false)]
    public void Reads_land_lines_and_both_mobile_ranges(string typed, string stored, bool mobile)
    {
        Assert.That(PhoneNumber.TryParse(typed, out var number), Is.True);
        Assert.That(number.ToString(), Is.EqualTo(stored));
        Assert.That(number.IsMobile, Is.EqualTo(mobile));
        Assert.That(PhoneNumber.FromE164(stored), Is.EqualTo(number));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("\u200F")]
    public void Says_when_nothing_was_typed(string typed) => Assert.That(PhoneNumber.Parse(typed, out _), Is.EqualTo(PhoneError.Missing));

    [TestCase("+33612345678")]
    [TestCase("0033 6 12 34 56 78")]
    [TestCase("+34 612 345 678")]
    [TestCase("+1 212 555 0100")]
    public void Tells_a_number_of_another_country(string typed) => Assert.That(PhoneNumber.Parse(typed, out _), Is.EqualTo(PhoneError.ForeignCountry));

    [TestCase("061234567")]
    [TestCase("06123456789")]
    [TestCase("0812345678")]
    [TestCase("+212812345678")]
    [TestCase("+21261234567")]
    [TestCase("0612345678 / 0611111111")]
    [TestCase("06 12 34 56 7a")]
    [TestCase("6.12345678E8")]
    [TestCase("+")]
    [TestCase("-")]
    [TestCase("0")]
    [TestCase("06+12345678")]
    [TestCase("inconnu")]
    public void Calls_anything_else_malformed(string typed) => Assert.That(PhoneNumber.Parse(typed, out _), Is.EqualTo(PhoneError.Malformed));

    [Test]
    public void Shows_nothing_for_no_number()
    {
        Assert.That(default(PhoneNumber).IsEmpty, Is.True);
        Assert.That(default(PhoneNumber).ToString() + default(PhoneNumber).ToDisplay() + default(PhoneNumber).ToHint(), Is.Empty);
    }

    [Test]
    public void Hints_at_a_number_by_its_last_two_digits()
    {
        Assert.That(PhoneNumber.TryParse("0612345608", out var number), Is.True);
        Assert.That(number.ToHint(), Is.EqualTo("•• 08"));
    }
}
