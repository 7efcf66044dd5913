using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Messaging;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>Tells the worker of this process that something is to be sent.</summary>
internal sealed class WebhookSignal : WakeSignal;

/// <summary>
/// Sends what is due: at once after this process wrote it down, else within seconds. Each webhook has a lane of its own, so that a slow
/// partner holds up nobody else. Without a webhook it asks nothing.
/// </summary>
internal sealed class WebhookWorker(
    IServiceScopeFactory scopes, DbContextOptions<TrainingDbContext> database, WebhookBook book, WebhookSignal signal, IWriteGate gate, AppOptions options, TimeProvider time,
    ILogger<WebhookWorker> log) : BackgroundService
{
    /// <summary>How long the log is kept.</summary>
    public const int KeptDays = 30;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly HashSet<int> busy = [];
    private readonly Lock place = new();

    /// <summary>Sends what is due for every webhook and waits for it.</summary>
    /// <returns>How many deliveries partners took.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken) => (await Task.WhenAll(await BeginAsync(cancellationToken))).Sum();

    /// <summary>Forgets the log of what is long over.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-KeptDays);
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                await write.Db.Set<WebhookDelivery>().Where(row => row.CreatedAt < before && row.State != WebhookDeliveryState.Waiting).ExecuteDeleteAsync(token);
                return default(Done);
            },
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        await Task.Yield();
        var forgotten = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var running = new List<Task<int>>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                running.RemoveAll(task => task.IsCompleted);
                running.AddRange(await BeginAsync(stoppingToken));
                if (DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) is var today && today != forgotten)
                {
                    await ForgetAsync(stoppingToken);
                    forgotten = today;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) // The database may be away for a while; the next look tries again.
            {
                log.LogWarning("Webhooks could not be served: {Fault}", FaultNames.Describe(fault));
            }
            await signal.WaitAsync(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running);
    }

    private async Task<List<Task<int>>> BeginAsync(CancellationToken cancellationToken)
    {
        var active = (await book.ActiveAsync(cancellationToken)).Select(line => line.Id).ToArray();
        if (active.Length == 0) return [];
        var now = time.GetUtcNow();
        await using var db = new TrainingDbContext(database) { Scope = AccessScope.Whole };
        var due = await db.Set<WebhookDelivery>()
            .Where(row => active.Contains(row.WebhookId) && row.State == WebhookDeliveryState.Waiting && row.DueAt <= now && (row.HeldUntil == null || row.HeldUntil <= now))
            .Select(row => row.WebhookId).Distinct().ToListAsync(cancellationToken);
        lock (place) return [.. due.Where(busy.Add).Select(id => ServeAsync(id, cancellationToken))];
    }

    private async Task<int> ServeAsync(int webhookId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<SendDeliveries>().RunAsync(webhookId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception fault) // One webhook's trouble is no other's; what it had in hand comes back.
        {
            log.LogWarning("Webhook {Webhook} could not be served: {Fault}", webhookId, FaultNames.Describe(fault));
            return 0;
        }
        finally
        {
            lock (place) busy.Remove(webhookId);
        }
    }
}
