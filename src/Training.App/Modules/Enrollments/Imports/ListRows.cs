using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The rows of a list by what is to become of them, as they were understood: what a person looks at before the word is given. Read
/// from the stored list each time, so that nothing of it is kept twice.
/// </summary>
internal static class ListRows
{
    /// <summary>Rows of one part.</summary>
    public const int PartSize = 20;

    /// <summary>The kind of rows in question that nobody has decided.</summary>
    public const string Undecided = "undecided";

    private static readonly Dictionary<string, RowState> Kinds = new()
    {
        ["new"] = RowState.New,
        ["matched"] = RowState.Matched,
        ["alreadyEnrolled"] = RowState.AlreadyEnrolled,
        ["enrolledElsewhere"] = RowState.EnrolledElsewhere,
        ["possibleDuplicate"] = RowState.PossibleDuplicate,
        [Undecided] = RowState.PossibleDuplicate,
        ["refused"] = RowState.Refused,
    };

    /// <param name="Row">The row as the user sees it in the file.</param>
    /// <param name="Name">Name in Latin letters, or the full name as written; null when the list has none.</param>
    /// <param name="NameAr">Name in Arabic letters; null when the list has none.</param>
    /// <param name="GivenName">Given name as understood, in Latin letters; null when none.</param>
    /// <param name="FamilyName">Family name as understood, in Latin letters; null when none.</param>
    /// <param name="GivenNameAr">Given name as understood, in Arabic letters; null when none.</param>
    /// <param name="FamilyNameAr">Family name as understood, in Arabic letters; null when none.</param>
    /// <param name="BirthDate">Birth date as understood; null when the cell is empty or no date.</param>
    /// <param name="BirthDateWritten">Birth date as written; null when the cell is empty.</param>
    /// <param name="Sex">Sex as understood; null when it was not.</param>
    /// <param name="Site">Code of the row's site; null when it could not be read.</param>
    /// <param name="Group">The group that the row names; null when it names none.</param>
    /// <param name="Known">The child the row is, or may be; null when none.</param>
    /// <param name="AlikeRow">An earlier row of the same list that may be the same child; null when none.</param>
    /// <param name="Decision">What somebody decided; null when nobody has.</param>
    /// <param name="Faults">Why the row is refused, in question or enrolled elsewhere; empty for the others.</param>
    internal sealed record Item(
        int Row, string? Name, string? NameAr, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly? BirthDate,
        string? BirthDateWritten, Sex? Sex, string? Site, string? Group, KnownChild? Known, int? AlikeRow, RowDecision? Decision, IReadOnlyList<GetImport.Refusal> Faults);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name, or initials outside the caller's scope.</param>
    /// <param name="NameAr">Arabic name; null outside the caller's scope or when unknown.</param>
    /// <param name="BirthDate">Birth date; null outside the caller's scope.</param>
    /// <param name="BirthYear">Birth year.</param>
    /// <param name="InScope">True when the caller may open the file.</param>
    internal sealed record KnownChild(string Participant, string? Name, string? NameAr, DateOnly? BirthDate, int BirthYear, bool InScope);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}/rows", GetAsync).WithName("ListImportRows").WithSummary("The rows of an import by what is to become of them.")
            .WithDescription("In parts of 20, as they were understood. A known child outside the caller's perimeter shows initials and birth year only.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(
        string id, [Description("new, matched, alreadyEnrolled, enrolledElsewhere, possibleDuplicate, undecided or refused.")] string? state, string? cursor,
        Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, state, cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        ReadDb db, StagedLists lists, ReadImport reading, KnownChildren children, DirectoryCatalog catalog, IFileStore files, Texts texts)
    {
        /// <summary>One part of one kind.</summary>
        public async Task<Result<ItemList<Item>>> HandleAsync(string id, string? state, string? cursor, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrEmpty(state)) faults.Add("state", "missing");
            else if (!Kinds.ContainsKey(state)) faults.Add("state", "unknownValue");
            var after = 0;
            if (!string.IsNullOrEmpty(cursor) && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)) faults.Add("cursor", "unknownValue");
            if (!faults.None) return faults.ToError();
            var found = await ReadAsync(id, [(state!, PartSize)], after, cancellationToken);
            return found.Succeeded ? found.Value[state!] : found.Error;
        }

        /// <summary>The first rows of several kinds, in one pass through the list.</summary>
        /// <param name="id">The import.</param>
        /// <param name="kinds">Each kind with the most rows wanted.</param>
        /// <param name="cancellationToken">Gives up.</param>
        public Task<Result<Dictionary<string, ItemList<Item>>>> FirstAsync(string id, IReadOnlyList<(string Kind, int Most)> kinds, CancellationToken cancellationToken) =>
            ReadAsync(id, kinds, after: 0, cancellationToken);

        private async Task<Result<Dictionary<string, ItemList<Item>>>> ReadAsync(
            string id, IReadOnlyList<(string Kind, int Most)> kinds, int after, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            using var staging = await lists.OpenAsync(import, cancellationToken);
            if (staging is null) return Error.Conflict("importNotReady");

            var decisions = await db.Set<ImportDecision>().Where(row => row.ImportId == key).ToDictionaryAsync(row => row.Row, cancellationToken);
            var directory = await catalog.SnapshotAsync(cancellationToken);
            // One more than wanted says whether another part follows.
            var wanted = kinds.ToDictionary(kind => kind.Kind, kind => Verdicts(import, staging, directory, decisions, kind.Kind, after, kind.Most + 1));
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            var verdicts = wanted.SelectMany(kind => kind.Value.Take(kinds.First(asked => asked.Kind == kind.Key).Most)).DistinctBy(verdict => verdict.Row).OrderBy(verdict => verdict.Row);
            var rows = Rows(import, staging, sheet, directory).Read(verdicts, decisions).ToDictionary(row => row.Verdict.Row);
            var known = await children.ShowAsync([.. rows.Values.Select(row => row.Verdict.ParticipantId).Where(child => child != 0).Distinct()], cancellationToken);
            return kinds.ToDictionary(
                kind => kind.Kind,
                kind =>
                {
                    var part = wanted[kind.Kind].Take(kind.Most).Select(verdict => rows[verdict.Row].Item with { Known = known.GetValueOrDefault(verdict.ParticipantId) }).ToList();
                    return new ItemList<Item>(part, wanted[kind.Kind].Count > kind.Most ? part[^1].Row.ToString(CultureInfo.InvariantCulture) : null);
                });
        }

        private List<Verdict> Verdicts(
            Import import, Staging staging, DirectorySnapshot directory, Dictionary<int, ImportDecision> decisions, string kind, int after, int atMost)
        {
            var state = Kinds[kind];
            if (kind == Undecided) return [.. staging.Verdicts(state, after, null).Where(verdict => !decisions.ContainsKey(verdict.Row)).Take(atMost)];
            // A row that somebody decided is what was said of it.
            var decided = decisions.Values.Where(decision => decision.Row > after && StateOf(decision) == state)
                .Select(decision => staging.Find(decision.Row)).OfType<Verdict>();
            if (state != RowState.New) return [.. staging.Verdicts(state, after, atMost).Concat(decided).OrderBy(verdict => verdict.Row).Take(atMost)];
            using var sheet = ImportSheet.Open(files, import.FileHash, SheetChoice.Of(import.Choice));
            return [.. Rows(import, staging, sheet, directory).New(after, atMost).Concat(decided).OrderBy(verdict => verdict.Row).Take(atMost)];
        }

        private static RowState StateOf(ImportDecision decision) => (decision.Decision, decision.Enrolled) switch
        {
            (RowDecision.Another, _) => RowState.New,
            (RowDecision.Repeated, _) => RowState.Refused,
            (_, AlreadyEnrolled.Here) => RowState.AlreadyEnrolled,
            (_, AlreadyEnrolled.Elsewhere) => RowState.EnrolledElsewhere,
            _ => RowState.Matched,
        };

        private ShownRows Rows(Import import, Staging staging, ImportSheet sheet, DirectorySnapshot directory) => new(
            sheet, staging, reading.ReaderOf(import, sheet, directory), directory, texts);
    }
}
