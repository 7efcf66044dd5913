using Training.Pdf.Bidi;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>Measures, colours and styles of the sheet: A4 landscape, in points from the bottom left.</summary>
internal static class CertificatePage
{
    internal const double Width = 841.89, Height = 595.28, Centre = Width / 2;

    /// <summary>Text keeps inside these; French stands on the left, Arabic on the right, with the gutter between.</summary>
    internal const double Left = 84, Right = Width - 84, Gutter = 48;

    internal const double ColumnWidth = (Right - Left - Gutter) / 2;
    internal const double FrenchEnd = Left + ColumnWidth, ArabicStart = Right - ColumnWidth;
    internal const double EmblemY = 511;

    internal static readonly PdfColor Ink = PdfColor.FromRgb(0x1D2723);
    internal static readonly PdfColor Soft = PdfColor.FromRgb(0x55605B);
    internal static readonly PdfColor Paper = PdfColor.FromRgb(0xFFFFFF);

    internal static readonly TextStyle French = new(FontFamily.Book, false, TextDirection.LeftToRight);
    internal static readonly TextStyle FrenchBold = French with { Bold = true };
    internal static readonly TextStyle Arabic = new(FontFamily.Book, false, TextDirection.RightToLeft);
    internal static readonly TextStyle ArabicBold = Arabic with { Bold = true };
    internal static readonly TextStyle Small = new(FontFamily.Sans, false, TextDirection.LeftToRight);
}
