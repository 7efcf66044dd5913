using System.Diagnostics;
using SkiaSharp;

namespace Training.Paper.Tests.Corpus;

/// <summary>The printer: draws a document's pages, by another program than ours.</summary>
internal static class Poppler
{
    private const int DotsPerInch = 200;

    /// <summary>The pages in pixels.</summary>
    public static IReadOnlyList<SKBitmap> Draw(byte[] pdf)
    {
        var folder = Directory.CreateTempSubdirectory("sheet");
        try
        {
            var file = Path.Combine(folder.FullName, "sheet.pdf");
            File.WriteAllBytes(file, pdf);
            using var poppler = Process.Start("pdftoppm", ["-r", $"{DotsPerInch}", "-png", file, Path.Combine(folder.FullName, "page")]);
            poppler.WaitForExit();
            if (poppler.ExitCode != 0) throw new InvalidOperationException("pdftoppm failed; apt-get install poppler-utils");
            return [.. folder.GetFiles("page*.png").OrderBy(page => page.Name, StringComparer.Ordinal).Select(page => SKBitmap.Decode(page.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
