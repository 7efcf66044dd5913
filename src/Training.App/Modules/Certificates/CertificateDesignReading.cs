using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Pdf.Images;

namespace Training.App.Modules.Certificates;

/// <summary>Reads what somebody asks certificates to look like, to keep it or to show it.</summary>
internal static class CertificateDesignReading
{
    /// <summary>The design as it is asked for; what is wrong with it goes to <paramref name="faults"/>.</summary>
    public static CertificateDesign Read(SetCertificateDesign.Request request, Edition edition, int key, DateOnly today, Faults faults)
    {
        if (request.Kind is null) faults.Add("kind", "missing");
        if (request.ValidFrom is not { } from) faults.Add("validFrom", "missing");
        else if (from <= today) faults.Add("validFrom", "notLaterThanToday");
        var design = new CertificateDesign
        {
            Id = key,
            EditionId = edition.Id,
            Kind = request.Kind ?? CertificateKind.Completion,
            ValidFrom = request.ValidFrom ?? default,
            TextFrFemale = CertificateDesign.CheckText(request.TextFrFemale, "textFrFemale", arabic: false, faults),
            TextFrMale = CertificateDesign.CheckText(request.TextFrMale, "textFrMale", arabic: false, faults),
            TextArFemale = CertificateDesign.CheckText(request.TextArFemale, "textArFemale", arabic: true, faults),
            TextArMale = CertificateDesign.CheckText(request.TextArMale, "textArMale", arabic: true, faults),
            MainColor = CertificateDesign.CheckColor(request.MainColor, "mainColor", faults),
            AccentColor = CertificateDesign.CheckColor(request.AccentColor, "accentColor", faults),
            HijriDate = request.HijriDate == true,
        };
        if (!string.IsNullOrWhiteSpace(request.TitleZgh + request.TextZghFemale + request.TextZghMale))
        {
            design.Say(
                CertificateDesign.CheckTifinagh(request.TitleZgh, "titleZgh", CertificateDesign.TitleMax, faults),
                CertificateDesign.CheckTifinagh(request.TextZghFemale, "textZghFemale", CertificateDesign.AmazighTextMax, faults),
                CertificateDesign.CheckTifinagh(request.TextZghMale, "textZghMale", CertificateDesign.AmazighTextMax, faults));
        }
        return design;
    }

    /// <summary>The bytes of the logo once they were read as a picture; null without one.</summary>
    public static byte[]? LogoOf(SetCertificateDesign.Request request, Faults faults)
    {
        if (request.Logo is not { } text) return null;
        if (PersonText.CleanOrNull(request.LogoText) is not { Length: <= CertificateDesign.LogoTextMax }) faults.Add("logoText", "missing");
        var bytes = new byte[SetCertificateDesign.LogoMaxBytes + 1];
        if (text.Length > bytes.Length * 4 / 3 || !Convert.TryFromBase64String(text, bytes, out var length) || length > SetCertificateDesign.LogoMaxBytes)
        {
            faults.Add("logo", "logoUnreadable");
            return null;
        }
        try
        {
            PdfImage.Read(bytes.AsSpan(0, length));
            return bytes[..length];
        }
        catch (InvalidImageException)
        {
            faults.Add("logo", "logoUnreadable");
            return null;
        }
    }
}
