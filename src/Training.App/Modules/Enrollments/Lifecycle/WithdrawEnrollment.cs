using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Ends an enrollment with a reason; its place goes to the first who waits.</summary>
internal static class WithdrawEnrollment
{
    internal sealed record Request(
        [property: Description("moved, injured, school, familyWish, deceased or other.")] string? Reason,
        [property: Description("In words; needed with other.")] string? Note,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/withdraw", PostAsync).WithName("WithdrawEnrollment")
            .WithSummary("End an enrollment with a reason; its place is offered to the first who waits.")
            .Produces<EnrollmentState>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<EnrollmentState>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var note = WithdrawalReasons.Check(request.Reason, request.Note, faults);
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await desk.ChangeAsync<EnrollmentState>(
                async (session, token) =>
                {
                    var found = await desk.FindAsync(session, id, request.Version, token);
                    if (!found.Succeeded) return found.Error;
                    var row = found.Value;
                    var before = Standing.Of(row);
                    if (!row.Withdraw(request.Reason!, time.GetUtcNow())) return Error.Conflict("enrollmentEnded");
                    await session.Db.SaveChangesAsync(token);
                    desk.Note(session, row, before, EnrollmentAct.Withdrawn, request.Reason, note);
                    await CancelTransferAsync(session, row.Id, token);
                    if (before.HeldPlace) await list.ReleaseAsync(session, row.GroupId, token);
                    return EnrollmentState.Of(row, directory);
                },
                cancellationToken);
        }

        /// <summary>What was asked for a youth who left is asked no more.</summary>
        private async Task CancelTransferAsync(WriteSession session, int enrollmentId, CancellationToken cancellationToken)
        {
            var open = await session.Db.Set<Transfer>().IgnoreQueryFilters().AsTracking()
                .SingleOrDefaultAsync(row => row.EnrollmentId == enrollmentId && row.Slot == 0, cancellationToken);
            if (open is null) return;
            open.Decide(TransferStatus.Cancelled, caller.Name, time.GetUtcNow());
            await session.Db.SaveChangesAsync(cancellationToken);
        }
    }
}
