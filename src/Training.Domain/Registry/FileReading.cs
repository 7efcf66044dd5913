namespace Training.Domain.Registry;

/// <summary>What a reader of a child's file was shown.</summary>
[Flags]
public enum ShownParts : short
{
    /// <summary>Nothing is known: a reading from before parts were written down.</summary>
    None = 0,

    /// <summary>Names, birth date, sex, province.</summary>
    Identity = 1,

    /// <summary>Official codes: Massar, FIFA Connect, licence.</summary>
    OfficialCodes = 2,

    /// <summary>Names and phones of the guardians.</summary>
    Guardians = 4,

    /// <summary>Consents.</summary>
    Consents = 8,

    /// <summary>Enrollments: sites, groups, how they ended.</summary>
    Enrollments = 16,

    /// <summary>Attendance.</summary>
    Attendance = 32,

    /// <summary>Certificates.</summary>
    Certificates = 64,

    /// <summary>The staff's note.</summary>
    Note = 128,

    /// <summary>The claim code, which opens the file to a family.</summary>
    ClaimCode = 256,

    /// <summary>What a member of staff sees of a file as a whole.</summary>
    File = Identity | OfficialCodes | Guardians | Consents | Enrollments | Note,
}

/// <summary>One reading of a child's file: who, when, what. Guardians can ask for it.</summary>
public sealed class FileReading
{
    /// <summary>Internal key, given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Whose file.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>Who read: <c>account:7</c>, <c>key:3</c> or <c>family</c>.</summary>
    public required string Reader { get; init; }

    /// <summary>Which page or answer.</summary>
    public required string Door { get; init; }

    /// <summary>What was shown.</summary>
    public ShownParts Parts { get; init; }

    /// <summary>Why; null where the reader's role needs no reason.</summary>
    public string? Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same reading with its reason.</summary>
    public FileReading Because(string reason) => new() { ParticipantId = ParticipantId, Reader = Reader, Door = Door, Parts = Parts, Reason = reason, At = At };
}
