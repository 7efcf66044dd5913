using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Imports.Matching;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Spreadsheets;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The first step: reads the list once, judges every row and writes the verdicts into the staging file.</summary>
internal sealed class ReadImport(
    IFileStore files, DirectoryCatalog catalog, ImportClaims claims, ImportLayouts layouts, DbContextOptions<TrainingDbContext> options, AppOptions app, TimeProvider time)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(700);

    /// <summary>Where an import's staging file lies.</summary>
    public static string StagingPath(AppOptions app, int importId) =>
        Path.Combine(app.StorageRoot, "imports", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{importId}.db"));

    /// <summary>Reads the list; the import is in preview or refused afterwards.</summary>
    public async Task RunAsync(Import import, CancellationToken cancellationToken)
    {
        var counts = await ReadAsync(import, cancellationToken);
        await claims.ChangeAsync(
            import,
            row =>
            {
                (row.Choice, row.IsChoiceRemembered) = (import.Choice, import.IsChoiceRemembered);
                (row.Rows, row.New, row.Matched, row.AlreadyEnrolled) = (counts.Rows, counts.New, counts.Matched, counts.AlreadyEnrolled);
                (row.PossibleDuplicates, row.Refused, row.LastRow) = (counts.PossibleDuplicates, counts.Refused, counts.LastRow);
                row.ReadShare = 1;
                row.Problem = counts.Problem;
                row.Status = counts.Problem is null ? ImportStatus.Preview : counts.IsUnclear ? ImportStatus.NeedsMapping : ImportStatus.Refused;
            },
            cancellationToken);
    }

    private async Task<ReadCounts> ReadAsync(Import import, CancellationToken cancellationToken)
    {
        try
        {
            if (import.Choice is null && await layouts.RecallAsync(import, cancellationToken) is { } remembered)
                (import.Choice, import.IsChoiceRemembered) = (remembered.ToText(), true);
            return await StageAsync(import, report: true, cancellationToken);
        }
        catch (WorkbookException unreadable)
        {
            return new ReadCounts { Problem = unreadable.Code };
        }
    }

    /// <summary>Makes the staging file and counts; used again when a staging file was lost.</summary>
    /// <param name="import">The import.</param>
    /// <param name="report">True to show progress on the way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReadCounts> StageAsync(Import import, bool report, CancellationToken cancellationToken)
    {
        var counts = new ReadCounts();
        var path = StagingPath(app, import.Id);
        using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
        if (ListProblem.Of(sheet, import.Choice is not null) is { } problem) return counts with { Problem = problem.Code, IsUnclear = problem.IsUnclear };

        var directory = await catalog.SnapshotAsync(cancellationToken);
        var reader = ReaderOf(import, sheet, directory);
        var places = new ListedPlaces();
        var people = new ListedPeople(new PersonMatcher(new NameCache()));
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        using var staging = Staging.Create(unfinished);
        staging.Keep(sheet.Columns);
        var reported = System.Diagnostics.Stopwatch.GetTimestamp();
        await foreach (var portion in RowsAhead.ReadAsync(sheet, reader, cancellationToken))
        {
            foreach (var (number, row) in portion.Rows)
            {
                if (++counts.Rows > ImportSheet.RowsMax) return counts with { Problem = "tooManyRows" };
                counts.LastRow = number;
                Judge(row, number, people, places, staging, counts);
            }
            if (!report || System.Diagnostics.Stopwatch.GetElapsedTime(reported) < ProgressEvery) continue;
            reported = System.Diagnostics.Stopwatch.GetTimestamp();
            var share = portion.Share * 0.9;
            if (!await claims.ChangeAsync(import, row => (row.Rows, row.Refused, row.ReadShare) = (counts.Rows, counts.Refused, share), cancellationToken))
                throw new OperationCanceledException("Another worker has the import in hand.");
        }
        if (counts.Rows == 0) return counts with { Problem = "noRows" };
        await MeetAsync(import, people, places, staging, counts, cancellationToken);
        staging.Keep(places);
        Staging.Complete(staging, unfinished, path);
        counts.New = counts.Rows - counts.Refused - counts.PossibleDuplicates - counts.Matched - counts.AlreadyEnrolled;
        return counts;
    }

    /// <summary>Reads the list's rows as its uploader may use the directory, and as it writes its dates.</summary>
    public RowReader ReaderOf(Import import, ImportSheet sheet, DirectorySnapshot directory) => new(
        sheet.Columns, ImportPlaces.Of(import, directory), directory.Edition(import.EditionId), DayOf(import), DateOrder.IsMonthFirst(files, import));

    /// <summary>The day by which rows are judged: a list that is done keeps the answers of its own day, when its edition has ended too.</summary>
    private DateOnly DayOf(Import import) => import.DoneAt is { } done ? DateOnly.FromDateTime(done.ToLocal()) : time.Today();

    private static void Judge(ReadRow row, int number, ListedPeople people, ListedPlaces places, Staging staging, ReadCounts counts)
    {
        if (row.Registration is not { } registration)
        {
            staging.Note(new Verdict(number, RowState.Refused, 0), row.Faults);
            counts.Refused++;
            return;
        }
        var (likeness, earlier) = people.Add(number, registration);
        var place = likeness == Likeness.Same ? 0 : places.Add(number, row.Site!.Id, row.GroupName);
        if (likeness == Likeness.Different)
        {
            places.Count(number, 1);
            return;
        }
        if (likeness == Likeness.Same)
        {
            staging.Note(new Verdict(number, RowState.Refused, 0), [new RowFault(null, "repeatedRow", RowFact(earlier))]);
            counts.Refused++;
        }
        else
        {
            // What is known elsewhere may still say more: see MeetAsync.
            staging.Note(new Verdict(number, RowState.PossibleDuplicate, 0, place), [AlikeInFile(earlier)]);
            counts.PossibleDuplicates++;
            counts.AlikeInFile.Add(number, earlier);
        }
    }

    private static RowFault AlikeInFile(int earlier) => new(null, "possibleDuplicateInFile", RowFact(earlier));

    private static Dictionary<string, object?> RowFact(int row) => new() { ["row"] = row };

    /// <summary>Compares the rows with everybody who has a file already.</summary>
    private async Task MeetAsync(Import import, ListedPeople people, ListedPlaces places, Staging staging, ReadCounts counts, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var found = new Dictionary<int, (Likeness Likeness, int Participant)>();
        var disputed = new HashSet<int>();
        var known = new KnownPeople(db, people.Names);
        await foreach (var (person, phones, _) in known.MeetingAsync(people, cancellationToken))
        {
            foreach (var index in people.Candidates(person, phones))
            {
                var likeness = people.Compare(index, person, phones);
                if (likeness == Likeness.Different) continue;
                var row = people.All[index].Key;
                var before = found.GetValueOrDefault(row);
                if (likeness == Likeness.Same && before.Likeness == Likeness.Same && before.Participant != person.Key)
                {
                    // Several files of one child: only a person can say which.
                    found[row] = (Likeness.Possible, before.Participant);
                    disputed.Add(row);
                }
                else if (likeness > before.Likeness && !disputed.Contains(row))
                    found[row] = (likeness, person.Key);
            }
        }
        var enrolled = await KnownPeople.EnrolledAtAsync(
            db, import.EditionId, [.. found.Values.Where(entry => entry.Likeness == Likeness.Same).Select(entry => entry.Participant)], cancellationToken);
        var taken = new HashSet<int>();
        foreach (var (row, (likeness, participant)) in found.OrderBy(entry => entry.Key))
        {
            var alike = counts.AlikeInFile.TryGetValue(row, out var earlier);
            if (alike) counts.PossibleDuplicates--;
            else places.Count(row, -1);
            if (likeness == Likeness.Possible)
            {
                var inQuestion = new RowFault(null, "possibleDuplicate");
                staging.Note(new Verdict(row, RowState.PossibleDuplicate, participant, places.NumberOf(row)), alike ? [AlikeInFile(earlier), inQuestion] : [inQuestion]);
                counts.PossibleDuplicates++;
            }
            else if (enrolled.TryGetValue(participant, out var site) && site != places.SiteOf(row))
            {
                staging.Note(new Verdict(row, RowState.EnrolledElsewhere, participant), [new RowFault(null, "enrolledElsewhere")]);
                counts.AlreadyEnrolled++;
            }
            else if (enrolled.ContainsKey(participant) || !taken.Add(participant))
            {
                staging.Note(new Verdict(row, RowState.AlreadyEnrolled, participant), []);
                counts.AlreadyEnrolled++;
            }
            else
            {
                staging.Note(new Verdict(row, RowState.Matched, participant), []);
                places.Count(row, 1);
                counts.Matched++;
            }
        }
    }
}

/// <summary>What a reading found.</summary>
internal sealed record ReadCounts
{
    public int Rows { get; set; }

    public int New { get; set; }

    public int Matched { get; set; }

    public int AlreadyEnrolled { get; set; }

    public int PossibleDuplicates { get; set; }

    public int Refused { get; set; }

    /// <summary>The last row, as the user sees it.</summary>
    public int LastRow { get; set; }

    /// <summary>Why the list cannot be used; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>True when a person can help: the columns are unclear.</summary>
    public bool IsUnclear { get; init; }

    /// <summary>Rows that look like an earlier row of the same list, with that one.</summary>
    public Dictionary<int, int> AlikeInFile { get; } = [];
}
