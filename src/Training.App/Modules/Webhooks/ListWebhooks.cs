using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>The webhooks of the caller's perimeter, and how each of them fares.</summary>
internal static class ListWebhooks
{
    /// <param name="Id">Id.</param>
    /// <param name="Name">The partner's system.</param>
    /// <param name="Address">Where to.</param>
    /// <param name="Events">What of.</param>
    /// <param name="Region">Code of the region; null for the nation.</param>
    /// <param name="CreatedAt">When it was made.</param>
    /// <param name="FormerSecretUntil">Until when the former secret signs too; null when there is none.</param>
    /// <param name="DisabledAt">Since when nothing is told; null while it works.</param>
    /// <param name="DisabledReason">stopped, gone (the address answered 410) or ownerLeft; null while it works.</param>
    /// <param name="Waiting">Deliveries that wait.</param>
    /// <param name="GivenUp">Deliveries given up in the last thirty days.</param>
    internal sealed record Item(
        string Id, string Name, string Address, IReadOnlyList<string> Events, string? Region, DateTimeOffset CreatedAt, DateTimeOffset? FormerSecretUntil,
        DateTimeOffset? DisabledAt, string? DisabledReason, int Waiting, int GivenUp);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ListAsync).WithName("ListWebhooks").WithSummary("The webhooks of the caller's perimeter.").Produces<ItemList<Item>>();
        routes.MapGet("/{id}", GetAsync).WithName("GetWebhook").WithSummary("One webhook.").Produces<Item>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(Handler handler, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<Item>(await handler.HandleAsync(cancellationToken), null));

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.GetAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<IReadOnlyList<Item>> HandleAsync(CancellationToken cancellationToken) =>
            await ShowAsync(await db.Set<Webhook>().OrderBy(row => row.Id).ToListAsync(cancellationToken), cancellationToken);

        public async Task<Result<Item>> GetAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseWebhook(id) ?? 0;
            var rows = await ShowAsync(await db.Set<Webhook>().Where(row => row.Id == key).ToListAsync(cancellationToken), cancellationToken);
            return rows is [var one] ? one : Error.NotFound("webhookNotFound");
        }

        private async Task<IReadOnlyList<Item>> ShowAsync(IReadOnlyList<Webhook> rows, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var ids = rows.Select(row => row.Id).ToArray();
            var counts = await db.Set<WebhookDelivery>()
                .Where(row => ids.Contains(row.WebhookId) && (row.State == WebhookDeliveryState.Waiting || row.State == WebhookDeliveryState.GivenUp))
                .GroupBy(row => new { row.WebhookId, row.State }).Select(group => new { group.Key.WebhookId, group.Key.State, Count = group.Count() })
                .ToListAsync(cancellationToken);
            var now = time.GetUtcNow();
            return
            [
                .. rows.Select(row => new Item(
                    OpaqueId.Webhook(row.Id), row.Name, row.Address, WebhookEventNames.Split(row.Events), row.RegionId is { } region ? directory.Region(region).Code : null,
                    row.CreatedAt, row.HasFormer(now) ? row.FormerUntil : null, row.DisabledAt, row.DisabledReason,
                    Count(row.Id, WebhookDeliveryState.Waiting), Count(row.Id, WebhookDeliveryState.GivenUp))),
            ];

            int Count(int id, WebhookDeliveryState state) => counts.Find(count => count.WebhookId == id && count.State == state)?.Count ?? 0;
        }
    }
}
