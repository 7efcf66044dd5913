using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Messaging;

namespace Training.App.Modules.Reporting;

/// <summary>Tells the worker of this process that a recount is asked for.</summary>
internal sealed class RecountSignal : WakeSignal;

/// <summary>
/// Counts enrollments where a recount is asked for: at once when it is quiet; under load it rests nine times as long as it worked, so
/// that figures cost a tenth of one core however many register, and are never a minute old.
/// </summary>
internal sealed class RecountWorker(IServiceScopeFactory scopes, RecountSignal signal, AppOptions options, ILogger<RecountWorker> log) : BackgroundService
{
    private const int RestFactor = 9;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(25);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<RebuildFigures.Handler>().CatchUpAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<EnrollmentCounter>().SweepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) // The database may be away for minutes; the question stays where it is.
            {
                log.LogWarning("Enrollments could not be counted: {Fault}", FaultNames.Describe(fault));
            }
            var rest = System.Diagnostics.Stopwatch.GetElapsedTime(began) * RestFactor;
            await Task.Delay(rest < RestMax ? rest : RestMax, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
