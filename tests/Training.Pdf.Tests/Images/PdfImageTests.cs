using System.Diagnostics;
using Training.Pdf.Images;
using Training.Pdf.Layout;
using Training.Pdf.Tests.Layout;

namespace Training.Pdf.Tests.Images;

internal sealed class PdfImageTests
{
    [TestCase(0, 1), TestCase(0, 2), TestCase(0, 4), TestCase(0, 8), TestCase(0, 16), TestCase(2, 8), TestCase(2, 16)]
    [TestCase(3, 1), TestCase(3, 2), TestCase(3, 4), TestCase(3, 8), TestCase(4, 8), TestCase(4, 16), TestCase(6, 8), TestCase(6, 16)]
    public void Every_kind_of_png_shows_the_colours_it_was_made_of(int kind, int depth)
    {
        foreach (var interlaced in new[] { false, true })
        {
            var made = PngMaker.Make(kind, depth, interlaced, 19, 13);
            var image = PdfImage.Read(made.File);
            Assert.That((image.Width, image.Height), Is.EqualTo((19, 13)));
            Assert.That(Inflate(image.Data), Is.EqualTo(made.Colors), $"colours, interlaced {interlaced}");
            Assert.That(image.Opacity is null ? null : Inflate(image.Opacity), Is.EqualTo(made.Opacity), $"opacity, interlaced {interlaced}");
        }
    }

    [Test]
    public void The_same_image_twice_is_written_once_and_is_clean()
    {
        var image = PdfImage.Read(PngMaker.Make(6, 8, false, 60, 40).File);
        var document = new FlowDocument(PageSetup.Arabic, "t", "a", Samples.Day);
        document.Image(image, 120, "شعار");
        document.Image(image, 60, "شعار صغير", TextAlign.End);
        var pdf = document.Save();
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax"));
            Assert.That(PdfTools.DrawWithGhostscript(pdf), Is.Empty);
            Assert.That(read.GetPage(1).GetImages().Count(), Is.EqualTo(2));
            // Colours and their mask.
            Assert.That(Occurrences(pdf, "/Subtype/Image"), Is.EqualTo(2));
        });
    }

    [Test]
    public void A_jpeg_is_passed_on_without_what_it_says_of_place_and_camera()
    {
        var jpeg = Jpeg();
        var withPlace = (byte[])[.. jpeg[..2], 0xFF, 0xE1, 0, 14, .. "Exif\0\0GPS=33"u8, .. jpeg[2..], .. "the larger picture"u8];
        var document = new FlowDocument(PageSetup.French, "t", "a", Samples.Day);
        document.Image(PdfImage.Read(withPlace), 100, "Logo");
        var pdf = document.Save();
        Assert.Multiple(() =>
        {
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax"));
            Assert.That(PdfTools.DrawWithGhostscript(pdf), Is.Empty);
            Assert.That(Occurrences(pdf, "DCTDecode"), Is.EqualTo(1));
            Assert.That(Occurrences(pdf, "GPS=33") + Occurrences(pdf, "the larger picture"), Is.Zero);
        });
    }

    [Test]
    public void Damaged_huge_and_foreign_files_are_refused()
    {
        var png = PngMaker.Make(2, 8, false, 20, 20).File;
        var random = new Random(5);
        Assert.Multiple(() =>
        {
            Assert.That(() => PdfImage.Read("GIF89a"u8), Throws.TypeOf<InvalidImageException>());
            Assert.That(() => PdfImage.Read([]), Throws.TypeOf<InvalidImageException>());
            Assert.That(() => PdfImage.Read(PngMaker.Header(30_000, 30_000)), Throws.TypeOf<InvalidImageException>());
            Assert.That(() => PdfImage.Read(PngMaker.Header(0, 5)), Throws.TypeOf<InvalidImageException>());
            foreach (var file in new[] { png, Jpeg() })
            {
                for (var i = 0; i < 2000; i++)
                {
                    var broken = (byte[])file.Clone();
                    for (var j = random.Next(1, 4); j > 0; j--)
                        broken[random.Next(broken.Length)] = (byte)random.Next(256);
                    ReadOrRefuse(broken.AsSpan(0, random.Next(2) == 0 ? broken.Length : random.Next(broken.Length)));
                }
            }
        });
    }

    private static void ReadOrRefuse(ReadOnlySpan<byte> file)
    {
        try
        {
            PdfImage.Read(file);
        }
        catch (InvalidImageException)
        {
            // The one answer that is asked for.
        }
    }

    private static int Occurrences(byte[] pdf, string text) => System.Text.Encoding.Latin1.GetString(pdf).Split(text).Length - 1;

    private static byte[] Inflate(byte[] data)
    {
        using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(data), System.IO.Compression.CompressionMode.Decompress);
        using var all = new MemoryStream();
        zlib.CopyTo(all);
        return all.ToArray();
    }

    // Ghostscript draws a page with a square on it.
    private static byte[] Jpeg()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jpg");
        using var process = Process.Start(new ProcessStartInfo("gs",
            ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=jpeg", "-g64x48", $"-sOutputFile={file}", "-c", "1 0 0 setrgbcolor 8 8 30 30 rectfill showpage"]))!;
        process.WaitForExit();
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }
}
