using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Tells an event once more, by hand: what was given up or dropped, or what the partner has lost.</summary>
internal static class RedeliverEvent
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/deliveries/{delivery}/redeliver", PostAsync).WithName("RedeliverWebhookEvent")
            .WithSummary("Tell an event once more, under the same id, for another three days.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string id, string delivery, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, delivery, cancellationToken)).ToHttp(texts, _ => TypedResults.Accepted((string?)null));

    internal sealed class Handler(WebhookReach reach, WebhookSignal signal, TimeProvider time)
    {
        public async Task<Result<Done>> HandleAsync(string id, string delivery, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseDelivery(delivery) is not { } key) return Error.NotFound("deliveryNotFound");
            var done = await reach.ChangeAsync<Done>(
                id,
                async (write, hook, token) =>
                {
                    if (await write.Db.Set<WebhookDelivery>().AsTracking().SingleOrDefaultAsync(row => row.Id == key && row.WebhookId == hook.Id, token) is not { } row)
                        return Error.NotFound("deliveryNotFound");
                    if (!hook.IsActive) return Error.Conflict("webhookStopped");
                    return row.Redeliver(time.GetUtcNow()) ? default(Done) : Error.Conflict("deliveryWaits");
                },
                cancellationToken);
            if (done.Succeeded) signal.Wake();
            return done;
        }
    }
}
