using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Whose webhooks a caller sees and changes: the nation all, a region its own. The scope filter decides, as everywhere.</summary>
internal sealed class WebhookReach(IWriteGate gate, IDatabaseProvider provider, WebhookBook book, Caller caller)
{
    /// <summary>True when the caller answers for all of that region, or for the nation when none is named.</summary>
    public bool Covers(Region? region) => caller.Scope.Nation || (region is not null && caller.Scope.Regions.Contains(region.Id));

    /// <summary>Changes one of them, and lets this process's book know.</summary>
    /// <param name="id">Its public id.</param>
    /// <param name="change">The change; the webhook is tracked and saved afterwards.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<T>> ChangeAsync<T>(
        string id, Func<WriteSession, Webhook, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        if (OpaqueId.ParseWebhook(id) is not { } key) return Error.NotFound("webhookNotFound");
        var changed = await gate.WriteAsync(
            caller.Scope,
            async (write, token) =>
            {
                await provider.SerializeAsync(write.Db, SendDeliveries.LockOf(key), token);
                var hook = await write.Db.Set<Webhook>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, token);
                if (hook is null) return Error.NotFound("webhookNotFound");
                var result = await change(write, hook, token);
                if (result.Succeeded) await write.Db.SaveChangesAsync(token);
                return result;
            },
            cancellationToken);
        if (changed.Succeeded) await book.RefreshAsync(cancellationToken);
        return changed;
    }
}
