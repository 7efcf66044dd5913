using Training.Domain.Registry.Names;

namespace Training.Domain.Registry;

/// <summary>What was decided about two files.</summary>
public enum PairDecision : byte
{
    /// <summary>Nobody has looked yet.</summary>
    Waiting = 1,

    /// <summary>Somebody looked and needs more to decide.</summary>
    Later = 2,

    /// <summary>Two children: the pair never comes back by itself.</summary>
    Different = 3,

    /// <summary>One child: the files were merged.</summary>
    Same = 4,

    /// <summary>One of the files was merged into a third, of which the question is asked instead.</summary>
    SetAside = 5,
}

/// <summary>How a pair came to be known.</summary>
public enum PairSource : byte
{
    /// <summary>The form or the API, while a child was registered.</summary>
    Registration = 1,

    /// <summary>A list.</summary>
    Import = 2,

    /// <summary>The nightly sweep.</summary>
    Sweep = 3,

    /// <summary>A person who named both files.</summary>
    Person = 4,

    /// <summary>Taken over from a file that was merged into one of the two.</summary>
    Merge = 5,

    /// <summary>A file was corrected and has become like another.</summary>
    Correction = 6,
}

/// <summary>How much speaks for one child, to order the work; it decides nothing.</summary>
public enum PairStrength : byte
{
    /// <summary>The names sound alike, or a date is near.</summary>
    Likeness = 1,

    /// <summary>The names are written alike and the birth date or a guardian's phone is the same.</summary>
    Strong = 2,

    /// <summary>An official code is the same.</summary>
    Certain = 3,
}

/// <summary>
/// Two files that may be one child's, and what a person decided about them: both the queue of open questions and the memory of
/// answers. One row a pair, whatever the order in which the two are named.
/// </summary>
public sealed class DuplicatePair
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteMax = 300;

    /// <summary>The file with the lower key.</summary>
    public required int LowId { get; init; }

    /// <summary>The file with the higher key.</summary>
    public required int HighId { get; init; }

    /// <summary>What was decided.</summary>
    public PairDecision Decision { get; private set; } = PairDecision.Waiting;

    /// <summary>How much speaks for one child.</summary>
    public required PairStrength Strength { get; init; }

    /// <summary>What the comparison said when the pair was found.</summary>
    public required MatchReasons Reasons { get; init; }

    /// <summary>How it came to be known.</summary>
    public required PairSource Source { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Who decided, by the caller's stable name; null while nobody has.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When it was decided; null while nobody has.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why, in the words of who decided; null when nothing was said.</summary>
    public string? Note { get; private set; }

    /// <summary>Counts decisions, from 1.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>True while somebody should look.</summary>
    public bool IsOpen => Decision is PairDecision.Waiting or PairDecision.Later;

    /// <summary>A pair that waits for a person.</summary>
    /// <param name="one">Key of a file.</param>
    /// <param name="other">Key of another file.</param>
    /// <param name="match">What the comparison says.</param>
    /// <param name="source">How it came to be known.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">Both are the same file.</exception>
    public static DuplicatePair Of(int one, int other, MatchResult match, PairSource source, DateTimeOffset now)
    {
        if (one == other) throw new ArgumentException("A pair has two files.", nameof(other));
        return new DuplicatePair
        {
            LowId = Math.Min(one, other),
            HighId = Math.Max(one, other),
            Strength = StrengthOf(match),
            Reasons = match.Reasons,
            Source = source,
            FoundAt = now,
        };
    }

    /// <summary>Takes a decision; a later one replaces it.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Who decides, by the caller's stable name.</param>
    /// <param name="note">Why; null when nothing is said.</param>
    /// <param name="now">The time.</param>
    public DuplicatePair Decide(PairDecision decision, string by, string? note, DateTimeOffset now)
    {
        (Decision, DecidedBy, Note, DecidedAt) = (decision, by, note, now);
        Version++;
        return this;
    }

    /// <summary>How much speaks for one child.</summary>
    public static PairStrength StrengthOf(MatchResult match)
    {
        if (match.Verdict == MatchVerdict.Certain || (match.Reasons & MatchReasonSets.EqualCodes) != 0) return PairStrength.Certain;
        const MatchReasons ties = MatchReasons.SameBirthDate | MatchReasons.SharedGuardianPhone;
        return match.Reasons.HasFlag(MatchReasons.SameName) && (match.Reasons & ties) != 0 ? PairStrength.Strong : PairStrength.Likeness;
    }
}
