using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Training.App.Modules.Certificates.Sealing;
using Training.App.Platform.Configuration;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>A key that cannot be used stops the start with one sentence.</summary>
internal sealed class SealFileTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Test]
    public void Without_a_file_there_is_no_seal() => Assert.That(Open(null), Is.Null);

    [Test]
    public void The_password_may_stand_in_the_variable_or_in_a_file()
    {
        using var certificate = SealKeys.Make();
        var file = SealKeys.File(certificate.Export(X509ContentType.Pfx, "s3cret"));
        var password = SealKeys.File("s3cret\n"u8.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(Open(file, "s3cret")!.Name, Is.EqualTo("Organisme de test"));
            Assert.That(Open(file, null, password)!.Name, Is.EqualTo("Organisme de test"));
        });
    }

    [Test]
    public void Of_several_keys_the_newest_valid_one_is_used()
    {
        using X509Certificate2 ended = SealKeys.Make("Ended", Now.AddYears(-3), Now.AddDays(-1)), old = SealKeys.Make("Old", Now.AddYears(-1)),
            current = SealKeys.Make("Current", Now.AddDays(-5)), future = SealKeys.Make("Future", Now.AddDays(5));
        var all = new X509Certificate2Collection { old, future, ended, current };
        Assert.That(Open(SealKeys.File(all.Export(X509ContentType.Pfx, "x")!), "x")!.Name, Is.EqualTo("Current"));
    }

    [Test]
    public void Each_fault_is_one_sentence_that_names_the_variable_and_no_secret()
    {
        using X509Certificate2 good = SealKeys.Make(), ended = SealKeys.Make(from: Now.AddYears(-3), until: Now.AddDays(-1)),
            other = SealKeys.Make(curve: ECCurve.NamedCurves.nistP384);
        using var bare = X509CertificateLoader.LoadCertificate(good.RawData);
        Assert.Multiple(() =>
        {
            Refuses("/nowhere/key.p12", "cannot be read");
            Refuses(SealKeys.File("not a key"u8.ToArray()), "is not a PKCS#12 file");
            Refuses(SealKeys.File(good.Export(X509ContentType.Pfx, "right")), "does not open it", "wrong-password");
            Refuses(SealKeys.File(bare.Export(X509ContentType.Pfx)), "no private key");
            Refuses(SealKeys.File(other.Export(X509ContentType.Pfx, "x")), "P-256", "x");
            Refuses(SealKeys.File(ended.Export(X509ContentType.Pfx, "x")), "valid today", "x");
        });
    }

    private static void Refuses(string file, string because, string? password = null)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Open(file, password));
        Assert.That(fault!.Message, Does.StartWith("Certificates__SealFile ").And.Contain(because).And.EndsWith(".").And.Not.Contain("wrong-password"));
    }

    private static OrganisationSeal? Open(string? file, string? password = null, string? passwordFile = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Certificates:SealFile"] = file, ["Certificates:SealPassword"] = password, ["Certificates:SealPasswordFile"] = passwordFile,
        };
        return SealFile.Open(AppOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Environment()), Now);
    }

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";
        public string ApplicationName { get; set; } = "Training";
        public string ContentRootPath { get; set; } = Path.GetTempPath();
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
