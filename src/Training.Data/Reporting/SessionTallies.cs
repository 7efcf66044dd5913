using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Directory;

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
            if (IsRestated(tally, fresh)) tally.RestatedAt = now;
            (tally.Version, tally.Month, tally.Minutes, tally.Status) = (fresh.Version, fresh.Month, fresh.Minutes, fresh.Status);
            (tally.Counts, tally.Modules) = (fresh.Counts, fresh.Modules);
        }
        await changes.AddToAsync(db, cancellationToken);
        (await SiteTallies.OfAsync(db, edition.Id, session.SiteId, session.RegionId, cancellationToken)).Change(now);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Counts every session of a site anew, from the source alone; only what was told before and now differs is taken from the former tallies.</summary>
    /// <returns>How many sessions were counted.</returns>
    public static async Task<int> RebuildAsync(
        WriteSession change, int siteId, int regionId, Edition edition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var told = await db.Set<SessionTally>().AsNoTracking().Where(row => row.SiteId == siteId && row.EditionId == edition.Id)
            .Where(row => row.RestatedAt != null || row.Status == SessionStatus.Closed).ToDictionaryAsync(row => row.SessionId, cancellationToken);
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
            var tally = Of(session, marks[session.Id], modules[session.Id]);
            if (told.TryGetValue(session.Id, out var former))
                tally.RestatedAt = former.Version < tally.Version && IsRestated(former, tally) ? now : former.RestatedAt;
            changes.Add(tally, 1);
            tallies.Add(tally);
        }
        await change.Rows.InsertAllAsync(tallies, cancellationToken);
        await changes.InsertAsync(change.Rows, cancellationToken);
        var site = await SiteTallies.OfAsync(db, edition.Id, siteId, regionId, cancellationToken);
        site.Change(now);
        site.Rules = SiteTally.CurrentRules;
        await db.SaveChangesAsync(cancellationToken);
        return tallies.Count;
    }

    /// <summary>True when the books of a session had been told as closed and now say something else.</summary>
    private static bool IsRestated(SessionTally told, SessionTally fresh) =>
        told.Status == SessionStatus.Closed
        && (fresh.Status != SessionStatus.Closed || told.Month != fresh.Month || told.Minutes != fresh.Minutes
            || told.Modules != fresh.Modules || !told.Counts.AsSpan().SequenceEqual(fresh.Counts));

    private static SessionTally Of(Session session, IEnumerable<CountedMarks> marks, IEnumerable<int> modules) => new()
    {
        SessionId = session.Id,
        Version = session.Version,
        EditionId = session.EditionId,
        SiteId = session.SiteId,
        RegionId = session.RegionId,
        GroupId = session.GroupId,
        Month = session.Date.Year * 100 + session.Date.Month,
        Minutes = session.Minutes,
        Status = session.Status,
        Counts = SessionTally.PackCounts(marks.Select(row => (row.Sex, row.Cohort, row.Status, row.Count))
            .OrderBy(row => row.Sex).ThenBy(row => row.Cohort).ThenBy(row => row.Status)),
        Modules = SessionTally.PackModules(modules),
    };
}
