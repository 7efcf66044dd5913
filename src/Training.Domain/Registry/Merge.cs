namespace Training.Domain.Registry;

/// <summary>Parts of a file that were empty and were taken over from the merged one.</summary>
[Flags]
public enum FileParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Both Latin names.</summary>
    LatinName = 1,

    /// <summary>Both Arabic names.</summary>
    ArabicName = 2,

    /// <summary>The Massar code.</summary>
    MassarCode = 4,

    /// <summary>The FIFA Connect ID.</summary>
    FifaId = 8,

    /// <summary>The licence number.</summary>
    LicenceNumber = 16,

    /// <summary>The province.</summary>
    Province = 32,
}

/// <summary>
/// Two files of one child made one, by a person. What moved is kept in <see cref="MergeMove"/>, so that it goes back exactly when
/// the merge is undone. At most one merge of a file stands: (<see cref="RetiredId"/>, <see cref="Slot"/>) is unique.
/// </summary>
public sealed class Merge
{
    /// <summary>Longest reason, in characters.</summary>
    public const int WhyMax = DuplicatePair.NoteMax;

    /// <summary>Internal key; merges are ordered by it.</summary>
    public required int Id { get; init; }

    /// <summary>The file that goes on, and whose code is the child's.</summary>
    public required int SurvivorId { get; init; }

    /// <summary>The file that ended; its code leads to the other.</summary>
    public required int RetiredId { get; init; }

    /// <summary>What the surviving file lacked and took over.</summary>
    public required FileParts Filled { get; init; }

    /// <summary>Who merged, by the caller's stable name.</summary>
    public required string MergedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MergedAt { get; init; }

    /// <summary>Why; null when nothing was said.</summary>
    public string? Why { get; init; }

    /// <summary>0 while it stands, the merge's own key once undone.</summary>
    public int Slot { get; private set; }

    /// <summary>Who undid it; null while it stands.</summary>
    public string? SeparatedBy { get; private set; }

    /// <summary>When it was undone; null while it stands.</summary>
    public DateTimeOffset? SeparatedAt { get; private set; }

    /// <summary>Why it was undone; null while it stands.</summary>
    public string? SeparatedWhy { get; private set; }

    /// <summary>True while the two files are one.</summary>
    public bool Stands => Slot == 0;

    /// <summary>Marks the merge as undone.</summary>
    /// <exception cref="InvalidOperationException">It was undone before.</exception>
    public void Undo(string by, string why, DateTimeOffset now)
    {
        if (!Stands) throw new InvalidOperationException("The merge was undone already.");
        (Slot, SeparatedBy, SeparatedWhy, SeparatedAt) = (Id, by, why, now);
    }
}

/// <summary>What a merge moved or changed. Certificates and marks are not among it: they follow their enrollment.</summary>
public enum MovedThing : byte
{
    /// <summary>An enrollment came over. <see cref="MergeMove.RowId"/>: the enrollment.</summary>
    Enrollment = 1,

    /// <summary>An enrollment ended because the child had two in one edition. Before: its status.</summary>
    EndedEnrollment = 2,

    /// <summary>An enrollment had waited for the consent that stood on the other file. Before: its status.</summary>
    ConsentedEnrollment = 3,

    /// <summary>An ended enrollment whose attendance counted for another one. Before: that one.</summary>
    ForwardedEnrollment = 4,

    /// <summary>A consent came over.</summary>
    Consent = 5,

    /// <summary>A guardian came over. RowId: the guardian; Before: position; Extra: relationship.</summary>
    Guardian = 6,

    /// <summary>A guardian of both files. RowId: the guardian; Before: position in the ended file; Extra: relationship.</summary>
    SharedGuardian = 7,

    /// <summary>A file merged earlier, whose code led to the ended file. RowId: that file.</summary>
    Alias = 8,

    /// <summary>A question or an answer about the ended file that was taken over. RowId: the other file; Before: the pair's version.</summary>
    Pair = 9,

    /// <summary>A question about the ended file that nobody need answer now. RowId: the other file; Before: the decision.</summary>
    SetAsidePair = 10,
}

/// <summary>One thing a merge moved, and how it was before.</summary>
public sealed class MergeMove
{
    /// <summary>The merge.</summary>
    public required int MergeId { get; init; }

    /// <summary>What moved.</summary>
    public required MovedThing Thing { get; init; }

    /// <summary>Key of the row.</summary>
    public required int RowId { get; init; }

    /// <summary>How it was before; 0 where nothing changed but the file.</summary>
    public int Before { get; init; }

    /// <summary>A second thing about how it was; 0 where there is none.</summary>
    public int Extra { get; init; }
}
