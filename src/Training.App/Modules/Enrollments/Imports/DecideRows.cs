using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Imports.Matching;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// A person's word about rows that may be a child already known. It can be changed until it is carried out, by the commit; for a list
/// that is done, by a second one.
/// </summary>
internal static class DecideRows
{
    /// <summary>Most rows in one request.</summary>
    public const int RowsMax = 500;

    internal sealed record Request(IReadOnlyList<Row>? Decisions)
    {
        /// <summary>One word for many rows; a row that is like an earlier one of the list is then that row again.</summary>
        /// <param name="known">Rows that may be a known child.</param>
        /// <param name="alike">Rows that may be an earlier row of the list.</param>
        /// <param name="decision">The word.</param>
        public static Request ForAll(IEnumerable<int> known, IEnumerable<int> alike, RowDecision decision) => new(
            [
                .. known.Select(row => new Row(row, decision)),
                .. alike.Select(row => new Row(row, decision == RowDecision.Same ? RowDecision.Repeated : decision)),
            ]);
    }

    internal sealed record Row(
        [property: Description("The row as the user sees it in the file.")] int? Number,
        [property: Description("another: a child of its own; same: the known child shown with the row; repeated: an earlier row of the list again.")] RowDecision? Decision);

    /// <summary>
    /// The counts now; <c>waiting</c>: rows that wait for a commit because of a decision. A row that is said to be a child enrolled
    /// already counts as <c>alreadyEnrolled</c>.
    /// </summary>
    internal sealed record Response(int New, int Matched, int AlreadyEnrolled, int PossibleDuplicates, int Refused, int Waiting);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/imports/{id}/decisions", PostAsync).WithName("DecideImportRows").WithSummary("Decide rows that may be a known child.")
            .WithDescription("In the preview and after the end; a decision counts with the next commit and can be changed until then.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, StagedLists lists, IWriteGate gate, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseImport(id) is not { } key) return Error.NotFound("importNotFound");
            var rows = request.Decisions ?? [];
            if (await db.Set<Import>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is not { } shown) return Error.NotFound("importNotFound");
            using var staging = await lists.OpenAsync(shown, cancellationToken);
            if (Check(rows, staging) is { } fault) return fault;
            var verdicts = rows.ToDictionary(row => row.Number!.Value, row => staging?.Find(row.Number!.Value));
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync(caller.Scope, async (session, token) =>
            {
                var import = await session.Db.Set<Import>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                if (import is null) return Error.NotFound("importNotFound");
                if (!ImportReach.Covers(caller, import, directory)) return Error.Of(ErrorKind.Forbidden, "importNotYours");
                if (import.Status is not (ImportStatus.Preview or ImportStatus.Done)) return Error.Conflict("importNotReady");
                var numbers = verdicts.Keys.ToArray();
                var known = await session.Db.Set<ImportDecision>().AsTracking().Where(row => row.ImportId == key && numbers.Contains(row.Row)).ToDictionaryAsync(row => row.Row, token);
                var enrolled = await EnrolledAsync(session, import, staging!, [.. verdicts.Values.Select(verdict => verdict!.Value)], token);
                foreach (var row in rows)
                {
                    var refused = Take(session, import, row, verdicts[row.Number!.Value]!.Value, enrolled, known.GetValueOrDefault(row.Number.Value));
                    if (refused is not null) return refused;
                }
                import.Version++;
                await session.Db.SaveChangesAsync(token);
                var waiting = await session.Db.Set<ImportDecision>().CountAsync(
                    row => row.ImportId == key && row.AppliedAt == null && row.Decision != RowDecision.Repeated && row.Enrolled == AlreadyEnrolled.No, token);
                return (Result<Response>)new Response(import.New, import.Matched, import.AlreadyEnrolled, import.PossibleDuplicates, import.Refused, waiting);
            }, cancellationToken);
        }

        private static Error? Check(IReadOnlyList<Row> rows, Staging? staging)
        {
            var faults = new Faults();
            if (rows.Count == 0) faults.Add("decisions", "missing");
            if (rows.Count > RowsMax) faults.Add("decisions", "tooMany", ("max", RowsMax));
            for (var i = 0; faults.None && i < rows.Count; i++)
            {
                if (rows[i]?.Number is not { } number) faults.Add($"decisions[{i}].number", "missing");
                else if (rows[i].Decision is not { } decision) faults.Add($"decisions[{i}].decision", "missing");
                else if (rows.Take(i).Any(row => row.Number == number)) faults.Add($"decisions[{i}].number", "twice");
                else if (staging?.Find(number) is not { State: RowState.PossibleDuplicate } verdict) faults.Add($"decisions[{i}].number", "rowNotInQuestion");
                else if (decision == RowDecision.Same && verdict.ParticipantId == 0) faults.Add($"decisions[{i}].decision", "noKnownChild");
            }
            return faults.None ? null : faults.ToError();
        }

        /// <summary>Which rows' known children are enrolled already, and whether where the row would have them.</summary>
        private static async Task<Dictionary<int, AlreadyEnrolled>> EnrolledAsync(
            WriteSession session, Import import, Staging staging, IReadOnlyList<Verdict> verdicts, CancellationToken cancellationToken)
        {
            var sites = await KnownPeople.EnrolledAtAsync(
                session.Db, import.EditionId, [.. verdicts.Select(verdict => verdict.ParticipantId).Where(child => child != 0)], cancellationToken);
            if (sites.Count == 0) return [];
            var places = staging.Places();
            return verdicts.Where(verdict => sites.ContainsKey(verdict.ParticipantId)).ToDictionary(
                verdict => verdict.Row,
                verdict =>
                {
                    var own = places.TryGetValue(verdict.Place, out var place) ? place.SiteId : import.SiteId;
                    return own is null || own == sites[verdict.ParticipantId] ? AlreadyEnrolled.Here : AlreadyEnrolled.Elsewhere;
                });
        }

        private Error? Take(
            WriteSession session, Import import, Row asked, Verdict verdict, Dictionary<int, AlreadyEnrolled> enrolledRows, ImportDecision? before)
        {
            if (before?.AppliedAt is not null)
                return Error.Conflict("rowDecided") with { Facts = new Dictionary<string, object?> { ["row"] = verdict.Row } };
            var child = asked.Decision == RowDecision.Same ? verdict.ParticipantId : (int?)null;
            var enrolled = child is null ? AlreadyEnrolled.No : enrolledRows.GetValueOrDefault(verdict.Row);
            Count(import, before?.Decision, before?.Enrolled, -1);
            Count(import, asked.Decision, enrolled, 1);
            if (before is not null)
            {
                (before.Decision, before.ParticipantId, before.Enrolled) = (asked.Decision!.Value, child, enrolled);
                (before.DecidedBy, before.DecidedAt) = (caller.Name, time.GetUtcNow());
                return null;
            }
            session.Db.Add(new ImportDecision
            {
                ImportId = import.Id, Row = verdict.Row, Decision = asked.Decision!.Value, ParticipantId = child, Enrolled = enrolled, DecidedBy = caller.Name,
                DecidedAt = time.GetUtcNow(),
            });
            return null;
        }

        /// <summary>Moves a row between the counts of the import.</summary>
        private static void Count(Import import, RowDecision? decision, AlreadyEnrolled? enrolled, int by)
        {
            switch (decision)
            {
                case RowDecision.Another: import.New += by; break;
                case RowDecision.Same when enrolled is AlreadyEnrolled.Here or AlreadyEnrolled.Elsewhere: import.AlreadyEnrolled += by; break;
                case RowDecision.Same: import.Matched += by; break;
                case RowDecision.Repeated: import.Refused += by; break;
                case null: import.PossibleDuplicates += by; break;
            }
        }
    }
}
