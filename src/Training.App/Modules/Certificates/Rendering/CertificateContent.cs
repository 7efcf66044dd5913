namespace Training.App.Modules.Certificates.Rendering;

/// <summary>Which of the two certificates is printed.</summary>
internal enum CertificateKind { Participation, Completion }

/// <summary>Decides between né and née, المزداد and المزدادة.</summary>
internal enum HolderGender { Male, Female }

/// <summary>
/// Everything that stands on a certificate, as it was when it was earned. Plain values, so that rendering knows nothing of the domain.
/// Equal contents give equal files.
/// </summary>
internal sealed record CertificateContent
{
    public required CertificateKind Kind { get; init; }

    /// <summary>Full name in Arabic letters; null or empty when only the Latin one is known.</summary>
    public string? ArabicName { get; init; }

    /// <summary>Full name in Latin letters; null or empty when only the Arabic one is known.</summary>
    public string? LatinName { get; init; }

    public required HolderGender Gender { get; init; }
    public required DateOnly BirthDate { get; init; }
    public required string ProgrammeFrench { get; init; }
    public required string ProgrammeArabic { get; init; }

    /// <summary>
    /// Continues « Nous attestons que … », names and date of birth, and is followed by the programme on a line of its own:
    /// « a suivi avec assiduité les ateliers du ».
    /// </summary>
    public required string BodyFrench { get; init; }

    /// <summary>Continues « نشهد بأن » in the same way.</summary>
    public required string BodyArabic { get; init; }

    /// <summary>What is attested in Amazigh, a line of its own under the names; null leaves it out.</summary>
    public string? AmazighText { get; init; }

    /// <summary>True adds the Hijri day of issue to the Arabic one.</summary>
    public bool HijriDate { get; init; }

    /// <summary>Hours followed, at most two decimals.</summary>
    public required decimal Hours { get; init; }

    public required string SiteFrench { get; init; }
    public required string SiteArabic { get; init; }
    public required DateOnly IssueDate { get; init; }
    public required string CityFrench { get; init; }
    public required string CityArabic { get; init; }
    public required string SignatoryFrench { get; init; }
    public required string SignatoryArabic { get; init; }
    public required string SignatoryTitleFrench { get; init; }
    public required string SignatoryTitleArabic { get; init; }
    public required string IssuerFrench { get; init; }
    public required string IssuerArabic { get; init; }

    /// <summary>Public number of the certificate, such as 2026-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Address where the certificate is verified, complete with its scheme; printed in letters.</summary>
    public required string VerificationAddress { get; init; }

    /// <summary>What the QR code says: the address with the signed statement; null puts the address alone.</summary>
    public string? SignedAddress { get; init; }

    /// <summary>Colours and logo.</summary>
    public CertificateLook Look { get; init; } = CertificateLook.Default;

    /// <summary>File number at the CNDP; null leaves the line out.</summary>
    public string? CndpNumber { get; init; }
}
