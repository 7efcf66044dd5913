using System.Security.Cryptography;
using System.Text;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>One of the keys that sign statements.</summary>
/// <param name="number">Its number, by which a statement names it.</param>
/// <param name="key">The key pair on P-256.</param>
internal sealed class StatementKey(int number, ECDsa key)
{
    private readonly Lock signing = new();

    /// <summary>Its number, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>The public part, to be published.</summary>
    public ECPoint Public { get; } = key.ExportParameters(includePrivateParameters: false).Q;

    /// <summary>The statement of a certificate with its signature.</summary>
    public byte[] Sign(Certificate certificate)
    {
        var statement = CertificateStatement.Of(certificate, Number).ToBytes();
        var signed = CertificateStatement.SignedBytes(certificate.VerificationCode, statement);
        return [.. statement, .. Sign(signed)];
    }

    /// <summary>The signature of a JSON Web Token (ES256). It cannot be taken for that of a statement, whose signed bytes begin otherwise.</summary>
    /// <param name="signed">Header and payload as they are sent.</param>
    public byte[] SignToken(string signed) => Sign(Encoding.ASCII.GetBytes(signed));

    private byte[] Sign(byte[] bytes)
    {
        lock (signing) return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
