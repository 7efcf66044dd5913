using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

internal sealed class AgeBandTests
{
    [TestCase(7, "8-10")]
    [TestCase(8, "8-10")]
    [TestCase(10, "8-10")]
    [TestCase(11, "11-13")]
    [TestCase(13, "11-13")]
    [TestCase(14, "14-15")]
    [TestCase(15, "14-15")]
    [TestCase(16, "16-18")]
    [TestCase(19, "16-18")]
    public void Each_age_has_one_band(int age, string code) => Assert.That(AgeBands.Code(AgeBands.Of(age)), Is.EqualTo(code));

    [Test]
    public void Codes_are_read_back_and_others_are_not()
    {
        Assert.That(AgeBands.All.Select(band => AgeBands.Parse(AgeBands.Code(band))), Is.EqualTo(AgeBands.All));
        Assert.That(AgeBands.Parse("8-11"), Is.Null);
        Assert.That(AgeBands.Parse(null), Is.Null);
    }

    [Test]
    public void A_birthday_on_the_reference_date_counts() =>
        Assert.That(AgeBands.BornUntil(AgeBand.From11To13, new DateOnly(2026, 9, 1)), Is.EqualTo(new DateOnly(2015, 9, 1)));
}
