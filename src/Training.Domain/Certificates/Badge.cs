using Training.Domain.Common;

namespace Training.Domain.Certificates;

/// <summary>When a certificate is given as a digital credential (Open Badges 3.0), and where its revocation is looked up.</summary>
public static class Badge
{
    /// <summary>Entries of one status list: the least that hides which of them is looked up (Bitstring Status List 1.0, section 3.3).</summary>
    public const int ListEntries = 131_072;

    /// <summary>The list of a certificate; together with the issue of its document, since a corrected one is a credential of its own.</summary>
    public static int ListOf(int certificateId) => certificateId / ListEntries;

    /// <summary>Its place in that list.</summary>
    public static int PlaceOf(int certificateId) => certificateId % ListEntries;

    /// <summary>
    /// Why a certificate is not given as a credential: <c>certificateRevoked</c>, <c>certificateReplaced</c>, <c>notYetIssued</c>,
    /// <c>badgeTooYoung</c> with the <c>age</c>, <c>badgeNoConsent</c>; null when it is.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="ageMin">The edition's youngest age, in completed years.</param>
    /// <param name="today">The day (Africa/Casablanca).</param>
    /// <param name="consented">True when a guardian's consent to it stands.</param>
    public static Error? Refusal(Certificate certificate, int ageMin, DateOnly today, bool consented) => certificate.Status switch
    {
        CertificateStatus.Revoked => Error.Conflict("certificateRevoked"),
        CertificateStatus.Replaced => Error.Conflict("certificateReplaced"),
        CertificateStatus.Earned => Error.Conflict("notYetIssued"),
        _ when certificate.BirthDate > today.AddYears(-ageMin) => Error.Rule("badgeTooYoung", ("age", ageMin)),
        _ when !consented => Error.Rule("badgeNoConsent"),
        _ => null,
    };
}
