using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Accepts, refuses or takes back a transfer. The same enrollment moves: certificates and attendance stay with it.</summary>
internal static class AnswerTransfer
{
    internal sealed record Request(
        [property: Description("The transfer's version seen; null when the caller keeps none.")] int? Version,
        [property: Description("With accept: true when the youth may wait if the group is full, and the asking side agreed too.")] bool? MayWait);

    internal sealed record Response(string Transfer, TransferStatus Status, EnrollmentStatus Enrollment, int Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (word, status) in new[] { ("accept", TransferStatus.Accepted), ("refuse", TransferStatus.Refused), ("cancel", TransferStatus.Cancelled) })
        {
            routes.MapPost($"/transfers/{{id}}/{word}", async (string id, Request? request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
                    (await handler.HandleAsync(id, status, request, cancellationToken)).ToHttp(texts, TypedResults.Ok))
                .WithName($"{char.ToUpperInvariant(word[0])}{word[1..]}Transfer").WithSummary($"Answers a transfer: {word}.")
                .Produces<Response>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        }
    }

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, TransferStatus answer, Request? request, CancellationToken cancellationToken)
        {
            await catalog.SnapshotAsync(cancellationToken);
            return await desk.ChangeAsync<Response>((session, token) => DecideAsync(session, id, answer, request, token), cancellationToken);
        }

        private async Task<Result<Response>> DecideAsync(
            WriteSession session, string id, TransferStatus answer, Request? request, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseTransfer(id) ?? 0;
            var sides = await session.Db.Set<Transfer>().Where(row => row.Id == key)
                .Select(row => new { row.FromSiteId, row.ToSiteId }).SingleOrDefaultAsync(cancellationToken);
            if (sides is null) return Error.NotFound("transferNotFound");
            foreach (var site in new[] { sides.FromSiteId, sides.ToSiteId }.Order()) await desk.LockSiteAsync(session, site, cancellationToken);
            var transfer = await session.Db.Set<Transfer>().AsTracking().SingleAsync(row => row.Id == key, cancellationToken);
            if (request?.Version is { } seen && seen != transfer.Version) return EnrollmentDesk.Changed(transfer.Version);
            if (!IsTheirs(transfer, answer)) return Error.Of(ErrorKind.Forbidden, "otherSideAnswers");
            if (transfer.Status != TransferStatus.Asked) return Error.Conflict("transferAnswered");
            var row = await session.Db.Set<Enrollment>().IgnoreQueryFilters().AsTracking().SingleAsync(row => row.Id == transfer.EnrollmentId, cancellationToken);
            if (answer == TransferStatus.Accepted && await MoveAsync(session, transfer, row, request?.MayWait == true, cancellationToken) is { } refusal) return refusal;
            transfer.Decide(answer, caller.Name, time.GetUtcNow());
            await session.Db.SaveChangesAsync(cancellationToken);
            session.Events.Add(new TransferChanged(key, transfer.FromSiteId, transfer.ToSiteId, transfer.Version));
            return new Response(id, transfer.Status, row.Status, transfer.Version);
        }

        /// <summary>The side that did not ask answers, the side that asked takes back; who covers both may do either.</summary>
        private bool IsTheirs(Transfer transfer, TransferStatus answer)
        {
            var giving = caller.Scope.Covers(transfer.FromSiteId, transfer.FromRegionId);
            var receiving = caller.Scope.Covers(transfer.ToSiteId, transfer.ToRegionId);
            var asked = transfer.AskedByReceiver ? receiving : giving;
            var other = transfer.AskedByReceiver ? giving : receiving;
            return answer == TransferStatus.Cancelled ? asked : other;
        }

        private async Task<Error?> MoveAsync(WriteSession session, Transfer transfer, Enrollment row, bool mayWait, CancellationToken cancellationToken)
        {
            if (!row.IsLive || row.SiteId != transfer.FromSiteId) return Error.Conflict("enrollmentEnded");
            var groups = await session.Db.Set<Group>().AsNoTracking()
                .Where(group => group.SiteId == transfer.ToSiteId && group.EditionId == row.EditionId && group.Capacity > 0).OrderBy(group => group.Id).ToListAsync(cancellationToken);
            Group? target = null;
            var hasPlace = false;
            foreach (var group in groups.Where(group => transfer.ToGroupId is null || group.Id == transfer.ToGroupId))
            {
                target ??= group;
                if (!await WaitingList.IsOpenToNewcomersAsync(session, group.Id, cancellationToken)
                    || !SitePlaces.Take(session.Sql, group.Id)) continue;
                (target, hasPlace) = (group, true);
                break;
            }
            if (target is null) return Error.Conflict("noGroup");
            // Whoever asked for the child as the receiving side has agreed to its own waiting list.
            if (!hasPlace && !(transfer.MayWait && (mayWait || transfer.AskedByReceiver))) return Error.Conflict("groupFull");

            var before = Standing.Of(row);
            var consented = hasPlace && await StandingConsents.CoverAsync(session.Db, row, cancellationToken);
            row.MoveTo(target, hasPlace, consented, time.GetUtcNow());
            await session.Db.SaveChangesAsync(cancellationToken);
            desk.Note(session, row, before, EnrollmentAct.Transferred, note: transfer.Reason);
            if (before.HeldPlace) await list.ReleaseAsync(session, before.GroupId, cancellationToken);
            return null;
        }
    }
}
