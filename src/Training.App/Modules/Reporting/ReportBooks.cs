using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>How far figures can be relied on: when they last changed, how many sessions are closed, what was told otherwise before.</summary>
internal sealed class ReportBooks(ReadDb db, TimeProvider time)
{
    /// <param name="Sessions">Sessions whose closed books have since been changed.</param>
    /// <param name="LastAt">When the last of them was.</param>
    internal sealed record Restated(int Sessions, DateTimeOffset LastAt);

    /// <param name="Revision">Grows with every change of the figures asked for: where it is the same, so are they.</param>
    /// <param name="AsOf">When the figures last changed; now when there are none.</param>
    /// <param name="Overdue">Open sessions whose day has passed: they are expected to be closed.</param>
    /// <param name="Restated">What was told as closed and is counted otherwise since; null when nothing was.</param>
    internal sealed record State(long Revision, DateTimeOffset AsOf, int Overdue, Restated? Restated);

    /// <summary>Reads it in one question: each of its parts is a look into an index, and the way there costs more than the look.</summary>
    public async Task<State> ReadAsync(ReportSelection selection, int[]? places, CancellationToken cancellationToken)
    {
        var editions = selection.Editions.Select(edition => edition.Id).ToArray();
        var tallies = db.Set<SiteTally>().Where(row => editions.Contains(row.EditionId));
        if (places is not null) tallies = tallies.Where(row => places.Contains(row.SiteId));
        var (open, restated) = (Overdue(selection, editions, places), RestatedTallies(selection, editions, places));
        var first = editions[0];
        var state = await db.Set<Edition>().Where(row => row.Id == first).Select(row => new
        {
            Revision = tallies.Sum(tally => (long)tally.Revision),
            ChangedAt = tallies.Max(tally => tally.ChangedAt),
            Overdue = open.Count(),
            Restated = restated.Count(),
            RestatedAt = restated.Max(tally => tally.RestatedAt),
        }).SingleAsync(cancellationToken);
        return new State(
            state.Revision, state.ChangedAt ?? time.GetUtcNow(), state.Overdue,
            state.Restated == 0 ? null : new Restated(state.Restated, state.RestatedAt!.Value));
    }

    /// <summary>The passing of a day is no event, so these are counted in the sessions themselves, through an index.</summary>
    private IQueryable<Session> Overdue(ReportSelection selection, int[] editions, int[]? places)
    {
        var today = time.Today();
        var open = db.Set<Session>().Where(row => editions.Contains(row.EditionId) && row.Status == SessionStatus.Open && row.Date < today);
        if (places is not null) open = open.Where(row => places.Contains(row.SiteId));
        if (selection.Group is { Id: var group }) open = open.Where(row => row.GroupId == group);
        if (selection.Module is { Id: var module })
            open = open.Where(row => db.Set<SessionModule>().Any(link => link.SessionId == row.Id && link.ModuleId == module));
        if (selection.From is { } from && new DateOnly(from / 100, from % 100, 1) is var first) open = open.Where(row => row.Date >= first);
        if (selection.To is { } to && new DateOnly(to / 100, to % 100, 1).AddMonths(1) is var next) open = open.Where(row => row.Date < next);
        return open;
    }

    private IQueryable<SessionTally> RestatedTallies(ReportSelection selection, int[] editions, int[]? places)
    {
        var tallies = db.Set<SessionTally>().Where(row => editions.Contains(row.EditionId) && row.RestatedAt != null);
        if (places is not null) tallies = tallies.Where(row => places.Contains(row.SiteId));
        if (selection.Group is { Id: var group }) tallies = tallies.Where(row => row.GroupId == group);
        if (selection.From is { } from) tallies = tallies.Where(row => row.Month >= from);
        if (selection.To is { } to) tallies = tallies.Where(row => row.Month <= to);
        return tallies;
    }
}
