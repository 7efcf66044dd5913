using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Brings back a youth who left: a new enrollment in the same edition, at the same site, beside the ended one.</summary>
internal static class ReenrollParticipant
{
    internal sealed record Request(
        [property: Description("Group id; null: the group the youth left.")] string? Group = null,
        [property: Description("True when the youth was withdrawn as deceased by mistake; needed then.")] bool? Mistaken = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/reenroll", PostAsync).WithName("ReenrollParticipant")
            .WithSummary("Enroll again a youth who left this site; a full group means the end of its waiting list.")
            .Produces<EnrollmentState>(StatusCodes.Status201Created).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request? request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request ?? new Request(), cancellationToken)).ToHttp(
            texts, state => TypedResults.Created($"/api/enrollments/{state.Enrollment}", state));

    internal sealed class Handler(
        EnrollmentDesk desk, KeyAllocator keys, DirectoryCatalog catalog, IDatabaseProvider provider, TimeProvider time)
    {
        public async Task<Result<EnrollmentState>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var key = await keys.NextAsync<Enrollment>(cancellationToken);
            try
            {
                return await desk.ChangeAsync<EnrollmentState>((session, token) => OnceAsync(session, id, request, key, directory, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Enrollments")
            {
                return Error.Conflict("alreadyEnrolled");
            }
        }

        private async Task<Result<EnrollmentState>> OnceAsync(
            WriteSession session, string id, Request request, int key, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var found = await desk.FindAsync(session, id, null, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var ended = found.Value;
            var edition = directory.Edition(ended.EditionId);
            if (ended.IsLive) return Error.Conflict("alreadyEnrolled");
            if (ended.EndReason == Enrollment.Merged) return Error.NotFound("enrollmentNotFound");
            if (await session.Db.Set<Enrollment>().IgnoreQueryFilters().AnyAsync(
                row => row.ParticipantId == ended.ParticipantId && row.EditionId == ended.EditionId && row.Slot == 0, cancellationToken))
                return Error.Conflict("alreadyEnrolled");
            var birthDate = await session.Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == ended.ParticipantId)
                .Select(row => row.BirthDate).SingleAsync(cancellationToken);
            if (ended.EndReason == WithdrawalReasons.Deceased && request.Mistaken != true) return Error.Rule("saidDeceased");
            if (!directory.Site(ended.SiteId).IsOpen) return Error.Rule("siteClosed");
            if (Registration.Eligibility(edition, birthDate, time.Today()) is { } refusal) return refusal;
            var wanted = request.Group is null ? ended.GroupId : OpaqueId.ParseGroup(request.Group) ?? 0;
            var group = await session.Db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(
                row => row.Id == wanted && row.SiteId == ended.SiteId && row.EditionId == ended.EditionId, cancellationToken);
            if (group is null) return Error.NotFound("groupNotFound");

            var hasPlace = await WaitingList.IsOpenToNewcomersAsync(session, group.Id, cancellationToken)
                && SitePlaces.Take(session.Sql, group.Id);
            var again = new Enrollment
            {
                Id = key,
                ParticipantId = ended.ParticipantId,
                EditionId = ended.EditionId,
                SiteId = group.SiteId,
                RegionId = group.RegionId,
                GroupId = group.Id,
                Status = !hasPlace ? EnrollmentStatus.Waitlisted
                    : await StandingConsents.CoverAsync(session.Db, ended, cancellationToken) ? EnrollmentStatus.Active
                    : EnrollmentStatus.AwaitingConsent,
                EnrolledAt = time.GetUtcNow(),
            };
            session.Rows.Insert(again);
            desk.Note(session, again, Standing.Of(ended), EnrollmentAct.Reenrolled);
            return EnrollmentState.Of(again, directory);
        }
    }
}
