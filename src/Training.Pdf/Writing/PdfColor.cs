namespace Training.Pdf.Writing;

/// <summary>A colour for screens and office printers, each part from 0 to 1.</summary>
public readonly record struct PdfColor(double Red, double Green, double Blue)
{
    /// <summary>From 0xRRGGBB.</summary>
    public static PdfColor FromRgb(int rgb) => new(((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);
}
