using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Reporting;
using Training.Domain.Attendance;

namespace Training.App.Modules.Reporting;

/// <summary>How far figures can be relied on: when they last changed, how many sessions are closed, what was told otherwise before.</summary>
internal sealed class ReportBooks(ReadDb db, TimeProvider time)
{
    /// <param name="Sessions">Sessions whose closed books have since been changed.</param>
    /// <param name="LastAt">When the last of them was.</param>
    internal sealed record Restated(int Sessions, DateTimeOffset LastAt);

    /// <summary>When the figures last changed; now when there are none.</summary>
    public async Task<DateTimeOffset> AsOfAsync(ReportSelection selection, int[]? places, CancellationToken cancellationToken)
    {
        var editions = selection.Editions.Select(edition => edition.Id).ToArray();
        var tallies = db.Set<SiteTally>().Where(row => editions.Contains(row.EditionId));
        if (places is not null) tallies = tallies.Where(row => places.Contains(row.SiteId));
        return await tallies.MaxAsync(row => row.ChangedAt, cancellationToken) ?? time.GetUtcNow();
    }

    /// <summary>
    /// Open sessions whose day has passed: they are expected to be closed. The passing of a day is no event, so they are counted in the
    /// sessions themselves, through an index.
    /// </summary>
    public async Task<int> OverdueAsync(ReportSelection selection, int[]? places, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var editions = selection.Editions.Select(edition => edition.Id).ToArray();
        var open = db.Set<Session>().Where(row => editions.Contains(row.EditionId) && row.Status == SessionStatus.Open && row.Date < today);
        if (places is not null) open = open.Where(row => places.Contains(row.SiteId));
        if (selection.Group is { Id: var group }) open = open.Where(row => row.GroupId == group);
        if (selection.Module is { Id: var module })
            open = open.Where(row => db.Set<SessionModule>().Any(link => link.SessionId == row.Id && link.ModuleId == module));
        if (selection.From is { } from && new DateOnly(from / 100, from % 100, 1) is var first) open = open.Where(row => row.Date >= first);
        if (selection.To is { } to && new DateOnly(to / 100, to % 100, 1).AddMonths(1) is var next) open = open.Where(row => row.Date < next);
        return await open.CountAsync(cancellationToken);
    }

    /// <summary>What was told as closed and is counted otherwise since; null when nothing was.</summary>
    public async Task<Restated?> RestatedAsync(ReportSelection selection, int[]? places, CancellationToken cancellationToken)
    {
        var editions = selection.Editions.Select(edition => edition.Id).ToArray();
        var tallies = db.Set<SessionTally>().Where(row => editions.Contains(row.EditionId) && row.RestatedAt != null);
        if (places is not null) tallies = tallies.Where(row => places.Contains(row.SiteId));
        if (selection.Group is { Id: var group }) tallies = tallies.Where(row => row.GroupId == group);
        if (selection.From is { } from) tallies = tallies.Where(row => row.Month >= from);
        if (selection.To is { } to) tallies = tallies.Where(row => row.Month <= to);
        var found = await tallies.GroupBy(row => row.EditionId).Select(row => new { Count = row.Count(), Last = row.Max(tally => tally.RestatedAt) })
            .ToListAsync(cancellationToken);
        return found.Count == 0 ? null : new Restated(found.Sum(row => row.Count), found.Max(row => row.Last)!.Value);
    }
}
