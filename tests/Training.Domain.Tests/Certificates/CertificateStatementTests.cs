using Training.Domain.Certificates;

namespace Training.Domain.Tests.Certificates;

internal sealed class CertificateStatementTests
{
    private static readonly CertificateStatement Statement = new()
    {
        Key = 2, Kind = CertificateKind.Completion, Revision = 3, CertificateId = 123_456, IssuedOn = new DateOnly(2026, 11, 23), BirthYear = 2014,
        EditionId = 258, Initials = "ي. ع.",
    };

    [Test]
    public void Is_laid_out_as_the_page_that_checks_it_reads_it() => Assert.That(
        Convert.ToHexStringLower(Statement.ToBytes()), Is.EqualTo("01020203" + "0001e240" + "09d6" + "40" + "0102" + "d98a2e20d8b92e"));

    [Test]
    public void What_is_signed_is_bound_to_the_code_and_the_purpose()
    {
        var bytes = Statement.ToBytes();
        var signed = CertificateStatement.SignedBytes("7K3QW9ZD4MTRX2HBVN6C5PJ8AE", bytes);
        Assert.That(System.Text.Encoding.ASCII.GetString(signed[..^bytes.Length]), Is.EqualTo("training.certificate.1:7K3QW9ZD4MTRX2HBVN6C5PJ8AE"));
        Assert.That(signed[^bytes.Length..], Is.EqualTo(bytes));
    }

    [Test]
    public void A_value_without_room_is_refused_aloud() =>
        Assert.That(() => (Statement with { Revision = 256 }).ToBytes(), Throws.TypeOf<OverflowException>());
}
