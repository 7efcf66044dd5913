using System.Collections.Concurrent;
using Training.Pdf.Text;
using Training.Pdf.Writing;
using static Training.App.Modules.Certificates.Rendering.CertificatePage;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>
/// Draws certificates. One instance for the process, used by all threads: what every certificate shares is prepared in the constructor,
/// and each thread keeps its own buffers. Equal contents give equal bytes.
/// </summary>
internal sealed class CertificateRenderer
{
    internal const string ArabicLanguage = "ar-MA";

    private const string FrenchLanguage = "fr-MA", AmazighLanguage = "zgh";

    private const double Leading = 15.9;

    // The last line of a column stands beside the white around the QR code.
    private const double SiteWidth = ColumnWidth - 20;

    [ThreadStatic]
    private static PdfDocument? document;

    // A few editions, each with two kinds and now and then a new look.
    private const int TemplatesMax = 64;

    private readonly ConcurrentDictionary<(CertificateKind Kind, CertificateLook Look), PdfTemplate> _templates = new();
    private readonly CertificateLines _lines = new();

    /// <summary>The finished PDF.</summary>
    /// <exception cref="MissingGlyphException">A text has a letter that no embedded face has.</exception>
    public byte[] Render(CertificateContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Render([content], content.Number);
    }

    /// <summary>Many certificates of one kind as the pages of one PDF, which share their fonts.</summary>
    /// <param name="contents">At least one, all of the same kind.</param>
    /// <param name="name">What the document's title says behind the kind.</param>
    /// <exception cref="MissingGlyphException">A text has a letter that no embedded face has.</exception>
    public byte[] Render(IReadOnlyList<CertificateContent> contents, string name)
    {
        var first = contents[0];
        var sheet = document ??= new PdfDocument();
        sheet.Reset(TemplateOf(first.Kind, first.Look));
        foreach (var content in contents)
        {
            if (content.Kind != first.Kind || content.Look != first.Look)
                throw new ArgumentException("The certificates of one document are of one kind and look.", nameof(contents));
            var canvas = sheet.AddPage();
            Issuers(canvas, content);
            CertificateNames.Draw(canvas, content);
            Amazigh(canvas, content);
            Columns(canvas, content);
            Signatures(canvas, content);
            Verification(canvas, content);
        }
        return sheet.Save(new PdfDocumentInfo(
            $"{CertificateTexts.TitleFrench(first.Kind)} {name}", SafeText.Clean(first.IssuerFrench), SafeText.Clean(first.ProgrammeFrench),
            FrenchLanguage, first.IssueDate));
    }

    private PdfTemplate TemplateOf(CertificateKind kind, CertificateLook look)
    {
        if (_templates.Count > TemplatesMax) _templates.Clear();
        return _templates.GetOrAdd((kind, look), key => Prepare(key.Kind, key.Look));
    }

    private static PdfTemplate Prepare(CertificateKind kind, CertificateLook look) => PdfTemplate.Create(Width, Height, canvas => CertificateBackground.Draw(canvas, look), canvas =>
    {
        if (look.Logo is { } logo)
        {
            // As high as the star it replaces, and no wider than the room between the issuers.
            const double highest = 42, widest = 64;
            var scale = Math.Min(highest / logo.Height, widest / logo.Width);
            var (width, height) = (logo.Width * scale, logo.Height * scale);
            canvas.BeginTag(StructureRole.Figure, 3, null, look.LogoText);
            canvas.Image(logo, Centre - width / 2, EmblemY - height / 2, width, height);
            canvas.End();
        }
        canvas.BeginTag(StructureRole.H1, 10, ArabicLanguage);
        canvas.TextCentred(TextShaper.ShapeLine(CertificateTexts.TitleArabic(kind), ArabicBold), Centre, 456, 35, look.Main);
        canvas.End();
        canvas.BeginTag(StructureRole.H1, 11);
        canvas.TextCentred(TextShaper.ShapeLine(CertificateTexts.TitleFrench(kind), FrenchBold with { Tracking = 20 }), Centre, 422, 20, look.Main);
        canvas.End();
        canvas.BeginArtifact();
        Divider(canvas, look, 407);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 12, ArabicLanguage);
        canvas.Text(TextShaper.ShapeLine("نشهد بأن", Arabic), Centre + 16, 386, 13, Soft);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 13);
        canvas.TextToRight(TextShaper.ShapeLine("Nous attestons que", French), Centre - 16, 386, 12, Soft);
        canvas.End();
    });

    private static void Divider(PdfCanvas canvas, CertificateLook look, double y)
    {
        canvas.SetStroke(look.Accent, 0.5);
        canvas.Line(Centre - 90, y, Centre - 9, y);
        canvas.Line(Centre + 9, y, Centre + 90, y);
        canvas.SetFill(look.Accent);
        CertificateBackground.StarPath(canvas, Centre, y, 3.6);
        canvas.Fill();
    }

    private void Issuers(PdfCanvas canvas, CertificateContent content)
    {
        const double width = (Right - Left) / 2 - 40;
        canvas.BeginTag(StructureRole.P, 1);
        Stack(canvas, _lines.Flow(SafeText.Clean(content.IssuerFrench), FrenchBold, width, 12.5, 11, 3), Left, false, EmblemY - 1, content.Look.Main);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 2, ArabicLanguage);
        Stack(canvas, _lines.Flow(SafeText.Clean(content.IssuerArabic), ArabicBold, width, 14, 12, 3), Right, true, EmblemY - 1, content.Look.Main);
        canvas.End();
    }

    // Around a middle height, so that one line and three lines both balance the emblem.
    private static void Stack(PdfCanvas canvas, FittedText text, double edge, bool arabic, double middle, PdfColor color)
    {
        var leading = text.Size * 1.28;
        var y = middle + (text.Lines.Count - 1) * leading / 2 - text.Size * 0.25;
        foreach (var line in text.Lines)
        {
            Place(canvas, line, edge, arabic, y, text.Size, color);
            y -= leading;
        }
    }

    private static void Place(PdfCanvas canvas, ShapedLine line, double edge, bool arabic, double y, double size, PdfColor color)
    {
        if (arabic)
            canvas.TextToRight(line, edge, y, size, color);
        else
            canvas.Text(line, edge, y, size, color);
    }

    private void Amazigh(PdfCanvas canvas, CertificateContent content)
    {
        if (content.AmazighText is null) return;
        canvas.BeginTag(StructureRole.P, 24, AmazighLanguage);
        var text = _lines.Flow(SafeText.Clean(content.AmazighText), French, Right - Left, 11, 6, 1);
        canvas.TextCentred(text.Lines[0], Centre, 269, text.Size, Ink);
        canvas.End();
    }

    // Both languages share one grid of lines, and each part begins at the same height in both.
    private void Columns(PdfCanvas canvas, CertificateContent content)
    {
        const double bottom = 148, tightest = 14.4;
        var top = content.AmazighText is null ? 265.0 : 247;
        ReadOnlySpan<(FittedText French, FittedText Arabic, PdfColor Color)> parts =
        [
            (_lines.Flow(SafeText.Clean(content.BodyFrench), French, ColumnWidth, 11.5, 9.5, 4),
                _lines.Flow(ArabicText(content.BodyArabic), Arabic, ColumnWidth, 12.5, 10, 4), Ink),
            (_lines.Flow(SafeText.Clean(content.ProgrammeFrench), FrenchBold, ColumnWidth, 12.5, 10, 3),
                _lines.Flow(ArabicText(content.ProgrammeArabic), ArabicBold, ColumnWidth, 13.5, 10.5, 3), content.Look.Main),
            (_lines.Flow($"Durée\u00A0: {CertificateTexts.HoursFrench(content.Hours)}", French, ColumnWidth, 11.5, 9, 1),
                _lines.Flow($"المدة: {CertificateTexts.HoursArabic(content.Hours)}", Arabic, ColumnWidth, 12.5, 9, 1), Ink),
            (_lines.Flow($"Lieu\u00A0: {SafeText.Isolate(SafeText.Clean(content.SiteFrench))}", French, SiteWidth, 11.5, 9, 2),
                _lines.Flow($"المكان: {SafeText.Isolate(SafeText.Clean(content.SiteArabic))}", Arabic, SiteWidth, 12.5, 10, 2), Ink),
        ];
        var rows = 0;
        foreach (var (french, arabic, _) in parts)
            rows += Math.Max(french.Lines.Count, arabic.Lines.Count);
        var leading = Math.Min(Leading, (top - bottom) / (rows - 1));
        var scale = Math.Min(1, leading / tightest);
        var y = top;
        for (var i = 0; i < parts.Length; i++)
        {
            var (french, arabic, color) = parts[i];
            canvas.BeginTag(StructureRole.P, 30 + i);
            Lines(canvas, french with { Size = french.Size * scale }, Left, false, y, leading, color);
            canvas.End();
            canvas.BeginTag(StructureRole.P, 40 + i, ArabicLanguage);
            Lines(canvas, arabic with { Size = arabic.Size * scale }, Right, true, y, leading, color);
            canvas.End();
            y -= Math.Max(french.Lines.Count, arabic.Lines.Count) * leading + (leading == Leading && i < 2 ? 2 : 0);
        }
    }

    // Numbers stand whole: a season 2026-2027 does not become 2027-2026.
    private static string ArabicText(string text) => SafeText.IsolateNumbers(SafeText.Clean(text));

    private static double Lines(PdfCanvas canvas, FittedText text, double edge, bool arabic, double y, double leading, PdfColor color)
    {
        foreach (var line in text.Lines)
        {
            Place(canvas, line, edge, arabic, y, text.Size, color);
            y -= leading;
        }

        return y;
    }

    private void Signatures(PdfCanvas canvas, CertificateContent content)
    {
        Signature(canvas, 60, null, Left, false, French, FrenchBold, 11.5,
            CertificateTexts.IssuedFrench(SafeText.Clean(content.CityFrench), content.IssueDate),
            SafeText.Clean(content.SignatoryTitleFrench), SafeText.Clean(content.SignatoryFrench));
        Signature(canvas, 61, ArabicLanguage, Right, true, Arabic, ArabicBold, 12.5,
            CertificateTexts.IssuedArabic(SafeText.Clean(content.CityArabic), content.IssueDate, content.HijriDate),
            SafeText.Clean(content.SignatoryTitleArabic), SafeText.Clean(content.SignatoryArabic));
    }

    private void Signature(
        PdfCanvas canvas, int order, string? language, double edge, bool arabic, TextStyle regular, TextStyle bold, double size,
        string issued, string title, string name)
    {
        const double width = ColumnWidth - 40;
        canvas.BeginTag(StructureRole.P, order, language);
        var y = Lines(canvas, _lines.Flow(issued, regular, width, size, 9, 1), edge, arabic, 131, Leading, Ink);
        y = Lines(canvas, _lines.Flow(title, regular, width, size, 9, 2), edge, arabic, y, Leading, Soft);
        Lines(canvas, _lines.Flow(name, bold, width, size + 1.5, 9, 1), edge, arabic, y - 1, Leading, Ink);
        canvas.End();
    }

    // Three quarters of a statement are its signature.
    private static QrSymbol Symbol(CertificateContent content) =>
        content.SignedAddress is { } signed ? QrSymbol.Create(signed, mask: 0) : QrSymbol.Create(content.VerificationAddress);

    private static void Verification(PdfCanvas canvas, CertificateContent content)
    {
        // Fifty-three modules with the statement: at this size each is 0.44 mm wide, which any phone reads from paper. The number below leaves it its quiet zone.
        const double side = 66, bottom = 100;
        var number = SafeText.Clean(content.Number);
        canvas.BeginTag(StructureRole.Figure, 70, null, "Code QR de vérification du certificat " + number);
        canvas.SetFill(Ink);
        canvas.QrCode(Symbol(content), Centre - side / 2, bottom, side);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 71);
        var line = $"Certificat n°\u00A0{SafeText.Code(number)}\u00A0\u00A0{SafeText.Isolate("رقم الشهادة")}";
        canvas.TextCentred(TextShaper.ShapeLine(line, French), Centre, 86, 10, Ink);
        canvas.End();
        canvas.BeginTag(StructureRole.P, 72);
        var address = ParagraphLayout.Fit(
            $"Vérification\u00A0· {SafeText.Isolate("للتحقق")}\u00A0: {SafeText.Code(content.VerificationAddress)}", Small, Right - Left, 7, 5, 1);
        canvas.TextCentred(address.Lines[0], Centre, 75.5, address.Size, Soft);
        canvas.End();
        if (content.CndpNumber is null)
            return;
        canvas.BeginTag(StructureRole.P, 73);
        canvas.TextCentred(TextShaper.ShapeLine("CNDP " + SafeText.Clean(content.CndpNumber), Small), Centre, 66.5, 6.5, Soft);
        canvas.End();
    }
}
