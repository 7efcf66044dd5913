using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>The giving side asks that a youth go to another site; that side answers.</summary>
internal static class AskTransfer
{
    internal sealed record Request(
        [property: Description("Code of the receiving site.")] string? ToSite,
        [property: Description("Group id; null: the receiving site's first with a place.")] string? ToGroup,
        [property: Description("Why, in words; null when nothing is said.")] string? Reason,
        [property: Description("True when the asking side agrees that the youth waits if the receiving group is full.")] bool? MayWait,
        [property: Description("The version seen; null when the caller keeps none.")] int? Version);

    internal sealed record Response(string Transfer, string Enrollment, string FromSite, string ToSite, TransferStatus Status, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/enrollments/{id}/transfer", PostAsync).WithName("AskTransfer")
            .WithSummary("Ask that a youth go to another site of the same track; the other side, or a coordinator of both, answers.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, response => TypedResults.Created($"/api/transfers/{response.Transfer}", response));

    internal sealed class Handler(
        EnrollmentDesk desk, TransferBook book, KeyAllocator keys, DirectoryCatalog catalog, IDatabaseProvider provider)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.ToSite)) faults.Add("toSite", "missing");
            var reason = WithdrawalReasons.CheckNote(request.Reason, "reason", faults);
            if (!faults.None) return faults.ToError();
            var directory = await catalog.SnapshotAsync(cancellationToken);
            // Sites are public within the programmes: the receiving one need not be the caller's.
            if (directory.FindSite(request.ToSite) is not { } to) return Error.NotFound("siteNotFound");
            if (!to.IsOpen) return Error.Rule("siteClosed");
            var key = await keys.NextAsync<Transfer>(cancellationToken);
            try
            {
                return await desk.ChangeAsync<Response>((session, token) => AskAsync(session, id, request, reason, to, key, directory, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) == "Transfers")
            {
                return Error.Conflict("transferOpen");
            }
        }

        private async Task<Result<Response>> AskAsync(
            WriteSession session, string id, Request request, string? reason, Site to, int key, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var found = await desk.FindAsync(session, id, request.Version, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var row = found.Value;
            var wish = new TransferBook.Wish(to, request.ToGroup, reason, request.MayWait == true, ByReceiver: false);
            var asked = await book.AskAsync(session, row, wish, key, directory, cancellationToken);
            return asked.Map(transfer => new Response(
                OpaqueId.Transfer(key), id, directory.Site(row.SiteId).Code, to.Code, transfer.Status, transfer.Version));
        }
    }
}
