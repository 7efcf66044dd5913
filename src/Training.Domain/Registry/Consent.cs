namespace Training.Domain.Registry;

/// <summary>What a consent is for. Each purpose is asked for, given and withdrawn by itself.</summary>
public enum ConsentPurpose : byte
{
    /// <summary>Taking part in the programme.</summary>
    Participation = 1,

    /// <summary>Messages to the family.</summary>
    Messages = 2,

    /// <summary>Photos.</summary>
    Photos = 3,

    /// <summary>Sharing with the FRMF.</summary>
    SharingFrmf = 4,

    /// <summary>A certificate as a digital credential that carries the child's name and that whoever receives it may keep.</summary>
    DigitalBadge = 5,
}

/// <summary>How a consent was proven.</summary>
public enum ConsentMethod : byte
{
    /// <summary>Paper signed at the site.</summary>
    Paper = 1,

    /// <summary>A code sent by SMS.</summary>
    SmsCode = 2,
}

/// <summary>A guardian's consent for a child below 18, per purpose, with its proof (law 09-08).</summary>
public sealed class Consent
{
    /// <summary>The version of the consent text that forms show today.</summary>
    public const int CurrentTextVersion = 1;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The guardian who consented.</summary>
    public required int GuardianId { get; init; }

    /// <summary>The purpose.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>The proof.</summary>
    public required ConsentMethod Method { get; init; }

    /// <summary>The day it was given (Africa/Casablanca).</summary>
    public required DateOnly GivenOn { get; init; }

    /// <summary>Which text the guardian saw.</summary>
    public required int TextVersion { get; init; }

    /// <summary>When it was withdrawn; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
