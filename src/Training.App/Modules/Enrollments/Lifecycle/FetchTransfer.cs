using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// The receiving side asks for a youth whose family came to it, by the code on the family's paper and the birth date. Both must be
/// right; nothing else tells whether a code exists, so that codes cannot be tried out. Until the other side has agreed the asking one
/// sees initials.
/// </summary>
internal static class FetchTransfer
{
    internal sealed record Request(
        [property: Description("Participant code, as the family's paper shows it.")] string? Participant,
        [property: Description("The child's birth date, as the family says it.")] DateOnly? BirthDate,
        [property: Description("Edition code.")] string? Edition,
        [property: Description("Code of the receiving site, the caller's.")] string? ToSite,
        [property: Description("Group id; null: the receiving site's first with a place.")] string? ToGroup,
        [property: Description("Why, in words; null when nothing is said.")] string? Reason,
        [property: Description("True when the youth may wait if the receiving group is full.")] bool? MayWait);

    internal sealed record Response(string Transfer, string FromSite, string ToSite, TransferStatus Status, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/transfers", PostAsync).WithName("FetchTransfer").RequireRateLimiting(RateLimits.Claims)
            .WithSummary("Ask for a youth of another site, by participant code and birth date; that site, or a coordinator of both, answers.")
            .WithDescription("404 participantNotFound is the one answer to an unknown code, to a birth date that is not the child's, and to a child who is not enrolled in the edition.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, response => TypedResults.Created($"/api/transfers/{response.Transfer}", response));

    internal sealed class Handler(
        EnrollmentDesk desk, TransferBook book, KeyAllocator keys, DirectoryCatalog catalog, IDatabaseProvider provider, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (ParticipantCode.Parse(request.Participant, out _) is not ParticipantCodeError.None and var fault)
                faults.Add("participant", string.IsNullOrWhiteSpace(request.Participant) ? "missing" : fault == ParticipantCodeError.CheckSymbol ? "codeMistyped" : "codeMalformed");
            if (request.BirthDate is null) faults.Add("birthDate", "missing");
            if (string.IsNullOrWhiteSpace(request.Edition)) faults.Add("edition", "missing");
            if (string.IsNullOrWhiteSpace(request.ToSite)) faults.Add("toSite", "missing");
            var reason = WithdrawalReasons.CheckNote(request.Reason, "reason", faults);
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindSite(request.ToSite) is not { } to || !caller.Scope.Covers(to.Id, to.RegionId)) return Error.NotFound("siteNotFound");
            if (directory.FindEdition(request.Edition) is not { } edition) return Error.NotFound("editionNotFound");
            if (!to.IsOpen) return Error.Rule("siteClosed");
            var wish = new TransferBook.Wish(to, request.ToGroup, reason, request.MayWait == true, ByReceiver: true);
            var key = await keys.NextAsync<Transfer>(cancellationToken);
            try
            {
                return await desk.ChangeAsync((session, token) => AskAsync(session, request, edition, wish, key, directory, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Transfers")
            {
                return Error.Conflict("transferOpen");
            }
        }

        private async Task<Result<Response>> AskAsync(
            WriteSession session, Request request, Edition edition, TransferBook.Wish wish, int key, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var child = await ParticipantAliases.ResolveAsync(session.Db, request.Participant, cancellationToken);
            var found = await (from enrollment in session.Db.Set<Enrollment>().IgnoreQueryFilters()
                               join participant in session.Db.Set<Participant>() on enrollment.ParticipantId equals participant.Id
                               where participant.Id == child && participant.BirthDate == request.BirthDate && enrollment.EditionId == edition.Id && enrollment.Slot == 0
                               select new { enrollment.Id, enrollment.SiteId }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("participantNotFound");
            await desk.LockSiteAsync(session, found.SiteId, cancellationToken);
            var row = await session.Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking().SingleAsync(enrollment => enrollment.Id == found.Id, cancellationToken);
            if (row.SiteId != found.SiteId) return EnrollmentDesk.Changed(row.Version);
            var asked = await book.AskAsync(session, row, wish, key, directory, cancellationToken);
            return asked.Map(transfer => new Response(
                OpaqueId.Transfer(key), directory.Site(row.SiteId).Code, wish.To.Code, transfer.Status, transfer.Version));
        }
    }
}
