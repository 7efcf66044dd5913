using Training.Pdf.Images;
using Training.Pdf.Writing;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>Colours and logo of a certificate.</summary>
/// <param name="Main">Frame and titles.</param>
/// <param name="Accent">Small ornaments.</param>
/// <param name="Logo">Stands in place of the star; null leaves it.</param>
/// <param name="LogoText">What the logo shows; null without one.</param>
internal sealed record CertificateLook(PdfColor Main, PdfColor Accent, PdfImage? Logo = null, string? LogoText = null)
{
    /// <summary>The programme's own.</summary>
    public static CertificateLook Default { get; } = new(PdfColor.FromRgb(0x0B5A3C), PdfColor.FromRgb(0xA8232F));

    /// <summary>The main colour so pale that it never disturbs reading.</summary>
    public PdfColor Guilloche => new(Pale(Main.Red), Pale(Main.Green), Pale(Main.Blue));

    private static double Pale(double part) => 1 - (1 - part) * 0.14;
}
