using Training.Domain.Common;

namespace Training.Domain.Certificates;

/// <summary>Why a certificate is revoked.</summary>
public enum RevocationReason : byte
{
    /// <summary>It should not have been issued.</summary>
    IssuedInError = 1,

    /// <summary>It was issued to another child than the one who attended.</summary>
    WrongPerson = 2,

    /// <summary>Corrected attendance no longer meets the rule.</summary>
    AttendanceCorrected = 3,

    /// <summary>It was misused.</summary>
    Misuse = 4,
}

/// <summary>What the public learns of a reason: nothing about anybody's conduct.</summary>
public enum RevocationClass : byte
{
    /// <summary>Issued in error.</summary>
    Error = 1,

    /// <summary>The conditions were not met.</summary>
    NotEarned = 2,

    /// <summary>Withdrawn by the issuer.</summary>
    Withdrawn = 3,
}

/// <summary>How a case of revocation stands.</summary>
public enum RevocationOutcome : byte
{
    /// <summary>It waits for people.</summary>
    Open = 1,

    /// <summary>Two people agreed: the certificate was revoked.</summary>
    Revoked = 2,

    /// <summary>The certificate stays.</summary>
    Kept = 3,
}

/// <summary>
/// The question whether a certificate is to be revoked. Two people must say yes; either may say no. A certificate that corrected
/// attendance no longer carries raises the case by itself, and then still takes two people.
/// </summary>
public sealed class RevocationCase
{
    /// <summary>Who raises a case without a person.</summary>
    public const string System = "system";

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The certificate.</summary>
    public required int CertificateId { get; init; }

    /// <summary>Why.</summary>
    public required RevocationReason Reason { get; init; }

    /// <summary>Who raised it: a caller's name, or <see cref="System"/>.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The first who said yes; null while nobody has.</summary>
    public string? AgreedBy { get; private set; }

    /// <summary>Where it stands.</summary>
    public RevocationOutcome Outcome { get; private set; } = RevocationOutcome.Open;

    /// <summary>Who decided in the end; null while it is open.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When; null while it is open.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>0 while it is open, else its key: a certificate has at most one open case.</summary>
    public int Slot { get; private set; }

    /// <summary>A case that a person raises, who thereby says yes.</summary>
    public static RevocationCase Ask(int id, int certificateId, RevocationReason reason, string by, DateTimeOffset now) =>
        new() { Id = id, CertificateId = certificateId, Reason = reason, RaisedBy = by, RaisedAt = now, AgreedBy = by };

    /// <summary>A case that the system raises because the rule is no longer met.</summary>
    public static RevocationCase Raise(int id, int certificateId, DateTimeOffset now) => new()
    {
        Id = id, CertificateId = certificateId, Reason = RevocationReason.AttendanceCorrected, RaisedBy = System, RaisedAt = now,
    };

    /// <summary>Says yes: the first agrees, a second person revokes. Saying it again changes nothing.</summary>
    /// <returns>True when the certificate is now to be revoked; a refusal when the case is closed.</returns>
    public Result<bool> Agree(string by, DateTimeOffset now)
    {
        if (Outcome != RevocationOutcome.Open) return Error.Conflict("revocationDecided");
        if (AgreedBy is null) AgreedBy = by;
        if (AgreedBy == by) return false;
        Close(RevocationOutcome.Revoked, by, now);
        return true;
    }

    /// <summary>Says no: the certificate stays.</summary>
    public Result<Done> Keep(string by, DateTimeOffset now)
    {
        if (Outcome != RevocationOutcome.Open) return Error.Conflict("revocationDecided");
        Close(RevocationOutcome.Kept, by, now);
        return default(Done);
    }

    /// <summary>What the public may know of a reason.</summary>
    public static RevocationClass ClassOf(RevocationReason reason) => reason switch
    {
        RevocationReason.AttendanceCorrected => RevocationClass.NotEarned,
        RevocationReason.Misuse => RevocationClass.Withdrawn,
        _ => RevocationClass.Error,
    };

    private void Close(RevocationOutcome outcome, string by, DateTimeOffset now) => (Outcome, DecidedBy, DecidedAt, Slot) = (outcome, by, now, Id);
}
