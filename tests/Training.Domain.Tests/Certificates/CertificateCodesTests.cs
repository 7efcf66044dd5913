using Training.Domain.Certificates;

namespace Training.Domain.Tests.Certificates;

[TestFixture]
public class CertificateCodesTests
{
    [Test]
    public void Reads_every_code_it_makes_and_makes_none_twice()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => CertificateCodes.NewVerificationCode()).ToArray();

        Assert.That(codes, Is.Unique);
        Assert.That(codes.Select(CertificateCodes.ReadVerificationCode), Is.EqualTo(codes));
        Assert.That(codes, Has.All.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$"));
    }

    [TestCase("01234567890123456789abcdef", "01234567890123456789ABCDEF")]
    [TestCase("0l234-567890-I23456789-abcdef ", "01234567890123456789ABCDEF")]
    [TestCase("o1234567890123456789ABCDEF", "01234567890123456789ABCDEF")]
    [TestCase("٠١٢٣٤٥٦٧٨٩0123456789ABCDEF", "01234567890123456789ABCDEF")]
    public void Reads_a_code_as_people_type_it(string typed, string code) =>
        Assert.That(CertificateCodes.ReadVerificationCode(typed), Is.EqualTo(code));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0123456789")]
    [TestCase("01234567890123456789ABCDEFG")]
    [TestCase("U1234567890123456789ABCDEF")]
    [TestCase("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void Anything_else_is_no_code(string? typed) => Assert.That(CertificateCodes.ReadVerificationCode(typed), Is.Null);

    [Test]
    public void A_number_has_the_year_and_seven_digits() =>
        Assert.That(CertificateCodes.Number(new DateOnly(2026, 11, 23), 123), Is.EqualTo("2026-0000123"));
}
