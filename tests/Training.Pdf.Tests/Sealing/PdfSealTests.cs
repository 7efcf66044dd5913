using System.Text;
using System.Text.RegularExpressions;
using Training.Pdf.Layout;
using Training.Pdf.Sealing;
using Training.Pdf.Tests.Layout;

namespace Training.Pdf.Tests.Sealing;

/// <summary>The shape of the update; that a signature in it is valid is shown where the keys are.</summary>
internal sealed class PdfSealTests
{
    private static readonly SealInfo Info = new("Organisation (1) منظمة", "Attestation", new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1)));

    private static readonly Dictionary<string, Func<byte[]>> Kinds = new()
    {
        ["one page"] = () => Samples.Report(PageSetup.French).Save(),
        ["several pages"] = () => Samples.DaySheet(60).Save(),
        ["more than one object stream"] = () => Samples.DaySheet(400).Save(),
    };

    private static IEnumerable<string> Names => Kinds.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_sealed_file_begins_with_the_unsealed_one_and_is_clean(string kind)
    {
        var pdf = Kinds[kind]();
        var signed = PdfSeal.Apply(pdf, Info, 600, _ => [1, 2, 3]);
        Assert.Multiple(() =>
        {
            Assert.That(signed.AsSpan().StartsWith(pdf));
            Assert.That(PdfSeal.Unsealed(signed).SequenceEqual(pdf));
            Assert.That(PdfSeal.Unsealed(pdf).SequenceEqual(pdf));
            Assert.That(PdfTools.CheckSyntax(signed), Does.Contain("No syntax or stream encoding errors"));
            Assert.That(PdfTools.ExtractText(signed), Is.EqualTo(PdfTools.ExtractText(pdf)));
            Assert.That(PdfTools.Describe(signed), Does.Contain("Tagged:          yes"));
            Assert.That(signed, Has.Length.LessThan(pdf.Length + 600 * 2 + 3000));
        });
    }

    [Test]
    public void The_signature_covers_every_byte_but_its_own()
    {
        byte[]? covered = null;
        var signed = PdfSeal.Apply(Kinds["one page"](), Info, 100, bytes =>
        {
            covered = bytes;
            return [0xAB];
        });
        var range = Regex.Match(Encoding.Latin1.GetString(signed), @"/ByteRange\[0 (\d+) (\d+) (\d+)\]").Groups.Values.Skip(1).Select(group => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(range[1] + range[2], Is.EqualTo(signed.Length));
            Assert.That(covered, Is.EqualTo(signed[..range[0]].Concat(signed[range[1]..])));
            Assert.That(Encoding.Latin1.GetString(signed, range[0], range[1] - range[0]), Is.EqualTo("<AB" + new string('0', 198) + ">"));
        });
    }

    [Test]
    public void Links_of_the_first_page_stay_beside_the_seal()
    {
        var document = new FlowDocument(PageSetup.French, "t", "a", Samples.Day);
        document.Link("x", new Uri("https://training.example.ma/"));
        var signed = PdfSeal.Apply(document.Save(), Info, 100, _ => [1]);
        using var read = UglyToad.PdfPig.PdfDocument.Open(signed);
        Assert.That(read.GetPage(1).GetAnnotations().Select(annotation => $"{annotation.Type}"), Is.EquivalentTo(new[] { "Link", "Widget" }));
    }

    [Test]
    public void A_sealed_a_foreign_and_a_broken_file_are_refused_and_so_is_a_signature_too_long()
    {
        var pdf = Kinds["one page"]();
        var signed = PdfSeal.Apply(pdf, Info, 100, _ => [1]);
        Assert.Multiple(() =>
        {
            Assert.That(() => PdfSeal.Apply(signed, Info, 100, _ => [1]), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => PdfSeal.Apply([], Info, 100, _ => [1]), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => PdfSeal.Apply("%PDF-1.4\nstartxref\n9\n%%EOF\n"u8.ToArray(), Info, 100, _ => [1]), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => PdfSeal.Apply(pdf[..^20], Info, 100, _ => [1]), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => PdfSeal.Apply(pdf, Info, 2, _ => new byte[3]), Throws.InvalidOperationException);
        });
    }
}
