using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>Keys made for the tests.</summary>
internal static class SealKeys
{
    internal static X509Certificate2 Make(string name = "Organisme de test", DateTimeOffset? from = null, DateTimeOffset? until = null, ECCurve? curve = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.DigitalSignature, true));
        return request.CreateSelfSigned(from ?? DateTimeOffset.UtcNow.AddDays(-1), until ?? DateTimeOffset.UtcNow.AddYears(2));
    }

    internal static string File(byte[] content)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Path.GetRandomFileName() + ".p12");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
