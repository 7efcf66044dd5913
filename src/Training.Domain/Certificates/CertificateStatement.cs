using System.Buffers.Binary;
using System.Text;

namespace Training.Domain.Certificates;

/// <summary>
/// What the square code of a certificate says without any network: as little about the child as the public page. It is signed together
/// with the verification code it stands behind, so that it cannot be moved to another certificate.
/// </summary>
/// <remarks>
/// Layout, big-endian: version (1 byte), key (1), kind (1), revision (1), certificate's key (4), days since 2020-01-01 of the day of
/// issue (2), years since 1950 of the birth (1), edition (2), initials (UTF-8, the rest), then 64 bytes of signature (r and s of ECDSA on P-256
/// with SHA-256). <c>js/statement.js</c> reads the same.
/// </remarks>
public sealed record CertificateStatement
{
    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    /// <summary>Most bytes of initials.</summary>
    public const int InitialsMax = 24;

    /// <summary>Most bytes of a statement with its signature.</summary>
    public const int LengthMax = FixedLength + InitialsMax + SignatureLength;

    private const byte Version = 1;
    private const int FixedLength = 13;
    private const string Purpose = "training.certificate.1:";

    private static readonly DateOnly FirstDay = new(2020, 1, 1);
    private const int FirstBirthYear = 1950;

    /// <summary>Which of the installation's keys signs, from 1 to 255.</summary>
    public required int Key { get; init; }

    /// <summary>The kind.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>Which issue of the document, from 1 to 255.</summary>
    public required int Revision { get; init; }

    /// <summary>The certificate's key, from which its number is made.</summary>
    public required int CertificateId { get; init; }

    /// <summary>Date of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Year of birth.</summary>
    public required int BirthYear { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The holder's initials, Latin where known.</summary>
    public required string Initials { get; init; }

    /// <summary>The statement of a certificate.</summary>
    public static CertificateStatement Of(Certificate certificate, int key) => new()
    {
        Key = key,
        Kind = certificate.Kind,
        Revision = certificate.Revision,
        CertificateId = certificate.Id,
        IssuedOn = certificate.IssuedOn,
        BirthYear = certificate.BirthDate.Year,
        EditionId = certificate.EditionId,
        Initials = Registry.DisplayName.Initials(certificate.GivenName, certificate.FamilyName)
            ?? Registry.DisplayName.Initials(certificate.GivenNameAr, certificate.FamilyNameAr) ?? "",
    };

    /// <summary>The bytes without a signature.</summary>
    /// <exception cref="OverflowException">A value does not fit its place.</exception>
    public byte[] ToBytes()
    {
        var bytes = new byte[FixedLength + Encoding.UTF8.GetByteCount(Initials)];
        bytes[0] = Version;
        bytes[1] = checked((byte)Key);
        bytes[2] = (byte)Kind;
        bytes[3] = checked((byte)Revision);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), CertificateId);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), checked((ushort)(IssuedOn.DayNumber - FirstDay.DayNumber)));
        bytes[10] = checked((byte)(BirthYear - FirstBirthYear));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(11), checked((ushort)EditionId));
        Encoding.UTF8.GetBytes(Initials, bytes.AsSpan(FixedLength));
        return bytes;
    }

    /// <summary>The number of the key that signed a statement.</summary>
    /// <param name="statement">As <see cref="ToBytes"/> gives it, with or without the signature.</param>
    public static int KeyOf(ReadOnlySpan<byte> statement) => statement[1];

    /// <summary>What is signed: the purpose, the verification code and the statement.</summary>
    public static byte[] SignedBytes(string verificationCode, ReadOnlySpan<byte> statement) =>
        [.. Encoding.ASCII.GetBytes(Purpose), .. Encoding.ASCII.GetBytes(verificationCode), .. statement];
}
