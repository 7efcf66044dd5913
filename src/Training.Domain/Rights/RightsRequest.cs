using Training.Domain.Registry;

namespace Training.Domain.Rights;

/// <summary>What a family asks for (law 09-08, articles 7 to 9).</summary>
public enum RightsKind : byte
{
    /// <summary>A copy of what is kept of the child.</summary>
    Access = 1,

    /// <summary>Something is wrong or out of date.</summary>
    Correct = 2,

    /// <summary>A use is to stop: messages, photos, sharing, or taking part at all.</summary>
    Oppose = 3,

    /// <summary>The child's data are to go.</summary>
    Erase = 4,
}

/// <summary>Who asks for the child.</summary>
public enum RightsAsker : byte
{
    /// <summary>A guardian on file.</summary>
    Guardian = 1,

    /// <summary>The youth, come of age.</summary>
    Youth = 2,

    /// <summary>An authority, such as the CNDP or a court.</summary>
    Authority = 3,
}

/// <summary>Where a request stands.</summary>
public enum RightsStatus : byte
{
    /// <summary>Waits for an answer.</summary>
    Open = 1,

    /// <summary>Granted and carried out.</summary>
    Done = 2,

    /// <summary>Refused, with the reason that was given to the family.</summary>
    Refused = 3,
}

/// <summary>
/// One line of the register of requests: what was asked, when, until when it must be answered, what was answered. Lines are never
/// removed; what was asked in words goes when the child's data go.
/// </summary>
public sealed class RightsRequest
{
    /// <summary>Longest request or answer in words, in characters.</summary>
    public const int WordsMax = 1000;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Key of the child's file; leads nowhere once it was erased.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>Region that answers for it: that of the child's latest enrollment.</summary>
    public required int RegionId { get; init; }

    /// <summary>What is asked for.</summary>
    public required RightsKind Kind { get; init; }

    /// <summary>Who asks.</summary>
    public required RightsAsker Asker { get; init; }

    /// <summary>What is asked for in words; null when nothing was said, or when it was erased with the child's data.</summary>
    public string? Words { get; private set; }

    /// <summary>The day the request arrived (Africa/Casablanca).</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last day for the answer, inclusive.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Who entered it: <c>account:7</c>, <c>family</c>.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public RightsStatus Status { get; private set; } = RightsStatus.Open;

    /// <summary>Who answered; null while open.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When it was answered; null while open.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>What was answered, in words; required with a refusal.</summary>
    public string? Answer { get; private set; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>True while it waits and its last day is over.</summary>
    /// <param name="today">The day (Africa/Casablanca).</param>
    public bool IsLate(DateOnly today) => Status == RightsStatus.Open && today > DueOn;

    /// <summary>Enters what was asked for in words.</summary>
    public RightsRequest Saying(string? words)
    {
        Words = words;
        return this;
    }

    /// <summary>Answers it; a second answer is refused.</summary>
    /// <returns>False when it was answered before.</returns>
    public bool Decide(RightsStatus answer, string by, DateTimeOffset now, string? words)
    {
        if (Status != RightsStatus.Open) return false;
        (Status, DecidedBy, DecidedAt, Answer) = (answer, by, now, words);
        Version++;
        return true;
    }
}

/// <summary>
/// The stand-in for erased children of one sex and year of birth: their enrollments hang on it, so that figures stay true and lead back to
/// nobody.
/// </summary>
public sealed class NamelessFile
{
    /// <summary>1 January or 31 December: on the same side of the edition's reference date as the child, so that its age band stays.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>The file that stands in.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The birth date of the stand-in of a child.</summary>
    /// <param name="birthDate">The child's.</param>
    /// <param name="reference">Day at which the edition counts ages.</param>
    public static DateOnly Blur(DateOnly birthDate, DateOnly reference)
    {
        var turned = (birthDate.Month, birthDate.Day).CompareTo((reference.Month, reference.Day)) <= 0;
        return turned ? new DateOnly(birthDate.Year, 1, 1) : new DateOnly(birthDate.Year, 12, 31);
    }

    /// <summary>The file itself, without a name to be found by.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="birthDate">As <see cref="Blur"/> gives it.</param>
    /// <param name="sex">The sex.</param>
    /// <param name="claimHash">A value that no claim code has.</param>
    /// <param name="now">The time.</param>
    public static Participant Open(int id, DateOnly birthDate, Sex sex, long claimHash, DateTimeOffset now) => new()
    {
        Id = id, GivenName = "Dossier", FamilyName = "Effacé", GivenNameAr = "ملف", FamilyNameAr = "محذوف",
        BirthDate = birthDate, Sex = sex, ClaimHash = claimHash, CreatedAt = now,
    };
}
