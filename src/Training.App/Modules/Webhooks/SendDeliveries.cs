using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Gateways;
using Training.Data;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>
/// Sends what is due for one webhook. Rows are taken in hand in one change, sent outside of any, and settled in another: a worker that is
/// killed between loses them after some minutes, and they go again under the same id.
/// </summary>
internal sealed class SendDeliveries(
    IWriteGate gate, IDatabaseProvider provider, OutsideSender sender, WebhookSecrets secrets, WebhookBook book, AppOptions options, TimeProvider time,
    ILogger<SendDeliveries> log)
{
    /// <summary>How long a worker has rows in hand.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(5);

    private const int PartSize = 64;
    private const int AtOnce = 8;

    /// <summary>How long the rest waits after a failure: the partner is away, not the event at fault.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private sealed record Hand(Webhook? Hook, IReadOnlyList<WebhookDelivery> Rows, DateTimeOffset HeldUntil, string? Stopped = null);

    /// <summary>Sends until nothing is due or the partner fails.</summary>
    /// <returns>How many the partner took.</returns>
    public async Task<int> RunAsync(int webhookId, CancellationToken cancellationToken)
    {
        var taken = 0;
        while (true)
        {
            var hand = (await gate.WriteAsync(AccessScope.Whole, (write, token) => TakeAsync(write, webhookId, token), cancellationToken)).Value;
            if (hand.Stopped is { } reason) await SayStoppedAsync(webhookId, reason, cancellationToken);
            if (hand.Hook is null || hand.Rows.Count == 0) return taken;
            var outcomes = await SendAllAsync(hand.Hook, hand.Rows, cancellationToken);
            await SettleAsync(hand, outcomes);
            taken += outcomes.Values.Count(outcome => outcome?.Outcome == DispatchOutcome.Accepted);
            if (hand.Rows.Count < PartSize || outcomes.Values.Any(outcome => outcome?.Outcome != DispatchOutcome.Accepted)) return taken;
        }
    }

    private async Task<Result<Hand>> TakeAsync(WriteSession write, int webhookId, CancellationToken cancellationToken)
    {
        await provider.SerializeAsync(write.Db, LockOf(webhookId), cancellationToken);
        var now = time.GetUtcNow();
        var held = now + HoldTime;
        var hook = await write.Db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == webhookId && row.DisabledAt == null, cancellationToken);
        if (hook is null) return new Hand(null, [], held);
        if (!await MayTellAsync(write.Db, hook, now, cancellationToken))
        {
            await StopAsync(write, hook, Webhook.OwnerLeft, now, cancellationToken);
            return new Hand(null, [], held, Webhook.OwnerLeft);
        }
        var due = await write.Db.Set<WebhookDelivery>().AsNoTracking()
            .Where(row => row.WebhookId == webhookId && row.State == WebhookDeliveryState.Waiting && row.DueAt <= now && (row.HeldUntil == null || row.HeldUntil <= now))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(PartSize).ToListAsync(cancellationToken);
        var ids = due.Select(row => row.Id).ToArray();
        await write.Db.Set<WebhookDelivery>().Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.HeldUntil, held), cancellationToken);
        return new Hand(hook, due, held);
    }

    /// <summary>The owner's rights of today, as they would count for a request: a right that was taken away takes the webhook along.</summary>
    private async Task<bool> MayTellAsync(TrainingDbContext db, Webhook hook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (hook.OwnedBy == "bootstrap") return options.BootstrapKey is not null;
        var rights = await CurrentRights.OfAsync(db, hook.OwnedBy, time.Today(), now, cancellationToken);
        return rights.Nation || (hook.RegionId is { } region && rights.Regions.Contains(region));
    }

    /// <summary>One outcome a row; null for one that was not tried.</summary>
    private async Task<IReadOnlyDictionary<long, Dispatch?>> SendAllAsync(Webhook hook, IReadOnlyList<WebhookDelivery> rows, CancellationToken cancellationToken)
    {
        var outcomes = rows.ToDictionary(row => row.Id, _ => (Dispatch?)null);
        var (place, failures) = (new Lock(), 0);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (row, _) =>
        {
            if (Volatile.Read(ref failures) > 0 || cancellationToken.IsCancellationRequested) return;
            Dispatch outcome;
            try
            {
                outcome = await sender.PostAsync(new Uri(hook.Address), row.Body, secrets.Sign(hook, row.EventId, row.Body, time.GetUtcNow()), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return; // The process stops: the row goes back untried.
            }
            catch (CryptographicException)
            {
                outcome = Dispatch.Failed("secret");
            }
            lock (place) outcomes[row.Id] = outcome;
            if (outcome.Outcome != DispatchOutcome.Accepted && Interlocked.Increment(ref failures) == 1)
                log.LogWarning("Webhook {Webhook} did not take {Event}: {Answer}", hook.Id, row.EventId, outcome.Reason);
        });
        return outcomes;
    }

    /// <summary>Writes down what came of it, also while the process stops. A row that somebody else has in hand by now is left to them.</summary>
    private async Task SettleAsync(Hand hand, IReadOnlyDictionary<long, Dispatch?> outcomes)
    {
        var isGone = outcomes.Values.Any(outcome => outcome?.Outcome == DispatchOutcome.Refused && outcome.Reason == "http-410");
        var hasFailed = outcomes.Values.Any(outcome => outcome is { Outcome: not DispatchOutcome.Accepted });
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                var now = time.GetUtcNow();
                var (ids, held) = (outcomes.Keys.ToArray(), hand.HeldUntil);
                var rows = await write.Db.Set<WebhookDelivery>().AsTracking().Where(row => ids.Contains(row.Id) && row.HeldUntil == held).ToListAsync(token);
                foreach (var row in rows)
                {
                    if (outcomes[row.Id] is not { } outcome) row.Postpone(hasFailed ? now + Rest : now);
                    else if (outcome.Outcome == DispatchOutcome.Accepted) row.Accept(outcome.Reason!, now);
                    else row.Fail(outcome.Reason!, now);
                }
                await write.Db.SaveChangesAsync(token);
                var hook = isGone ? await write.Db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == hand.Hook!.Id, token) : null;
                if (hook is not null) await StopAsync(write, hook, Webhook.Gone, now, token);
                return default(Done);
            },
            CancellationToken.None);
        if (isGone) await SayStoppedAsync(hand.Hook!.Id, Webhook.Gone, CancellationToken.None);
    }

    /// <summary>Two workers do not take of one webhook at once, and it is not stopped while they do.</summary>
    internal static string LockOf(int webhookId) => FormattableString.Invariant($"webhook:{webhookId}");

    /// <summary>Stops a webhook; what waits for it is not told.</summary>
    internal static async Task StopAsync(WriteSession write, Webhook hook, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        write.Db.Attach(hook);
        if (!hook.Disable(reason, now)) return;
        await write.Db.SaveChangesAsync(cancellationToken);
        await write.Db.Set<WebhookDelivery>().Where(row => row.WebhookId == hook.Id && row.State == WebhookDeliveryState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, WebhookDeliveryState.Dropped).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null), cancellationToken);
    }

    private async Task SayStoppedAsync(int webhookId, string reason, CancellationToken cancellationToken)
    {
        log.LogWarning("Webhook {Webhook} was stopped: {Reason}", webhookId, reason);
        await book.RefreshAsync(cancellationToken);
    }
}
