namespace Training.Domain.Certificates;

/// <summary>What a public check found.</summary>
public enum CheckOutcome : byte
{
    /// <summary>No certificate bears the code.</summary>
    Unknown = 1,

    /// <summary>It is valid.</summary>
    Valid = 2,

    /// <summary>It was revoked.</summary>
    Revoked = 3,

    /// <summary>A completion certificate replaced it.</summary>
    Replaced = 4,
}

/// <summary>Where a check was made.</summary>
public enum CheckDoor : byte
{
    /// <summary>The public page.</summary>
    Page = 1,

    /// <summary>The public interface.</summary>
    Api = 2,
}

/// <summary>One public check of a certificate: that it was made, never by whom, from where, or with what code.</summary>
public sealed class CertificateCheck
{
    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The certificate; null when no certificate bears the code.</summary>
    public int? CertificateId { get; init; }

    /// <summary>What was answered.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>Where.</summary>
    public required CheckDoor Door { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
