using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Renews the secret of a webhook, stops it, lets it work again, or removes it with its log.</summary>
internal static class ChangeWebhook
{
    /// <param name="Secret">The new secret; shown once.</param>
    /// <param name="FormerSecretUntil">Until when the former one signs too.</param>
    internal sealed record Renewed(string Secret, DateTimeOffset FormerSecretUntil);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{id}/secret", RenewAsync).WithName("RenewWebhookSecret").WithSummary("Another secret, shown once; the former one signs beside it for seven days.")
            .Produces<Renewed>().ProducesProblem(404);
        routes.MapPost("/{id}/stop", StopAsync).WithName("StopWebhook").WithSummary("Tell it nothing; what waits for it is dropped.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
        routes.MapPost("/{id}/start", StartAsync).WithName("StartWebhook").WithSummary("Let it work again; the caller answers for it from now on.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
        routes.MapDelete("/{id}", DeleteAsync).WithName("DeleteWebhook").WithSummary("Remove it with its log.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
    }

    private static async Task<IResult> RenewAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.RenewAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> StopAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.StopAsync(id, cancellationToken)).ToHttp(texts, _ => TypedResults.NoContent());

    private static async Task<IResult> StartAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.StartAsync(id, cancellationToken)).ToHttp(texts, _ => TypedResults.NoContent());

    private static async Task<IResult> DeleteAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.DeleteAsync(id, cancellationToken)).ToHttp(texts, _ => TypedResults.NoContent());

    internal sealed class Handler(WebhookReach reach, WebhookSecrets secrets, Caller caller, TimeProvider time)
    {
        public Task<Result<Renewed>> RenewAsync(string id, CancellationToken cancellationToken)
        {
            var (shown, kept) = secrets.New();
            return reach.ChangeAsync<Renewed>(
                id,
                (_, hook, _) =>
                {
                    hook.Rotate(kept, time.GetUtcNow());
                    return Task.FromResult<Result<Renewed>>(new Renewed(shown, hook.FormerUntil!.Value));
                },
                cancellationToken);
        }

        public Task<Result<Done>> StopAsync(string id, CancellationToken cancellationToken) => reach.ChangeAsync<Done>(
            id,
            async (write, hook, token) =>
            {
                await SendDeliveries.StopAsync(write, hook, Webhook.Stopped, time.GetUtcNow(), token);
                return default(Done);
            },
            cancellationToken);

        public Task<Result<Done>> StartAsync(string id, CancellationToken cancellationToken) => reach.ChangeAsync<Done>(
            id,
            (_, hook, _) =>
            {
                hook.Enable(caller.Name);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            cancellationToken);

        public Task<Result<Done>> DeleteAsync(string id, CancellationToken cancellationToken) => reach.ChangeAsync<Done>(
            id,
            async (write, hook, token) =>
            {
                await write.Db.Set<WebhookDelivery>().Where(row => row.WebhookId == hook.Id).ExecuteDeleteAsync(token);
                write.Db.Remove(hook);
                return default(Done);
            },
            cancellationToken);
    }
}
