using System.Text.Json;

namespace Training.Domain.Registry;

/// <summary>Where a correction stands.</summary>
public enum CorrectionStatus : byte
{
    /// <summary>Waits for somebody who answers for the region.</summary>
    Proposed = 1,

    /// <summary>Written into the file.</summary>
    Applied = 2,

    /// <summary>Refused; nothing was written.</summary>
    Refused = 3,
}

/// <summary>One thing that is corrected, as it was and as it is to be.</summary>
/// <param name="Field"><c>birthDate</c>, <c>massarCode</c>, <c>guardians[2].phone</c>: a guardian by its order of contact, 0 for one who is added.</param>
/// <param name="Before">The former value as it is kept; null when there was none.</param>
/// <param name="After">The new value as it is kept; null when it is to be none.</param>
public sealed record CorrectedFact(string Field, string? Before, string? After)
{
    /// <summary>
    /// True for what decides who may take part, and for what decides who comes in as the family: a birth date, the sex, a guardian's phone,
    /// one who is added, one who ends, one who is only to look or to decide again. A second pair of eyes looks at these.
    /// </summary>
    public bool NeedsSecondLook => Field is CorrectionFields.BirthDate or CorrectionFields.Sex
        || Field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal) || Field.EndsWith(CorrectionFields.Ended, StringComparison.Ordinal)
        || Field.StartsWith("guardians[0]", StringComparison.Ordinal) || Field.EndsWith(CorrectionFields.ViewOnly, StringComparison.Ordinal);

    /// <summary>Order of contact of the guardian; 0 for one who is added; null when it is no guardian's.</summary>
    public int? Guardian => CorrectionFields.GuardianOf(Field);
}

/// <summary>The words by which a correction names what it changes.</summary>
public static class CorrectionFields
{
    /// <summary>The birth date.</summary>
    public const string BirthDate = "birthDate";

    /// <summary>The sex.</summary>
    public const string Sex = "sex";

    /// <summary>The Massar code.</summary>
    public const string Massar = "massarCode";

    /// <summary>The FIFA Connect ID.</summary>
    public const string Fifa = "fifaId";

    /// <summary>The licence number.</summary>
    public const string Licence = "licenceNumber";

    /// <summary>A guardian's name.</summary>
    public const string Name = ".name";

    /// <summary>A guardian's relationship.</summary>
    public const string Relationship = ".relationship";

    /// <summary>A guardian's phone.</summary>
    public const string Phone = ".phone";

    /// <summary>The language a guardian is addressed in.</summary>
    public const string Language = ".language";

    /// <summary>Whether a guardian only looks.</summary>
    public const string ViewOnly = ".viewOnly";

    /// <summary>That a guardian is one no more.</summary>
    public const string Ended = ".ended";

    /// <summary>The field of a guardian.</summary>
    /// <param name="position">Order of contact, from 1; 0 for one who is added.</param>
    /// <param name="part">One of the parts above.</param>
    public static string OfGuardian(int position, string part) => FormattableString.Invariant($"guardians[{position}]{part}");

    /// <summary>The order of contact in a field; null when it is no guardian's.</summary>
    public static int? GuardianOf(string field) => field.StartsWith("guardians[", StringComparison.Ordinal)
        ? int.Parse(field.AsSpan("guardians[".Length, field.IndexOf(']', StringComparison.Ordinal) - "guardians[".Length), System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>
/// A correction of a child's file with what it was before, why, and who made it. It belongs to the file and goes with it; the trail of
/// changes, which stays, names its key alone.
/// </summary>
public sealed class FileCorrection
{
    /// <summary>Longest reason or answer, in characters.</summary>
    public const int ReasonMax = 200;

    /// <summary>Longest list of changes as it is kept, in characters.</summary>
    public const int ChangesMax = 4000;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>What is corrected, as JSON.</summary>
    public required string Changes { get; init; }

    /// <summary>Why; the guardians read it.</summary>
    public required string Reason { get; init; }

    /// <summary>The family's request in the register that it carries out; null when nobody asked there.</summary>
    public int? RequestId { get; init; }

    /// <summary>What the family is answered with it; null when nothing is said.</summary>
    public string? Answer { get; init; }

    /// <summary>Who made it, by the caller's stable name.</summary>
    public required string By { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it stands.</summary>
    public CorrectionStatus Status { get; private set; } = CorrectionStatus.Proposed;

    /// <summary>Who decided; null while it waits.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When it was decided; null while it waits.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was refused; null unless it was.</summary>
    public string? Note { get; private set; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>What is corrected.</summary>
    public IReadOnlyList<CorrectedFact> Facts() => JsonSerializer.Deserialize<CorrectedFact[]>(Changes)!;

    /// <summary>What is corrected, as it is kept.</summary>
    public static string Write(IReadOnlyList<CorrectedFact> facts) => JsonSerializer.Serialize(facts, Plain);

    /// <summary>Decides; a second decision is refused.</summary>
    /// <returns>False when it was decided before.</returns>
    public bool Decide(CorrectionStatus decision, string by, DateTimeOffset now, string? note = null)
    {
        if (Status != CorrectionStatus.Proposed) return false;
        (Status, DecidedBy, DecidedAt, Note) = (decision, by, now, note);
        Version++;
        return true;
    }

    /// <summary>Arabic letters take one character each, and not the six of an escape.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
