using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform.Http;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>
/// Puts players into squads and keeps a session for each of a squad's days. Everything that changes the squads of one tournament waits
/// for each other, so that places are counted once.
/// </summary>
internal sealed class SquadBook(IDatabaseProvider provider, Caller caller, TimeProvider time)
{
    /// <summary>The tournament with its squads held for this change; an error when it cannot be changed any more.</summary>
    /// <param name="write">The change.</param>
    /// <param name="tournamentId">The tournament.</param>
    /// <param name="siteId">Site of the squad that is to be changed, or the host's; 0 when there is no such squad.</param>
    /// <param name="today">The local day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Tournament>> HoldAsync(WriteSession write, int tournamentId, int siteId, DateOnly today, CancellationToken cancellationToken)
    {
        await provider.SerializeAsync(write.Db, string.Create(CultureInfo.InvariantCulture, $"tournament:{tournamentId}"), cancellationToken);
        var tournament = await write.Db.Set<Tournament>().SingleOrDefaultAsync(row => row.Id == tournamentId, cancellationToken);
        if (tournament is null) return Error.NotFound("tournamentNotFound");
        return tournament.RefuseChange(today, DecideHeldMark.Coordinates(caller, siteId, tournament.RegionId, tournament.HostSiteId)) is { } refusal ? Error.Conflict(refusal) : tournament;
    }

    /// <summary>Makes exactly these the squad's players.</summary>
    /// <param name="write">The change, with the tournament held.</param>
    /// <param name="tournament">The tournament.</param>
    /// <param name="squad">The squad.</param>
    /// <param name="wanted">Enrollments, each once; none leaves the squad empty and calls its days off.</param>
    /// <param name="sessionKeys">A fresh key for each of the tournament's days.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> PutAsync(
        WriteSession write, Tournament tournament, Squad squad, IReadOnlyList<int> wanted, IReadOnlyList<int> sessionKeys, CancellationToken cancellationToken)
    {
        var players = await write.Db.Set<SquadPlayer>().IgnoreQueryFilters().AsNoTracking().Where(row => row.TournamentId == tournament.Id)
            .Select(row => new { row.SquadId, row.EnrollmentId }).ToListAsync(cancellationToken);
        var before = players.Where(row => row.SquadId == squad.Id).Select(row => row.EnrollmentId).ToHashSet();
        var added = wanted.Where(id => !before.Contains(id)).ToArray();
        var removed = before.Except(wanted).ToArray();
        if (wanted.Count > tournament.SquadSize) return Error.Rule("squadFull", ("max", tournament.SquadSize));
        if (added.Length > 0 && players.Count - removed.Length + added.Length > tournament.Capacity)
            return Error.Rule("tournamentFull", ("max", tournament.Capacity));
        if (players.Any(row => row.SquadId != squad.Id && wanted.Contains(row.EnrollmentId))) return Error.Conflict("playerElsewhere");

        var here = await write.Db.Set<Enrollment>().Where(row => added.Contains(row.Id) && row.SiteId == squad.SiteId
            && row.EditionId == tournament.EditionId && row.Slot == 0 && row.Status != EnrollmentStatus.Waitlisted).CountAsync(cancellationToken);
        if (here != added.Length) return Error.Rule("notEnrolledHere");
        var marked = await (from mark in write.Db.Set<AttendanceMark>()
                            join session in write.Db.Set<Session>() on mark.SessionId equals session.Id
                            where session.SquadId == squad.Id && removed.Contains(mark.EnrollmentId)
                            select mark).IgnoreQueryFilters().AnyAsync(cancellationToken);
        if (marked) return Error.Conflict("playerHasMarks");

        await write.Db.Set<SquadPlayer>().IgnoreQueryFilters().Where(row => row.SquadId == squad.Id && removed.Contains(row.EnrollmentId))
            .ExecuteDeleteAsync(cancellationToken);
        foreach (var enrollment in added)
        {
            write.Rows.Insert(new SquadPlayer
            {
                SquadId = squad.Id,
                EnrollmentId = enrollment,
                TournamentId = tournament.Id,
                AddedBy = caller.Name,
                AddedAt = time.GetUtcNow(),
            });
        }
        await KeepDaysAsync(write, tournament, squad, wanted.Count > 0, sessionKeys, cancellationToken);
        return default(Done);
    }

    /// <summary>Calls off the days of squads that were not held.</summary>
    public async Task CancelDaysAsync(WriteSession write, IReadOnlyCollection<Session> days, string? reason, CancellationToken cancellationToken)
    {
        foreach (var session in days.Where(session => session.Cancel()))
        {
            write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Cancelled, caller.Name, time.GetUtcNow(), reason));
            write.Events.Add(new SessionCancelled(session.Id, session.Version));
        }
        await write.Db.SaveChangesAsync(cancellationToken);
    }

    private async Task KeepDaysAsync(
        WriteSession write, Tournament tournament, Squad squad, bool plays, IReadOnlyList<int> sessionKeys, CancellationToken cancellationToken)
    {
        var held = await write.Db.Set<Session>().IgnoreQueryFilters().AsTracking()
            .Where(row => row.SquadId == squad.Id && row.Status != SessionStatus.Cancelled).ToListAsync(cancellationToken);
        if (!plays)
        {
            await CancelDaysAsync(write, held, reason: null, cancellationToken);
            return;
        }
        var modules = await write.Db.Set<TournamentModule>().Where(row => row.TournamentId == tournament.Id).Select(row => row.ModuleId).ToListAsync(cancellationToken);
        foreach (var (i, day) in tournament.Days.Index())
        {
            if (held.Exists(session => session.Date == day)) continue;
            var session = DayOf(sessionKeys[i], day, tournament, squad);
            write.Rows.Insert(session);
            foreach (var module in modules) write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module });
            write.Events.Add(new SessionScheduled(session.Id, session.Version));
        }
    }

    private Session DayOf(int key, DateOnly day, Tournament tournament, Squad squad)
    {
        var session = new Session
        {
            Id = key,
            GroupId = squad.GroupId,
            SiteId = squad.SiteId,
            RegionId = squad.RegionId,
            EditionId = tournament.EditionId,
            Kind = SessionKind.TournamentDay,
            Date = day,
            Start = tournament.DayStart,
            Minutes = tournament.DayMinutes,
            SquadId = squad.Id,
            HostSiteId = tournament.HostSiteId,
            CreatedAt = time.GetUtcNow(),
        };
        // Squads of one group play at the same hour, and its own training may lie there too.
        session.StandAlongside();
        return session;
    }
}
