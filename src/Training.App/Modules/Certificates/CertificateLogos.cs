using System.Collections.Concurrent;
using Training.App.Modules.Certificates.Rendering;
using Training.App.Platform.Files;
using Training.Domain.Certificates;
using Training.Pdf.Images;
using Training.Pdf.Writing;

namespace Training.App.Modules.Certificates;

/// <summary>Logos of certificates, read once: a document is recognised by the picture it shares with others.</summary>
internal sealed class CertificateLogos(IFileStore files)
{
    private readonly ConcurrentDictionary<string, PdfImage> read = new();

    /// <summary>Colours and logo of a design; the programme's own without one.</summary>
    /// <exception cref="FileNotFoundException">The logo is not in the file store any more.</exception>
    public CertificateLook LookOf(CertificateDesign? design) =>
        design is null ? CertificateLook.Default : LookOf(design, design.LogoHash is { } hash ? read.GetOrAdd(hash, Read) : null);

    /// <summary>The same with a logo that may not be kept yet.</summary>
    public static CertificateLook LookOf(CertificateDesign design, PdfImage? logo) =>
        new(PdfColor.FromRgb(design.MainColor), PdfColor.FromRgb(design.AccentColor), logo, logo is null ? null : design.LogoText);

    private PdfImage Read(string hash)
    {
        using var stored = files.OpenRead(hash) ?? throw new FileNotFoundException("A certificate's logo is not in the file store.", hash);
        using var bytes = new MemoryStream();
        stored.CopyTo(bytes);
        return PdfImage.Read(bytes.ToArray());
    }
}
