using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>What a webhook was told and is to be told, newest first; kept for thirty days.</summary>
internal static class ListDeliveries
{
    /// <summary>Deliveries in one answer.</summary>
    public const int Size = 50;

    /// <param name="Id">Id of the delivery.</param>
    /// <param name="EventId">The event's id on the wire.</param>
    /// <param name="Event">Name of the event.</param>
    /// <param name="State">How far it has come.</param>
    /// <param name="Attempts">Tries so far.</param>
    /// <param name="Answer">How the last try ended: http-…, timeout, tls, unreachable, address-internal, address-unknown; null before the first.</param>
    /// <param name="CreatedAt">When it came to be.</param>
    /// <param name="TriedAt">When it was last tried; null before the first.</param>
    /// <param name="DueAt">When it is tried next; null when it is not.</param>
    internal sealed record Item(
        string Id, Guid EventId, string Event, WebhookDeliveryState State, int Attempts, string? Answer, DateTimeOffset CreatedAt, DateTimeOffset? TriedAt, DateTimeOffset? DueAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/deliveries", GetAsync).WithName("ListWebhookDeliveries").WithSummary("What a webhook was told and is to be told, newest first.")
            .WithDescription("state (waiting, delivered, givenUp or dropped) leaves one sort; next is the cursor of the following part.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, string? state, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, state, cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(string id, string? state, string? cursor, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseWebhook(id) ?? 0;
            if (!await db.Set<Webhook>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("webhookNotFound");
            var rows = db.Set<WebhookDelivery>().Where(row => row.WebhookId == key);
            if (!string.IsNullOrWhiteSpace(state))
            {
                if (!Enum.TryParse<WebhookDeliveryState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted) || char.IsAsciiDigit(state.Trim()[0]))
                    return Faults.Only("state", "notAmong", ("possible", "waiting, delivered, givenUp, dropped"));
                rows = rows.Where(row => row.State == wanted);
            }
            if (!string.IsNullOrEmpty(cursor))
            {
                if (OpaqueId.ParseDelivery(cursor) is not { } before) return Faults.Only("cursor", "unknownValue");
                rows = rows.Where(row => row.Id < before);
            }
            var part = await rows.OrderByDescending(row => row.Id).Take(Size + 1).ToListAsync(cancellationToken);
            return new ItemList<Item>(
                [.. part.Take(Size).Select(row => new Item(
                    OpaqueId.Delivery(row.Id), row.EventId, WebhookEventNames.Of(row.Event), row.State, row.Attempts, row.Answer, row.CreatedAt, row.TriedAt,
                    row.State == WebhookDeliveryState.Waiting ? row.DueAt : null))],
                part.Count > Size ? OpaqueId.Delivery(part[Size - 1].Id) : null);
        }
    }
}
