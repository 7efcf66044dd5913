using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Records the family's word on an offered place: taken, or let go to the next.</summary>
internal static class AnswerOffer
{
    internal sealed record Request([property: Description("The version seen; null when the caller keeps none.")] int? Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/enrollments/{id}/offer/accept", AcceptAsync).WithName("AcceptOffer").WithSummary("The family takes the offered place.")
            .Produces<EnrollmentState>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/enrollments/{id}/offer/decline", DeclineAsync).WithName("DeclineOffer")
            .WithSummary("The family lets the offered place go: it is offered to the next, and the youth waits at the end of the list.")
            .Produces<EnrollmentState>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> AcceptAsync(string id, Request? request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, true, request?.Version, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> DeclineAsync(string id, Request? request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, false, request?.Version, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, WaitingList list, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<EnrollmentState>> HandleAsync(string id, bool accept, int? version, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await desk.ChangeAsync<EnrollmentState>(
                async (session, token) =>
                {
                    var found = await desk.FindAsync(session, id, version, token);
                    if (!found.Succeeded) return found.Error;
                    var answered = accept ? await AcceptAsync(session, found.Value, token) : await DeclineAsync(session, found.Value, token);
                    if (!answered) return Error.Conflict("offerGone");
                    return EnrollmentState.Of(found.Value, directory);
                },
                cancellationToken);
        }

        private async Task<bool> AcceptAsync(WriteSession session, Enrollment row, CancellationToken cancellationToken)
        {
            var before = Standing.Of(row);
            if (!row.Accept(await StandingConsents.CoverAsync(session.Db, row, cancellationToken), time.GetUtcNow())) return false;
            await session.Db.SaveChangesAsync(cancellationToken);
            desk.Note(session, row, before, EnrollmentAct.OfferAccepted);
            return true;
        }

        private async Task<bool> DeclineAsync(WriteSession session, Enrollment row, CancellationToken cancellationToken)
        {
            var before = Standing.Of(row);
            if (!row.PassOffer(time.GetUtcNow())) return false;
            await session.Db.SaveChangesAsync(cancellationToken);
            desk.Note(session, row, before, EnrollmentAct.OfferDeclined);
            await list.ReleaseAsync(session, row.GroupId, cancellationToken);
            return true;
        }
    }
}
