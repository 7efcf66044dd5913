using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Training.App.Platform.Configuration;

namespace Training.App.Modules.Certificates.Sealing;

/// <summary>Opens the file with the organisation's key.</summary>
internal static class SealFile
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string File = "Certificates__SealFile", PasswordFile = "Certificates__SealPasswordFile";

    /// <summary>The seal of the configuration; null when none is configured.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; the message says why.</exception>
    public static OrganisationSeal? Open(AppOptions options, DateTimeOffset now)
    {
        if (options.SealFile is not { } path) return null;
        var certificates = Load(path, Password(options));
        var keys = certificates.Where(one => one.HasPrivateKey).OrderByDescending(one => one.NotBefore).ToArray();
        if (keys.Length == 0) throw new ConfigurationException(File, "holds no private key.");
        if (Array.Find(keys, IsP256) is null) throw new ConfigurationException(File, "must hold an ECDSA key on the curve P-256.");
        var valid = Array.Find(keys, one => IsP256(one) && new DateTimeOffset(one.NotBefore) <= now && now <= new DateTimeOffset(one.NotAfter))
            ?? throw new ConfigurationException(File, $"holds no certificate that is valid today; the newest ends on {keys[0].NotAfter:yyyy-MM-dd}.");
        return new OrganisationSeal(valid, [.. certificates.Where(one => !one.HasPrivateKey && one.Subject != one.Issuer)]);
    }

    private static X509Certificate2Collection Load(string path, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(System.IO.File.ReadAllBytes(path), password, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(File, "names a file that cannot be read.");
        }
        catch (CryptographicException)
        {
            throw new ConfigurationException(File, "is not a PKCS#12 file, or Certificates__SealPassword does not open it.");
        }
    }

    private static string? Password(AppOptions options)
    {
        if (options.SealPasswordFile is not { } path) return options.SealPassword;
        try
        {
            return System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(PasswordFile, "names a file that cannot be read.");
        }
    }

    private static bool IsP256(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey();
        return key is not null && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;
    }
}
