using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>How far an import has come, and what it found.</summary>
internal static class GetImport
{
    /// <summary>Most refusals shown with the import; all of them are in the refused rows.</summary>
    public const int RefusalsShown = 200;

    /// <param name="Row">The row as the user sees it in the file.</param>
    /// <param name="Column">The user's own heading; null when the row as a whole is at fault.</param>
    /// <param name="Field">Our name of the column; null likewise.</param>
    /// <param name="Code">Stable code.</param>
    /// <param name="Message">The same in the reader's language.</param>
    internal sealed record Refusal(int Row, string? Column, string? Field, string Code, string Message);

    /// <param name="Code">Stable code.</param>
    /// <param name="Message">The same in the reader's language.</param>
    /// <param name="Columns">Missing columns by our names; null when none is missing.</param>
    internal sealed record ImportProblem(string Code, string Message, IReadOnlyList<string>? Columns);

    /// <summary>
    /// <c>alreadyEnrolled</c> counts <c>enrolledElsewhere</c> too: children enrolled at another site, whose rows come back.
    /// <c>waitlisted</c>: children who only wait for a place; before the commit by the places free now. <c>site</c> is null for a list
    /// that names its sites. <c>decided</c>: rows that somebody decided and that can still be decided otherwise.
    /// </summary>
    internal sealed record Response(
        string Id, string File, ImportStatus Status, double Progress, int Rows, int New, int Matched, int AlreadyEnrolled, int PossibleDuplicates, int Refused,
        ImportProblem? Problem, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt, IReadOnlyList<Refusal> Refusals,
        Earlier? SameFileAs, DateTimeOffset? UndoUntil, int WaitingDecisions, int Withdrawn, IReadOnlyList<Kept> Kept,
        ReadMapping.Mapping? Mapping, bool MappingRemembered, string? Site, int EnrolledElsewhere, int Waitlisted, int KeptCount, int Decided);

    /// <summary>The same file was registered before, for the same edition and site.</summary>
    internal sealed record Earlier(string Id, DateTimeOffset DoneAt);

    /// <summary>An enrollment that an undo left alone, because it was used since.</summary>
    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name, or initials outside the caller's scope.</param>
    /// <param name="NameAr">Arabic name; null outside the caller's scope or when unknown.</param>
    /// <param name="InScope">True when the caller may open the child's file.</param>
    /// <param name="Reason">merged, withdrawn, transferred, certificate, marked, transferAsked or changed.</param>
    internal sealed record Kept(string Enrollment, string Participant, string? Name, string? NameAr, bool InScope, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id}", GetAsync).WithName("GetImport").WithSummary("How far an import has come, and its refused rows.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, ReadMapping mappings, StagedLists lists, PlacesAhead places, KeptEnrollments kept, DirectoryCatalog catalog, Caller caller, AppOptions app, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var import = await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (import is null) return Error.NotFound("importNotFound");
            var decided = await db.Set<ImportDecision>().Where(row => row.ImportId == key).ToListAsync(cancellationToken);
            using var staging = await lists.OpenAsync(import, cancellationToken);
            return Show(import) with
            {
                Site = import.SiteId is { } site ? (await catalog.SnapshotAsync(cancellationToken)).Site(site).Code : null,
                Refusals = staging is null ? [] : Refusals(import, staging, decided.ToDictionary(row => row.Row)),
                EnrolledElsewhere = (staging?.CountOf(RowState.EnrolledElsewhere) ?? 0) + decided.Count(row => row.Enrolled == AlreadyEnrolled.Elsewhere),
                Waitlisted = await WaitlistedAsync(import, staging, decided, cancellationToken),
                SameFileAs = await EarlierAsync(import, cancellationToken),
                WaitingDecisions = decided.Count(row => row.IsWaiting),
                Decided = decided.Count(row => row.AppliedAt is null),
                Kept = import.Kept == 0 ? [] : await kept.ListAsync(key, RefusalsShown, cancellationToken),
                Mapping = await MappingAsync(import, cancellationToken),
            };
        }

        /// <summary>What a person is asked, with examples: only for those who may answer.</summary>
        private async Task<ReadMapping.Mapping?> MappingAsync(Import import, CancellationToken cancellationToken) =>
            import.Status == ImportStatus.NeedsMapping && ImportReach.Covers(caller, import, await catalog.SnapshotAsync(cancellationToken)) ? mappings.Read(import) : null;

        private async Task<Earlier?> EarlierAsync(Import import, CancellationToken cancellationToken)
        {
            var row = await db.Set<Import>()
                .Where(row => row.FileHash == import.FileHash && row.EditionId == import.EditionId && row.SiteId == import.SiteId && row.Id < import.Id && row.Status == ImportStatus.Done)
                .OrderByDescending(row => row.Id).Select(row => new { row.Id, row.DoneAt }).FirstOrDefaultAsync(cancellationToken);
            return row?.DoneAt is { } done ? new Earlier(OpaqueId.Import(row.Id), done) : null;
        }

        private async Task<int> WaitlistedAsync(Import import, Staging? staging, List<ImportDecision> decided, CancellationToken cancellationToken) => import.Status switch
        {
            ImportStatus.Preview when staging is not null => await places.CountWaitingAsync(
                import, staging, decided.Where(row => row.IsWaiting).Select(row => row.Row), cancellationToken),
            ImportStatus.Done => await db.Set<Enrollment>()
                .CountAsync(row => row.ImportId == import.Id && row.Slot == 0 && row.Status == EnrollmentStatus.Waitlisted, cancellationToken),
            _ => 0,
        };

        private List<Refusal> Refusals(Import import, Staging staging, Dictionary<int, ImportDecision> decided)
        {
            var columns = staging.Columns(SheetChoice.Of(import.Choice));
            return [.. staging.Returned(decided).Take(RefusalsShown).Select(fault => new Refusal(
                fault.Row, ColumnOf(columns, fault.Field), fault.Field, fault.Code, texts.Error(fault.Code, fault.Facts)))];
        }

        private Response Show(Import import) => new(
            OpaqueId.Import(import.Id), import.FileName, import.Status, Math.Round(import.Progress, 3), import.Rows, import.New, import.Matched, import.AlreadyEnrolled,
            import.PossibleDuplicates, import.Refused, ProblemOf(import.Problem, texts), import.CreatedAt, import.DoneAt, [],
            null, UndoImport.Until(import, app), 0, import.Withdrawn, [], null, import.IsChoiceRemembered, null, 0, 0, import.Kept, 0);
    }

    /// <summary>The user's heading of a field; null when the file has no such column.</summary>
    internal static string? ColumnOf(HeaderMap columns, string? field) =>
        field is not null && Enum.TryParse<ImportField>(field, ignoreCase: true, out var known) ? columns.HeadingOf(known) : null;

    /// <summary>A stored problem: a code, and after a colon the columns it is about.</summary>
    internal static ImportProblem? ProblemOf(string? problem, Texts texts)
    {
        if (problem is null) return null;
        var parts = problem.Split(':');
        var columns = parts.Length > 1 ? parts[1].Split(',') : null;
        return new ImportProblem(parts[0], texts.Error(parts[0], columns is null ? null : FactsOf(columns, texts)), columns);
    }

    /// <summary>Missing columns in the reader's words.</summary>
    internal static Dictionary<string, object?> FactsOf(IEnumerable<string> columns, Texts texts) =>
        new() { ["columns"] = string.Join(Languages.Current == "ar" ? "، " : ", ", columns.Select(column => texts[$"errors.column.{column}"])) };
}
