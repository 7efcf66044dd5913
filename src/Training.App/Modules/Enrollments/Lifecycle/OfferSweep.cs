using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// Ends offers whose time is over and offers every free place somebody waits for, whatever door freed it. Each is a change of its own
/// that reads the state anew under the site's lock: a second worker, or a repeat after a kill, finds nothing left to do.
/// </summary>
internal sealed class OfferSweep(ReadDb db, IWriteGate gate, EnrollmentDesk desk, WaitingList list, TimeProvider time)
{
    private const int PartSize = 200;

    /// <summary>Looks once.</summary>
    /// <returns>How many offers lapsed and how many were made for places that had come free elsewhere.</returns>
    public async Task<(int Lapsed, int Offered)> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var over = await db.Set<Enrollment>().Where(row => row.OfferExpiresAt != null && row.OfferExpiresAt <= now)
            .OrderBy(row => row.OfferExpiresAt).ThenBy(row => row.Id).Take(PartSize).Select(row => row.Id).ToListAsync(cancellationToken);
        var lapsed = 0;
        foreach (var id in over)
            if (await LapseAsync(id, cancellationToken)) lapsed++;

        var free = await db.Set<Group>()
            .Where(row => row.Taken < row.Capacity && !db.Set<SiteLimit>().Any(limit => limit.SiteId == row.SiteId && limit.EditionId == row.EditionId
                && limit.Places <= db.Set<Group>().Where(other => other.SiteId == row.SiteId && other.EditionId == row.EditionId).Sum(other => other.Taken)))
            .Where(row => db.Set<Enrollment>().Any(waiting => waiting.GroupId == row.Id
                && waiting.Status == EnrollmentStatus.Waitlisted && waiting.Slot == 0 && waiting.OfferExpiresAt == null))
            .OrderBy(row => row.Id).Take(PartSize).Select(row => new { row.Id, row.SiteId }).ToListAsync(cancellationToken);
        var offered = 0;
        foreach (var group in free) offered += await OfferAsync(group.Id, group.SiteId, cancellationToken);
        return (lapsed, offered);
    }

    private async Task<bool> LapseAsync(int id, CancellationToken cancellationToken) => (await gate.WriteAsync<bool>(
        AccessScope.Whole,
        async (session, token) =>
        {
            var found = await desk.FindAsync(session, OpaqueId.Enrollment(id), null, token);
            if (!found.Succeeded) return found.Error;
            var row = found.Value;
            var before = Standing.Of(row);
            if (row.OfferExpiresAt > time.GetUtcNow() || !row.PassOffer(time.GetUtcNow())) return false;
            await session.Db.SaveChangesAsync(token);
            desk.Note(session, row, before, EnrollmentAct.OfferLapsed);
            await list.ReleaseAsync(session, row.GroupId, token);
            return true;
        },
        cancellationToken)) is { Succeeded: true, Value: true };

    private async Task<int> OfferAsync(int groupId, int siteId, CancellationToken cancellationToken) => (await gate.WriteAsync<int>(
        AccessScope.Whole,
        async (session, token) =>
        {
            await desk.LockSiteAsync(session, siteId, token);
            return await list.OfferAsync(session, groupId, token);
        },
        cancellationToken)).Value;
}

/// <summary>Looks after the waiting lists every half minute.</summary>
internal sealed class OfferWorker(IServiceScopeFactory scopes, AppOptions options, TimeProvider time, ILogger<OfferWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

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
                await scope.ServiceProvider.GetRequiredService<OfferSweep>().RunAsync(stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException) // The database may be away for minutes; the worker outlives that.
            {
                log.LogWarning("Looking after the waiting lists failed: {Failure}", broken.GetType().Name);
            }
        }
    }
}
