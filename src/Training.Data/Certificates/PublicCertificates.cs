using Microsoft.EntityFrameworkCore;
using Training.Data.Mapping;
using Training.Domain.Certificates;

namespace Training.Data.Certificates;

/// <summary>What public verification may know of a certificate, and no more.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Kind">What it attests.</param>
/// <param name="EditionId">The edition.</param>
/// <param name="GivenName">Given name as printed, for its initial; null when unknown.</param>
/// <param name="FamilyName">Family name as printed, for its initial; null when unknown.</param>
/// <param name="GivenNameAr">Arabic given name, for its initial; null when unknown.</param>
/// <param name="FamilyNameAr">Arabic family name, for its initial; null when unknown.</param>
/// <param name="BirthDate">Birth date, for its year.</param>
/// <param name="IssuedOn">Date of issue.</param>
public sealed record PublicCertificate(
    CertificateStatus Status, CertificateKind Kind, int EditionId, string? GivenName, string? FamilyName, string? GivenNameAr,
    string? FamilyNameAr, DateOnly BirthDate, DateOnly IssuedOn);

/// <summary>
/// The one reading of certificates that stands outside the caller's scope: whoever holds the 128-bit code printed on a certificate
/// may know whether it is valid. Only issued documents can be asked for, because only they carry the code into the world.
/// </summary>
public static class PublicCertificates
{
    /// <summary>The certificate of a verification code; null when there is none.</summary>
    public static Task<PublicCertificate?> FindAsync(IQueryable<Certificate> certificates, string code, CancellationToken cancellationToken) =>
        certificates.IgnoreQueryFilters([ScopeFilters.Name])
            .Where(row => row.VerificationCode == code && row.FileHash != null)
            .Select(row => new PublicCertificate(
                row.Status, row.Kind, row.EditionId, row.GivenName, row.FamilyName, row.GivenNameAr, row.FamilyNameAr, row.BirthDate, row.IssuedOn))
            .SingleOrDefaultAsync(cancellationToken);
}
