using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Training.Pdf.Sealing;

namespace Training.App.Modules.Certificates.Sealing;

/// <summary>
/// The organisation's electronic seal (law 43-20): an ECDSA P-256 key with its certificate. Documents are stored sealed, so they stay
/// valid when the key is replaced; what identifies a document is the hash of its unsealed bytes, since a signature never comes out
/// twice the same.
/// </summary>
internal sealed class OrganisationSeal : IDisposable
{
    // ECDSA signatures differ by a few bytes in length.
    private const int LengthVaries = 16;

    private static readonly Oid Sha256 = new("2.16.840.1.101.3.4.2.1");
    private static readonly Oid SigningCertificateV2 = new("1.2.840.113549.1.9.16.2.47");

    private readonly X509Certificate2 certificate;
    private readonly X509Certificate2Collection chain;
    private readonly int room;

    /// <summary>Uses a key.</summary>
    /// <param name="certificate">The certificate, with its P-256 private key.</param>
    /// <param name="chain">Certificates of its issuers to enclose; may be empty.</param>
    public OrganisationSeal(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        this.certificate = certificate;
        this.chain = chain;
        Name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        Fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        room = Sign([0]).Length + LengthVaries;
    }

    /// <summary>Who seals, as the certificate says.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the certificate in hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>From when the certificate is valid.</summary>
    public DateTimeOffset ValidFrom => new(certificate.NotBefore);

    /// <summary>Until when the certificate is valid.</summary>
    public DateTimeOffset ValidUntil => new(certificate.NotAfter);

    /// <summary>Whether the certificate is valid at an instant.</summary>
    public bool IsValidAt(DateTimeOffset instant) => instant >= ValidFrom && instant <= ValidUntil;

    /// <summary>The document with the seal after it.</summary>
    /// <exception cref="InvalidOperationException">The certificate is not valid now: nothing is sealed with it.</exception>
    public byte[] Apply(byte[] pdf, DateTimeOffset now) => IsValidAt(now)
        ? PdfSeal.Apply(pdf, new SealInfo(Name, "Attestation", now), room, Sign)
        : throw new InvalidOperationException("The certificate of the seal is not valid now; put a new one into Certificates__SealFile.");

    public void Dispose() => certificate.Dispose();

    private byte[] Sign(byte[] content)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = Sha256,
            // Never the platform's search for issuers, which may ask the network.
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.Certificates.AddRange(chain);
        // The day stands in the file; PAdES forbids a signing-time attribute beside it.
        signer.SignedAttributes.Add(new AsnEncodedData(SigningCertificateV2, CertificateReference()));
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    // SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }; SHA-256 is the default and must then not be named.
    private byte[] CertificateReference()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return writer.Encode();
    }
}
