using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.Domain.Certificates;

/// <summary>What a certificate attests.</summary>
public enum CertificateKind : byte
{
    /// <summary>Took part.</summary>
    Participation = 1,

    /// <summary>Met the completion rule.</summary>
    Completion = 2,
}

/// <summary>Where a certificate stands.</summary>
public enum CertificateStatus : byte
{
    /// <summary>Earned; its document is being made.</summary>
    Earned = 1,

    /// <summary>Issued: the document lies in the file store.</summary>
    Issued = 2,

    /// <summary>Revoked.</summary>
    Revoked = 3,

    /// <summary>A completion certificate superseded this one of participation.</summary>
    Replaced = 4,
}

/// <summary>
/// A certificate, once per enrollment and kind. It keeps the names as they were when it was earned: public verification answers
/// from this snapshot alone.
/// </summary>
public sealed class Certificate
{
    /// <summary>Most issues of one document: its signed statement has one byte for them.</summary>
    public const int RevisionMax = byte.MaxValue;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The enrollment it was earned in.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>The holder.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site at which it was earned.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The kind.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>Printed number, for instance <c>2026-0000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>128 random bits as 26 Crockford base-32 characters; the public verification code.</summary>
    public required string VerificationCode { get; init; }

    /// <summary>Where it stands.</summary>
    public CertificateStatus Status { get; set; } = CertificateStatus.Earned;

    /// <summary>Given name, Latin; null when unknown.</summary>
    public string? GivenName { get; set; }

    /// <summary>Family name, Latin; null when unknown.</summary>
    public string? FamilyName { get; set; }

    /// <summary>Given name, Arabic; null when unknown.</summary>
    public string? GivenNameAr { get; set; }

    /// <summary>Family name, Arabic; null when unknown.</summary>
    public string? FamilyNameAr { get; set; }

    /// <summary>Birth date.</summary>
    public required DateOnly BirthDate { get; set; }

    /// <summary>Sex, for the grammar of the text.</summary>
    public required Sex Sex { get; set; }

    /// <summary>Attended minutes at the time it was earned.</summary>
    public required int Minutes { get; init; }

    /// <summary>The day it was earned (Africa/Casablanca); printed as date of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>When it was earned.</summary>
    public required DateTimeOffset EarnedAt { get; init; }

    /// <summary>Which issue of the document this is, from 1; a correction of the name makes the next under the same number.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>The signed statement of the square code; null until the document is made. Kept, because a signature is never the same twice.</summary>
    public byte[]? Statement { get; set; }

    /// <summary>Hash of the document before the organisation's seal, by which it is recognised when it is made anew; null until it is made.</summary>
    public string? ContentHash { get; set; }

    /// <summary>Hash of the stored document, SHA-256 in lower-case hexadecimal; null until it is made.</summary>
    public string? FileHash { get; set; }

    /// <summary>Bytes of the stored document; null until it is made.</summary>
    public int? FileBytes { get; set; }

    /// <summary>
    /// When its holder's file was erased: names and birth date are initials and a year since, and the document is gone. Null otherwise.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When it was revoked; null while it stands.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Why it was revoked, a stable code; null while it stands.</summary>
    public string? RevocationReason { get; set; }

    /// <summary>
    /// Takes what the corrected file says and asks for the next issue of the document, under the same number and verification code.
    /// Refused while nothing differs, and for a certificate that is not in force.
    /// </summary>
    public Result<Done> Reissue(Participant child)
    {
        switch (Status)
        {
            case CertificateStatus.Revoked: return Error.Conflict("certificateRevoked");
            case CertificateStatus.Replaced: return Error.Conflict("certificateReplaced");
            case CertificateStatus.Earned: return Error.Conflict("notYetIssued");
        }
        if (Revision == RevisionMax) return Error.Conflict("tooManyRevisions");
        var (printed, known) = (
            (GivenName, FamilyName, GivenNameAr, FamilyNameAr, BirthDate, Sex),
            (child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex));
        if (printed == known) return Error.Conflict("nothingCorrected");
        (GivenName, FamilyName, GivenNameAr, FamilyNameAr, BirthDate, Sex) = known;
        Revision++;
        Status = CertificateStatus.Earned;
        (Statement, ContentHash, FileHash, FileBytes) = (null, null, null, null);
        return default(Done);
    }
}
