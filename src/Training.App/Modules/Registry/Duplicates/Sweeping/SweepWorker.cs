using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.Data.Registry;

namespace Training.App.Modules.Registry.Duplicates.Sweeping;

/// <summary>Sweeps once a night, Moroccan time, when nobody registers; a sweep that was left goes on at any hour.</summary>
internal sealed class SweepWorker(IServiceScopeFactory scopes, AppOptions options, TimeProvider time, ILogger<SweepWorker> log) : BackgroundService
{
    private const int NightFrom = 2;
    private const int NightTo = 6;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps over months gives one look then, not each missed one.
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CallerAccessor>().Current = Caller.System;
                if (!await IsDueAsync(scope.ServiceProvider.GetRequiredService<ReadDb>(), stoppingToken)) continue;
                // A step is followed by a rest as long as itself: half of one core at most.
                var added = await scope.ServiceProvider.GetRequiredService<SweepDuplicates>().RunAsync(rest => Task.Delay(rest, time, stoppingToken), stoppingToken);
                if (added is { } pairs) log.LogInformation("Swept for duplicates: {Pairs} new pairs", pairs);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) // The database may be away for minutes; the sweep goes on from where it was.
            {
                log.LogWarning("The sweep for duplicates was broken off: {Fault}", FaultNames.Describe(fault));
            }
        }
    }

    private async Task<bool> IsDueAsync(ReadDb db, CancellationToken cancellationToken)
    {
        var state = await db.Set<SweepState>().SingleOrDefaultAsync(cancellationToken);
        if (state?.LeaseUntil > time.GetUtcNow()) return false;
        if (state?.Cursor is not null) return true;
        var now = time.Local();
        return now.Hour is >= NightFrom and < NightTo
            && (state?.FinishedAt is not { } last || DateOnly.FromDateTime(last.ToLocal()) < DateOnly.FromDateTime(now));
    }
}

[Command("registry sweep", "", "Looks through all children for those who came in twice and puts the pairs into the coordinators' queue.")]
internal sealed class SweepCommand(SweepDuplicates sweep) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        if (await sweep.RunAsync(pause: null, cancellationToken) is not { } added) throw new CommandException("Another process is sweeping just now.");
        await output.WriteLineAsync(FormattableString.Invariant($"{added:N0} new pairs in {watch.Elapsed.TotalSeconds:F1} s"));
        return 0;
    }
}
