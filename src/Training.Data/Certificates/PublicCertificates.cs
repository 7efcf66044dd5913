using Microsoft.EntityFrameworkCore;
using Training.Data.Mapping;
using Training.Domain.Certificates;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.Data.Certificates;

/// <summary>What public verification may know of a certificate, and no more.</summary>
/// <param name="Id">Internal key, for the record of checks alone.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Kind">What it attests.</param>
/// <param name="EditionId">The edition.</param>
/// <param name="GivenName">Given name as printed, for its initial; null when unknown.</param>
/// <param name="FamilyName">Family name as printed, for its initial; null when unknown.</param>
/// <param name="GivenNameAr">Arabic given name, for its initial; null when unknown.</param>
/// <param name="FamilyNameAr">Arabic family name, for its initial; null when unknown.</param>
/// <param name="BirthDate">Birth date, for its year.</param>
/// <param name="IssuedOn">Date of issue.</param>
/// <param name="Number">Printed number.</param>
/// <param name="Revision">Which issue of the document.</param>
/// <param name="RevokedAt">When it was revoked; null while it stands.</param>
/// <param name="RevocationReason">Why, a stable code; null while it stands.</param>
/// <param name="FileHash">Hash of the document; null while a corrected one is being made.</param>
/// <param name="ReplacedByCode">Verification code of the completion certificate that replaced it; null unless it was replaced.</param>
/// <param name="EarlierHashes">Hashes of the documents of earlier issues.</param>
/// <param name="Statement">What the square code says, for the key that signed it; null while a corrected document is being made.</param>
public sealed record PublicCertificate(
    int Id, CertificateStatus Status, CertificateKind Kind, int EditionId, string? GivenName, string? FamilyName, string? GivenNameAr,
    string? FamilyNameAr, DateOnly BirthDate, DateOnly IssuedOn, string Number, int Revision, DateTimeOffset? RevokedAt, string? RevocationReason,
    string? FileHash, string? ReplacedByCode, IReadOnlyList<string> EarlierHashes, byte[]? Statement);

/// <summary>A certificate whose printed square code no longer says the whole truth.</summary>
/// <param name="Id">Internal key.</param>
/// <param name="EditionId">The edition.</param>
/// <param name="Number">Printed number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Revision">The issue that counts; older ones bear a name that was corrected.</param>
public sealed record ChangedCertificate(int Id, int EditionId, string Number, CertificateStatus Status, int Revision);

/// <summary>
/// The readings of certificates that stand outside the caller's scope: whoever holds the 128-bit code printed on a certificate
/// may know whether it is valid, and anybody may fetch the numbers of those that no longer are. Only issued documents can be asked for,
/// because only they carry the code into the world.
/// </summary>
public static class PublicCertificates
{
    /// <summary>The certificate of a verification code; null when there is none.</summary>
    public static Task<PublicCertificate?> FindAsync(
        IQueryable<Certificate> certificates, IQueryable<CertificateRevision> revisions, string code, CancellationToken cancellationToken)
    {
        var all = certificates.IgnoreQueryFilters([ScopeFilters.Name]);
        return all.Where(row => row.VerificationCode == code && (row.FileHash != null || row.Revision > 1))
            .Select(row => new PublicCertificate(
                row.Id, row.Status, row.Kind, row.EditionId, row.GivenName, row.FamilyName, row.GivenNameAr, row.FamilyNameAr, row.BirthDate, row.IssuedOn,
                row.Number, row.Revision, row.RevokedAt, row.RevocationReason, row.FileHash,
                row.Status != CertificateStatus.Replaced ? null : all
                    .Where(other => other.ParticipantId == row.ParticipantId && other.EditionId == row.EditionId && other.Kind == CertificateKind.Completion
                        && other.Status != CertificateStatus.Revoked && other.FileHash != null)
                    .OrderBy(other => other.Id).Select(other => other.VerificationCode).FirstOrDefault(),
                revisions.Where(earlier => earlier.CertificateId == row.Id && earlier.FileHash != null)
                    .Select(earlier => earlier.FileHash!).ToList(),
                row.Statement))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The issued certificate of a verification code, whole; null when there is none. What of it may be shown is the caller's care.</summary>
    public static Task<Certificate?> OfCodeAsync(IQueryable<Certificate> certificates, string code, CancellationToken cancellationToken) =>
        certificates.IgnoreQueryFilters([ScopeFilters.Name]).SingleOrDefaultAsync(row => row.VerificationCode == code && row.FileHash != null, cancellationToken);

    /// <summary>True while a guardian's consent to digital credentials stands and no other guardian is against it.</summary>
    public static async Task<bool> IsBadgeConsentedAsync(
        IQueryable<Consent> consents, IQueryable<ConsentObjection> objections, int child, CancellationToken cancellationToken) =>
        await consents.IgnoreQueryFilters([ScopeFilters.Name])
            .AnyAsync(row => row.ParticipantId == child && row.Purpose == ConsentPurpose.DigitalBadge && row.WithdrawnAt == null, cancellationToken)
        && !await objections.IgnoreQueryFilters([ScopeFilters.Name])
            .AnyAsync(row => row.ParticipantId == child && row.Purpose == ConsentPurpose.DigitalBadge && row.EndedAt == null, cancellationToken);

    /// <summary>Every certificate that was revoked, replaced or issued anew, by number.</summary>
    public static Task<List<ChangedCertificate>> ChangedAsync(IQueryable<Certificate> certificates, CancellationToken cancellationToken) =>
        certificates.IgnoreQueryFilters([ScopeFilters.Name])
            .Where(row => (row.Statement != null || row.Revision > 1)
                && (row.Status == CertificateStatus.Revoked || row.Status == CertificateStatus.Replaced || row.Revision > 1))
            .OrderBy(row => row.Id).Select(row => new ChangedCertificate(row.Id, row.EditionId, row.Number, row.Status, row.Revision)).ToListAsync(cancellationToken);
}
