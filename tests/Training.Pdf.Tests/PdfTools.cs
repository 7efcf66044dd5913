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

    /// <summary>Text as MuPDF finds it.</summary>
    internal static string ExtractWithMuPdf(byte[] pdf) => Run("mutool", pdf, file => ["draw", "-q", "-F", "txt", file]);

    /// <summary>What Ghostscript complains of while it draws every page; empty when it is content.</summary>
    internal static string DrawWithGhostscript(byte[] pdf) =>
        Run("gs", pdf, file => ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", file]).Trim();

    /// <summary>Text as pdf.js finds it, line by line. Without Node or its packages the test is skipped and says so.</summary>
    internal static string[] ExtractWithPdfJs(byte[] pdf)
    {
        var folder = Path.Combine(Root, "tests", "Training.Pdf.Tests", "pdfjs");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "pdfjs-dist")) || !IsInstalled("node"))
            Assert.Ignore($"pdf.js is not installed: npm ci --omit=optional in {folder}");
        return Run("node", pdf, file => [Path.Combine(folder, "extract.mjs"), file]).Split('\n').Select(line => line.Trim()).ToArray();
    }

    internal static string Root { get; } = FindRoot();

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Training.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Training.sln was not found above the tests.");
    }

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
            Assert.Fail($"{program} is missing: apt-get install poppler-utils qpdf mupdf-tools ghostscript");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
