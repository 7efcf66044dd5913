namespace Training.Domain.Enrollments;

/// <summary>Where an import stands. The names are public (<c>GET /api/imports/{id}</c>).</summary>
public enum ImportStatus : byte
{
    /// <summary>The file is being read and checked; nothing is registered yet.</summary>
    Reading = 1,

    /// <summary>The columns are unclear; a person must say which is which.</summary>
    NeedsMapping = 2,

    /// <summary>Read and checked; waits for a person's word.</summary>
    Preview = 3,

    /// <summary>The good rows are being registered.</summary>
    Committing = 4,

    /// <summary>Every good row is registered.</summary>
    Done = 5,

    /// <summary>The file cannot be used at all.</summary>
    Refused = 6,

    /// <summary>What it registered was withdrawn again.</summary>
    Undone = 7,

    /// <summary>What it registered is being withdrawn.</summary>
    Undoing = 8,

    /// <summary>Given up by a person before anything was registered.</summary>
    Dropped = 9,
}

/// <summary>
/// A club's list on its way in. The uploaded file is kept by its hash; what was understood of each row lies in a staging file
/// that can be made again from it; what is registered is counted here, in the same transaction as the rows themselves, so a killed
/// import goes on where it stopped.
/// </summary>
public sealed class Import
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The edition the youths are registered in.</summary>
    public required int EditionId { get; init; }

    /// <summary>
    /// The site whose people see this import, and of every row. Null for a list of several sites, which its uploader sees and those
    /// who see <see cref="RegionId"/> or the nation.
    /// </summary>
    public int? SiteId { get; init; }

    /// <summary>Region of <see cref="SiteId"/>, or the only one of the uploader; null for an import of several regions or of the nation.</summary>
    public int? RegionId { get; init; }

    /// <summary>True when each row must name its site.</summary>
    public bool SiteInFile { get; init; }

    /// <summary>What the uploader could see when the file came, in the text form of the access scope: rows of other sites are refused.</summary>
    public string UploaderScope { get; init; } = "";

    /// <summary>Who last had it registered, by the caller's stable name; null when nobody has.</summary>
    public string? ConfirmedBy { get; set; }

    /// <summary>What that person could see then, in the text form of the access scope: rows of other sites fall. Null when nobody has.</summary>
    public string? ConfirmerScope { get; set; }

    /// <summary>Who uploaded it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>The file's name as uploaded, shown to its owner only.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal; where it lies in the file store.</summary>
    public required string FileHash { get; init; }

    /// <summary>Language of the uploader, for messages: <c>ar</c>, <c>fr</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Where it stands.</summary>
    public ImportStatus Status { get; set; } = ImportStatus.Reading;

    /// <summary>Data rows read so far.</summary>
    public int Rows { get; set; }

    /// <summary>Rows that will be (or were) registered as new participants.</summary>
    public int New { get; set; }

    /// <summary>Rows of a child already known, to be (or that was) enrolled.</summary>
    public int Matched { get; set; }

    /// <summary>Rows of a child already enrolled in this edition: nothing to do.</summary>
    public int AlreadyEnrolled { get; set; }

    /// <summary>Rows that look like another child and wait for a person's decision.</summary>
    public int PossibleDuplicates { get; set; }

    /// <summary>Rows refused.</summary>
    public int Refused { get; set; }

    /// <summary>
    /// The last row of the file, as the user sees it, up to which every good row is registered; changed in the transaction of these
    /// registrations. It does not depend on what was found elsewhere, so a staging file made anew continues at the right row.
    /// </summary>
    public int CommittedThrough { get; set; }

    /// <summary>The last row of the file, as the user sees it; 0 until it was read through.</summary>
    public int LastRow { get; set; }

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double ReadShare { get; set; }

    /// <summary>Which worker has it in hand; null when none.</summary>
    public Guid? ClaimToken { get; set; }

    /// <summary>Until when that worker is believed to be alive; null when nobody has it in hand.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>How often work on it broke since it last went forward.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the file cannot be used, a stable code; null when it can.</summary>
    public string? Problem { get; set; }

    /// <summary>
    /// What a person said of unclear columns, as the application writes it; null when the list speaks for itself. It names columns and
    /// sheets, never what stands in a row.
    /// </summary>
    public string? Choice { get; set; }

    /// <summary>True when <see cref="Choice"/> was remembered from an earlier list of the site.</summary>
    public bool IsChoiceRemembered { get; set; }

    /// <summary>When it was uploaded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it reached <see cref="ImportStatus.Done"/>; null before.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>True when only the rows are registered that somebody decided after the list was done.</summary>
    public bool DecidedOnly { get; set; }

    /// <summary>Enrollments that the undo has withdrawn so far.</summary>
    public int Withdrawn { get; set; }

    /// <summary>Enrollments that the undo left alone, because they were used since; 0 while it goes on.</summary>
    public int Kept { get; set; }

    /// <summary>Who asked for the undo, by the caller's stable name; null when nobody has.</summary>
    public string? UndoneBy { get; set; }

    /// <summary>When the undo ended; null before.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>When its file and what was found in it were removed, by a rule or for a child's sake; null while they are kept.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }

    /// <summary>True while the uploaded file is kept: not once it was given up or forgotten.</summary>
    public bool HasFile => Status != ImportStatus.Dropped && ForgottenAt is null;

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Has the list read once more, by what a person said of its columns; nothing is registered yet.</summary>
    /// <param name="choice">What was said.</param>
    public void ReadAgain(string choice)
    {
        (Choice, IsChoiceRemembered) = (choice, false);
        (Rows, New, Matched, AlreadyEnrolled, PossibleDuplicates, Refused) = (0, 0, 0, 0, 0, 0);
        (ReadShare, Attempts, LastRow, Problem) = (0, 0, 0, null);
        (ClaimToken, ClaimedUntil) = (null, null);
        Status = ImportStatus.Reading;
        Version++;
    }

    /// <summary>0 to 1: how far the present step has come, as shown to a person.</summary>
    public double Progress => Status switch
    {
        ImportStatus.Committing => LastRow == 0 ? 0 : Math.Min(1, (double)CommittedThrough / LastRow),
        ImportStatus.Reading => ReadShare,
        ImportStatus.Undoing => New + Matched == 0 ? 0 : Math.Min(1, (double)Withdrawn / (New + Matched)),
        _ => 1,
    };
}
