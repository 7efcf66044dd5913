using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Training.Pdf.Tests;

/// <summary>Independent programs that read what we write. A missing one fails the test and says what to install.</summary>
internal static class PdfTools
{
    /// <summary>Text as poppler finds it, without the direction marks it adds.</summary>
    internal static string ExtractText(byte[] pdf, params string[] options)
    {
        var text = Run("pdftotext", pdf, file => [.. options, "-enc", "UTF-8", file, "-"]);
        return string.Concat(text.Where(c => c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F')));
    }

    internal static string CheckSyntax(byte[] pdf) => Run("qpdf", pdf, file => ["--check", file]);

    internal static string ListFonts(byte[] pdf) => Run("pdffonts", pdf, file => [file]);

    internal static string Describe(byte[] pdf, params string[] options) => Run("pdfinfo", pdf, file => [.. options, file]);

    private static string Run(string program, byte[] pdf, Func<string, string[]> arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(file, pdf);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments(file))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, $"{program}: {errors.GetAwaiter().GetResult()} {output}");
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{program} is missing: apt-get install poppler-utils qpdf");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
