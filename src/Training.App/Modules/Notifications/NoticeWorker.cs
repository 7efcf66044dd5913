using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Notifications;

namespace Training.App.Modules.Notifications;

/// <summary>Sends what is due every minute, and forgets after half a year what was sent.</summary>
internal sealed class NoticeWorker(IServiceScopeFactory scopes, IWriteGate gate, AppOptions options, TimeProvider time, ILogger<NoticeWorker> log)
    : BackgroundService
{
    private const int KeptDays = 183;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Forgets the log of what is long over.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-KeptDays);
        return gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                await write.Db.Set<Notice>().Where(row => row.DoneAt < before).ExecuteDeleteAsync(token);
                return default(Done);
            },
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        var forgotten = DateOnly.MinValue;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps over months gives one look then, not each missed one.
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SendNotices>().RunAsync(stoppingToken);
                var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
                if (forgotten == today) continue;
                await ForgetAsync(stoppingToken);
                forgotten = today;
            }
            catch (Exception broken) when (broken is not OperationCanceledException) // The database may be away for minutes; the worker outlives that.
            {
                log.LogWarning("Sending messages failed: {Failure}", broken.GetType().Name);
            }
        }
    }
}
