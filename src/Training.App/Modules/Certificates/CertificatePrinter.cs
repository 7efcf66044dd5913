using Training.App.Modules.Certificates.Rendering;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Pdf.Images;
using Kind = Training.Domain.Certificates.CertificateKind;
using PrintedKind = Training.App.Modules.Certificates.Rendering.CertificateKind;

namespace Training.App.Modules.Certificates;

/// <summary>Makes the document of a certificate from its snapshot and the edition's settings.</summary>
internal sealed class CertificatePrinter(CertificateRenderer renderer, CertificateLogos logos, PublicAddress address)
{
    /// <summary>The document; equal certificates, statements and settings give equal bytes.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="statement">Its signed statement, for the square code.</param>
    /// <param name="directory">Editions, sites and signatories.</param>
    public byte[] Print(Certificate certificate, byte[] statement, DirectorySnapshot directory) => renderer.Render(ContentOf(certificate, statement, directory));

    /// <summary>Certificates of one kind as the pages of one document to print; it bears no seal.</summary>
    /// <param name="certificates">Issued ones, at least one.</param>
    /// <param name="name">What the document's title says behind the kind.</param>
    /// <param name="directory">Editions, sites and signatories.</param>
    /// <returns>Null when they were issued under several designs: the pages of one document share one.</returns>
    public byte[]? PrintAll(IReadOnlyList<Certificate> certificates, string name, DirectorySnapshot directory)
    {
        var contents = certificates.Select(certificate => ContentOf(certificate, certificate.Statement, directory)).ToArray();
        return Array.TrueForAll(contents, content => content.Look == contents[0].Look) ? renderer.Render(contents, name) : null;
    }

    /// <summary>
    /// How certificates of a design would look: one for a girl and one for a boy, with made-up names, the number of none and a square code
    /// that leads to none.
    /// </summary>
    /// <param name="design">The design, kept or not.</param>
    /// <param name="logo">Its logo; null without one.</param>
    /// <param name="directory">Editions, sites and signatories.</param>
    public byte[] PrintExample(CertificateDesign design, PdfImage? logo, DirectorySnapshot directory)
    {
        var edition = directory.Edition(design.EditionId);
        var site = directory.Sites.First(row => row.Kind == edition.SiteKind);
        var look = CertificateLogos.LookOf(design, logo);
        CertificateContent[] examples =
        [
            .. from sex in (Sex[])[Sex.Female, Sex.Male]
               let example = ExampleOf(design, edition, site, sex)
               select ContentOf(example, null, directory, design, look),
        ];
        return renderer.Render(examples, "(exemple)");
    }

    private static Certificate ExampleOf(CertificateDesign design, Edition edition, Site site, Sex sex) => new()
    {
        Id = 0, EnrollmentId = 0, ParticipantId = 0, EditionId = edition.Id, SiteId = site.Id, RegionId = site.RegionId, Kind = design.Kind,
        Number = $"{design.ValidFrom.Year}-0000000", VerificationCode = new string('0', 26), GivenName = "Prénom Nom", FamilyName = "(exemple)",
        GivenNameAr = "الاسم الكامل", FamilyNameAr = "(مثال)", BirthDate = edition.AgeReferenceDate.AddYears(-edition.AgeMin), Sex = sex,
        Minutes = 12 * 60, IssuedOn = design.ValidFrom, EarnedAt = default,
    };

    private CertificateContent ContentOf(Certificate certificate, byte[]? statement, DirectorySnapshot directory)
    {
        var design = directory.DesignOn(certificate.EditionId, certificate.Kind, certificate.IssuedOn);
        return ContentOf(certificate, statement, directory, design, logos.LookOf(design));
    }

    private CertificateContent ContentOf(
        Certificate certificate, byte[]? statement, DirectorySnapshot directory, CertificateDesign? design, CertificateLook look)
    {
        var edition = directory.Edition(certificate.EditionId);
        var site = directory.Site(certificate.SiteId);
        var signatory = directory.SignatoryOn(edition.Id, certificate.IssuedOn);
        var completed = certificate.Kind == Kind.Completion;
        var female = certificate.Sex == Sex.Female;
        return new CertificateContent
        {
            Kind = completed ? PrintedKind.Completion : PrintedKind.Participation,
            LatinName = DisplayName.Join(certificate.GivenName, certificate.FamilyName),
            ArabicName = DisplayName.Join(certificate.GivenNameAr, certificate.FamilyNameAr),
            Gender = female ? HolderGender.Female : HolderGender.Male,
            BirthDate = certificate.BirthDate,
            ProgrammeFrench = edition.NameFr,
            ProgrammeArabic = edition.NameAr,
            BodyFrench = design is not null
                ? (female ? design.TextFrFemale : design.TextFrMale)
                : $"{(completed ? "a suivi avec succès la formation dispensée" : "a participé à la formation dispensée")} {edition.CertificateTextFr}",
            BodyArabic = design is not null ? (female ? design.TextArFemale : design.TextArMale) : $"{VerbArabic(completed, female)} {edition.CertificateTextAr}",
            AmazighText = design?.TitleZgh is { } title ? $"{title} — {(female ? design.TextZghFemale : design.TextZghMale)}" : null,
            HijriDate = design?.HijriDate == true,
            Look = look,
            Hours = Math.Round(certificate.Minutes / 60m, 1),
            SiteFrench = site.NameFr,
            SiteArabic = site.NameAr,
            IssueDate = certificate.IssuedOn,
            CityFrench = site.City,
            CityArabic = directory.Province(site.ProvinceId).NameAr,
            SignatoryFrench = signatory?.NameFr ?? "",
            SignatoryArabic = signatory?.NameAr ?? "",
            SignatoryTitleFrench = signatory?.TitleFr ?? "",
            SignatoryTitleArabic = signatory?.TitleAr ?? "",
            IssuerFrench = edition.IssuerFr,
            IssuerArabic = edition.IssuerAr,
            Number = certificate.Number,
            VerificationAddress = address.Verification(certificate.VerificationCode),
            SignedAddress = statement is null ? null : address.Verification(certificate.VerificationCode, statement),
        };
    }

    private static string VerbArabic(bool completed, bool female) => (completed, female) switch
    {
        (true, true) => "قد أتمت بنجاح التكوين المنظم،",
        (true, false) => "قد أتم بنجاح التكوين المنظم،",
        (false, true) => "قد شاركت في التكوين المنظم،",
        (false, false) => "قد شارك في التكوين المنظم،",
    };
}
