using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Training.App.Modules.Certificates.Sealing;
using Training.Pdf.Bidi;
using Training.Pdf.Sealing;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>What independent verifiers say of a sealed document.</summary>
internal sealed class OrganisationSealTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Test]
    public void Pdfsig_finds_the_seal_valid_over_the_whole_document()
    {
        using var seal = new OrganisationSeal(SealKeys.Make(), []);
        var pdf = Document();
        var signed = seal.Apply(pdf, Now);
        var report = Pdfsig(signed);
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Contain("Signature is Valid").And.Contain("Total document signed").And.Contain("ETSI.CAdES.detached"));
            Assert.That(report, Does.Contain("Organisme de test").And.Contain("SHA-256"));
            Assert.That(signed.Length - pdf.Length, Is.LessThanOrEqualTo(5 * 1024));
        });
    }

    [Test]
    public void One_changed_byte_anywhere_is_detected()
    {
        using var seal = new OrganisationSeal(SealKeys.Make(), []);
        var signed = seal.Apply(Document(), Now);
        var random = new Random(7);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < 12; i++)
            {
                var changed = (byte[])signed.Clone();
                changed[random.Next(20, Document().Length - 200)] ^= 1;
                Assert.That(Pdfsig(changed), Does.Not.Contain("Signature is Valid"));
            }
        });
    }

    [Test]
    public void The_signature_names_its_certificate_and_no_time_of_signing()
    {
        using var certificate = SealKeys.Make();
        using var seal = new OrganisationSeal(certificate, []);
        var cms = Signature(seal.Apply(Document(), Now));
        var attributes = cms.SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>().ToDictionary(one => one.Oid.Value!, one => one.Values[0].RawData);
        Assert.Multiple(() =>
        {
            Assert.That(attributes.Keys, Is.EquivalentTo(new[] { "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47" }));
            Assert.That(attributes["1.2.840.113549.1.9.16.2.47"][^32..], Is.EqualTo(certificate.GetCertHash(HashAlgorithmName.SHA256)));
            Assert.That(() => cms.CheckSignature(verifySignatureOnly: true), Throws.Nothing);
        });
    }

    [Test]
    public void A_document_keeps_its_identity_whatever_key_seals_it_and_old_seals_stay_valid()
    {
        using var old = new OrganisationSeal(SealKeys.Make("Ancienne clé", Now.AddYears(-2), Now.AddDays(1)), []);
        using var next = new OrganisationSeal(SealKeys.Make("Nouvelle clé"), []);
        byte[] first = old.Apply(Document(), Now), again = old.Apply(Document(), Now), second = next.Apply(Document(), Now);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.Not.EqualTo(first), "ECDSA is randomised");
            Assert.That(PdfSeal.Unsealed(first).SequenceEqual(PdfSeal.Unsealed(second)));
            Assert.That(Pdfsig(first), Does.Contain("Signature is Valid").And.Contain("Ancienne"));
            Assert.That(Pdfsig(second), Does.Contain("Signature is Valid").And.Contain("Nouvelle"));
        });
    }

    [Test]
    public void Nothing_is_sealed_with_a_certificate_that_has_ended()
    {
        using var seal = new OrganisationSeal(SealKeys.Make(until: Now.AddDays(3)), []);
        Assert.That(() => seal.Apply(Document(), Now.AddDays(4)), Throws.InvalidOperationException.With.Message.Contains("Certificates__SealFile"));
    }

    [Test]
    public void Many_threads_seal_with_one_key()
    {
        using var seal = new OrganisationSeal(SealKeys.Make(), []);
        var pdf = Document();
        Parallel.For(0, 64, _ => Signature(seal.Apply(pdf, Now)).CheckSignature(verifySignatureOnly: true));
    }

    private static SignedCms Signature(byte[] signed)
    {
        var text = System.Text.Encoding.Latin1.GetString(signed);
        var range = System.Text.RegularExpressions.Regex.Match(text, @"/ByteRange\[0 (\d+) (\d+) (\d+)\]").Groups.Values.Skip(1).Select(group => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var cms = new SignedCms(new ContentInfo([.. signed[..range[0]], .. signed[range[1]..]]), detached: true);
        cms.Decode(Convert.FromHexString(text[(range[0] + 1)..(range[1] - 1)]));
        return cms;
    }

    private static byte[] Document()
    {
        var document = new PdfDocument();
        var page = document.AddPage(400, 300);
        page.BeginTag(StructureRole.P, 0);
        page.Text(TextShaper.ShapeLine("Salma سلمى", new TextStyle(FontFamily.Book, false, TextDirection.Auto)), 20, 200, 16, default);
        page.End();
        return document.Save(new PdfDocumentInfo("t", "a", "s", "fr-MA", new DateOnly(2026, 11, 23)));
    }

    // Trust is not asked for: the certificate of the test has no issuer anybody knows.
    internal static string Pdfsig(byte[] pdf)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(file, pdf);
        using var process = Process.Start(new ProcessStartInfo("pdfsig", ["-nocert", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var report = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Delete(file);
        return report;
    }
}
