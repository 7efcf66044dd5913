using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights.Retention;

/// <summary>Carries the rules out once a day, child by child, and writes down what went.</summary>
internal sealed class RetentionJob(
    AppOptions options, IServiceScopeFactory scopes, IWriteGate gate, RightsSettings settings, TimeProvider time, ILogger<RetentionJob> log) : BackgroundService
{
    /// <summary>Most files of one run; the next day goes on. A mistake in a rule is seen before everything is gone.</summary>
    public const int FilesMax = 2000;

    private const string Holder = "system:retention";

    /// <summary>Carries the rules out.</summary>
    public async Task<RetentionRun> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<RetentionBook>();
        var lists = await book.ListsDueAsync(preview: false, cancellationToken);
        var due = await (await book.FilesDueAsync(cancellationToken)).Take(FilesMax).ToListAsync(cancellationToken);
        var (files, failed) = (0, 0);
        foreach (var child in due)
        {
            if (await TryEraseAsync(child, cancellationToken)) files++;
            else failed++;
        }
        var run = await gate.WriteAsync<RetentionRun>(
            AccessScope.Whole with { Holder = Holder },
            async (session, token) =>
            {
                var before = time.GetUtcNow().AddMonths(-settings.ReadingMonths);
                var readings = await session.Db.Set<FileReading>().Where(row => row.At < before).ExecuteDeleteAsync(token);
                var row = new RetentionRun { At = time.GetUtcNow(), Files = files, Lists = lists, Readings = readings, Failed = failed };
                if (files + lists + readings + failed > 0) session.Rows.Insert(row);
                return row;
            },
            cancellationToken);
        return run.Value;
    }

    private async Task<bool> TryEraseAsync(int child, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var erased = await scope.ServiceProvider.GetRequiredService<FileEraser>()
            .EraseAsync(child, AccessScope.Whole with { Holder = Holder }, grant: null, cancellationToken);
        return erased.Succeeded;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(24), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call: a clock that jumps over months gives one look then, not each missed one.
            try
            {
                var run = await RunAsync(stoppingToken);
                if (run.Files + run.Lists + run.Readings + run.Failed > 0)
                    log.LogInformation("Retention: {Files} files, {Lists} lists, {Readings} readings went; {Failed} files could not", run.Files, run.Lists, run.Readings, run.Failed);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next day tries again.
            {
                log.LogWarning("The retention rules could not be carried out: {Fault}", fault.GetType().Name);
            }
        }
    }
}
