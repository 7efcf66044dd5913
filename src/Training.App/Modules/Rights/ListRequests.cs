using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>The register of requests: what waits by its last day, what was answered by when.</summary>
internal static class ListRequests
{
    private const int PartSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/requests", ListAsync).WithName("ListRightsRequests").WithSummary("The register of requests: what waits, the most urgent first, or what was answered, the latest first.")
            .Produces<ItemList<RequestItem>>().ProducesProblem(400);
        routes.MapGet("/requests/{id}", GetAsync).WithName("GetRightsRequest").WithSummary("One request of the register.")
            .Produces<RequestItem>().ProducesProblem(404);
    }

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/children/{code}/requests", OwnAsync).WithName("ListOwnRightsRequests").WithSummary("What the family asked for its own child, and what was answered.")
            .Produces<ItemList<RequestItem>>().ProducesProblem(404);

    private static async Task<IResult> ListAsync(
        [Description("True: what was answered; false or left out: what waits.")] bool? answered, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ListAsync(answered == true, cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.GetAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> OwnAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.OfChildAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, TimeProvider time)
    {
        public async Task<Result<ItemList<RequestItem>>> ListAsync(bool answered, string? cursor, CancellationToken cancellationToken)
        {
            var skip = 0;
            if (!string.IsNullOrEmpty(cursor) && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip) || skip > 1_000_000))
                return Faults.Only("cursor", "unknownValue");
            var rows = answered
                ? db.Set<RightsRequest>().Where(row => row.Status != RightsStatus.Open).OrderByDescending(row => row.DecidedAt).ThenByDescending(row => row.Id)
                : db.Set<RightsRequest>().Where(row => row.Status == RightsStatus.Open).OrderBy(row => row.DueOn).ThenBy(row => row.Id);
            var found = await rows.Skip(skip).Take(PartSize + 1).ToListAsync(cancellationToken);
            return new ItemList<RequestItem>(
                [.. found.Take(PartSize).Select(row => RequestItem.Of(row, time))],
                found.Count > PartSize ? (skip + PartSize).ToString(CultureInfo.InvariantCulture) : null);
        }

        public async Task<Result<RequestItem>> GetAsync(string? id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseRightsRequest(id) ?? 0;
            var row = await db.Set<RightsRequest>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            return row is null ? Error.NotFound("requestNotFound") : RequestItem.Of(row, time);
        }

        /// <summary>What was asked for one child, the latest first.</summary>
        public async Task<Result<ItemList<RequestItem>>> OfChildAsync(string? code, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            if (!await db.Set<Domain.Registry.Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var rows = await db.Set<RightsRequest>().Where(row => row.ParticipantId == key).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
            return new ItemList<RequestItem>([.. rows.Select(row => RequestItem.Of(row, time))], null);
        }
    }
}
