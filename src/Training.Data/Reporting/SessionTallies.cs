using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

/// <summary>
/// Keeps the attendance figures: a session's tally is replaced when the session's version is newer, and the difference goes into
/// the roll-ups in the same transaction. So a repeat changes nothing, order does not matter, and reports never count marks.
/// The site must be held under <see cref="SiteTallies.LockOf"/>.
/// </summary>
public static class SessionTallies
{
    /// <summary>Counts a session anew when its version is newer than the one counted.</summary>
    /// <param name="change">The change.</param>
    /// <param name="session">The session as it is now.</param>
    /// <param name="edition">Its edition.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="force">True when the children behind the marks have changed and the marks have not.</param>
    /// <returns>True when it was counted.</returns>
    public static async Task<bool> ReplaceAsync(
        WriteSession change, Session session, Edition edition, DateTimeOffset now, CancellationToken cancellationToken, bool force = false)
    {
        var db = change.Db;
        var tally = await db.Set<SessionTally>().AsTracking().SingleOrDefaultAsync(row => row.SessionId == session.Id, cancellationToken);
        if (tally is not null && (force ? tally.Version > session.Version : tally.Version >= session.Version)) return false;

        var marks = await SourceCounts.MarksOf(db, db.Set<Session>().Where(row => row.Id == session.Id), edition).ToListAsync(cancellationToken);
        var modules = await db.Set<SessionModule>().Where(row => row.SessionId == session.Id).Select(row => row.ModuleId)
            .ToListAsync(cancellationToken);
        var changes = new CellChanges(edition.Id, session.SiteId, session.RegionId);
        var fresh = Of(session, marks, modules);
        changes.Add(fresh, 1);
        if (tally is null)
        {
            db.Add(fresh);
        }
        else
        {
            changes.Add(tally, -1);
            (tally.Version, tally.Month, tally.Status) = (fresh.Version, fresh.Month, fresh.Status);
            (tally.Counts, tally.Modules) = (fresh.Counts, fresh.Modules);
        }
        await changes.AddToAsync(db, cancellationToken);
        await TouchAsync(db, edition.Id, session.SiteId, session.RegionId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Counts every session of a site anew, from the source alone.</summary>
    /// <returns>How many sessions were counted.</returns>
    public static async Task<int> RebuildAsync(
        WriteSession change, int siteId, int regionId, Edition edition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        await db.Set<SessionTally>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SiteCell>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<MonthCell>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<GroupCell>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<ModuleCell>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);

        var ofSite = db.Set<Session>().Where(row => row.SiteId == siteId && row.EditionId == edition.Id);
        var sessions = await ofSite.AsNoTracking().ToListAsync(cancellationToken);
        var modules = (await ofSite.Join(db.Set<SessionModule>(), row => row.Id, module => module.SessionId, (_, module) => module)
            .AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.SessionId, row => row.ModuleId);
        var marks = (await SourceCounts.MarksOf(db, ofSite, edition).ToListAsync(cancellationToken)).ToLookup(row => row.SessionId);

        var changes = new CellChanges(edition.Id, siteId, regionId);
        var tallies = new List<SessionTally>(sessions.Count);
        foreach (var session in sessions)
        {
            if (session.Status == SessionStatus.Open && !marks.Contains(session.Id)) continue; // No event has told of it either.
            var tally = Of(session, marks[session.Id], modules[session.Id]);
            changes.Add(tally, 1);
            tallies.Add(tally);
        }
        await change.Rows.InsertAllAsync(tallies, cancellationToken);
        await changes.InsertAsync(change.Rows, cancellationToken);
        await TouchAsync(db, edition.Id, siteId, regionId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return tallies.Count;
    }

    private static async Task TouchAsync(
        TrainingDbContext db, int editionId, int siteId, int regionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var site = await SiteTallies.OfAsync(db, editionId, siteId, regionId, cancellationToken);
        site.ChangedAt = now;
    }

    private static SessionTally Of(Session session, IEnumerable<CountedMarks> marks, IEnumerable<int> modules) => new()
    {
        SessionId = session.Id,
        Version = session.Version,
        EditionId = session.EditionId,
        SiteId = session.SiteId,
        RegionId = session.RegionId,
        GroupId = session.GroupId,
        Month = session.Date.Year * 100 + session.Date.Month,
        Status = session.Status,
        Counts = SessionTally.PackCounts(marks.Select(row => (row.Sex, (AgeBand)row.Band, row.Status, row.Count))),
        Modules = SessionTally.PackModules(modules),
    };
}
