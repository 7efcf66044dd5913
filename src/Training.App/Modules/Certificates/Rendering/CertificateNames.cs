using Training.Domain.Common;
using Training.Pdf.Text;
using Training.Pdf.Writing;
using static Training.App.Modules.Certificates.Rendering.CertificatePage;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>Whom a certificate is for: the names, as large as their length lets them stand, and the day of birth.</summary>
internal static class CertificateNames
{
    private const string ArabicLanguage = CertificateRenderer.ArabicLanguage;

    // Heights of a line of names in ems; Arabic letters reach further up and down.
    private const double ArabicLine = 1.35, LatinLine = 1.1;

    /// <summary>Draws them between « Nous attestons que » and the date of birth, in the scripts that are known.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static void Draw(PdfCanvas canvas, CertificateContent content)
    {
        var arabic = SafeText.Clean(content.ArabicName);
        var latin = SafeText.Clean(content.LatinName);
        if (arabic.Length == 0 && latin.Length == 0)
            throw new ArgumentException("A certificate needs a name in Arabic or in Latin letters.", nameof(content));
        if (arabic.Length > 0)
        {
            canvas.BeginTag(StructureRole.P, 20, ArabicLanguage);
            // The mark above الله would reach into the line above, and the dots below the last of several lines into the Latin name.
            if (latin.Length > 0)
                Name(canvas, arabic, ArabicBold, 336, 379, 31, 20, ArabicLine, alone: -1.5, several: 3);
            else
                Name(canvas, arabic, ArabicBold, 308, 378, 38, 24, ArabicLine);
            canvas.End();
        }

        if (latin.Length > 0)
        {
            canvas.BeginTag(StructureRole.P, 21);
            if (arabic.Length > 0)
                Name(canvas, latin, FrenchBold, 307, 335, 25, 16, LatinLine, alone: -1);
            else
                Name(canvas, latin, FrenchBold, 308, 378, 34, 22, LatinLine);
            canvas.End();
        }

        canvas.BeginTag(StructureRole.P, 22);
        canvas.TextToRight(
            TextShaper.ShapeLine(CertificateTexts.BornFrench(content.Gender, content.BirthDate), French), Centre - 16, 290, 12.5, Ink);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 23, ArabicLanguage);
        canvas.Text(
            TextShaper.ShapeLine(CertificateTexts.BornArabic(content.Gender, content.BirthDate), Arabic), Centre + 16, 290, 13.5, Ink);
        canvas.End();
    }

    // A long name in several lines keeps to the room of a short one, and takes as many lines as let it stand largest.
    private static void Name(
        PdfCanvas canvas, string name, TextStyle style, double bottom, double top, double largest, double smallest, double lineHeight,
        double alone = 0, double several = 0)
    {
        // The few who write one part of the name in Arabic letters between the Latin ones.
        if (PersonText.ContainsArabic(name)) lineHeight = ArabicLine;
        FittedText fitted = default;
        for (var lines = 1; lines <= 3 && fitted.Size < smallest; lines++)
        {
            var room = Math.Min(largest, (top - bottom) / lines / lineHeight);
            var tried = ParagraphLayout.Fit(name, style, Right - Left - 20, room, room, lines);
            if (tried.Size > fitted.Size) fitted = tried;
        }
        var size = fitted.Size;
        var leading = size * lineHeight;
        var y = (top + bottom) / 2 + (fitted.Lines.Count - 1) * leading / 2 - size * 0.3 + (fitted.Lines.Count == 1 ? alone : several);
        foreach (var line in fitted.Lines)
        {
            canvas.TextCentred(line, Centre, y, size, Ink);
            y -= leading;
        }
    }
}
