using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Moves the hours of many sessions at once, as for Ramadan: a period, a group, site or region, a shift or a start. Shown before
/// it is done; what cannot be moved stays where it is and is named; the whole move can be undone.
/// </summary>
internal static class MoveHours
{
    internal sealed record Request(
        [property: Description("First local day.")] DateOnly? From,
        [property: Description("Last local day.")] DateOnly? To,
        [property: Description("Group id; one of group, site and region.")] string? Group,
        [property: Description("Site code.")] string? Site,
        [property: Description("Region code.")] string? Region,
        [property: Description("Minutes later, earlier when negative; or a start.")] int? ShiftMinutes,
        [property: Description("Local start for all, HH:mm; or a shift.")] string? Start,
        [property: Description("New length in minutes; null keeps it.")] int? Minutes,
        [property: Description("Why; may be left out.")] string? Reason,
        [property: Description("True: only show what would be moved.")] bool Preview = false);

    /// <summary>What was moved, or would be; at most 200 lines are shown.</summary>
    internal sealed record Response(string? Move, int Moved, int Refused, IReadOnlyList<Item> Items);

    /// <summary>One session; a code says why it stays where it is.</summary>
    internal sealed record Item(
        string Session, string Group, string Site, DateOnly Date, string Start, int Minutes, string? NewStart, int? NewMinutes, string? Code);

    private const int Shown = 200;
    private const int ShiftMax = 12 * 60;

    private sealed record Wish(DateOnly From, DateOnly To, int? Shift, TimeOnly? Start, int? Minutes, string? Reason, int? Group, int? Site, int? Region);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/move-hours", PostAsync).WithName("MoveSessionHours").WithSummary("Move the hours of many sessions at once; preview first.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var read = Read(request, directory);
            if (!read.Succeeded) return read.Error;
            var wish = read.Value;
            if (request.Preview)
            {
                var sessions = await Affected(db.Set<Session>(), wish).ToListAsync(cancellationToken);
                if (sessions.Count > HoursMove.SessionsMax) return Error.Rule("tooManySessions", ("max", HoursMove.SessionsMax));
                return Answer(null, Plan(sessions, await OthersAsync(db.Set<Session>(), wish, cancellationToken), wish), directory);
            }
            var id = await keys.NextAsync<HoursMove>(cancellationToken);
            return await gate.WriteAsync(caller.Scope, (write, token) => MoveAsync(write, id, wish, directory, token), cancellationToken);
        }

        private async Task<Result<Response>> MoveAsync(WriteSession write, int id, Wish wish, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var sessions = await Affected(write.Db.Set<Session>().AsTracking(), wish).ToListAsync(cancellationToken);
            if (sessions.Count > HoursMove.SessionsMax) return Error.Rule("tooManySessions", ("max", HoursMove.SessionsMax));
            var plan = Plan(sessions, await OthersAsync(write.Db.Set<Session>(), wish, cancellationToken), wish);
            var answer = Answer(id, plan, directory);
            if (answer.Moved == 0) return answer with { Move = null };
            var now = time.GetUtcNow();
            foreach (var line in plan.Where(line => line.Code is null))
            {
                var before = line.Session.Time;
                line.Session.MoveTo(line.To!.Value);
                write.Rows.Insert(SessionChange.Of(line.Session, SessionChangeKind.HoursMoved, caller.Name, now, wish.Reason, before, id));
            }
            write.Rows.Insert(new HoursMove
            {
                Id = id,
                By = caller.Name,
                At = now,
                From = wish.From,
                To = wish.To,
                ShiftMinutes = wish.Shift,
                Start = wish.Start,
                Minutes = wish.Minutes,
                Reason = wish.Reason,
                Sessions = answer.Moved,
            });
            await write.Db.SaveChangesAsync(cancellationToken);
            write.Events.Add(new SessionHoursMoved(id, Undone: false));
            return answer;
        }

        /// <summary>Open sessions still to come; what is past was held when it was held.</summary>
        private IQueryable<Session> Affected(IQueryable<Session> sessions, Wish wish)
        {
            var today = time.Today();
            // The hours of a tournament are its host's.
            return Within(sessions, wish).Where(row => row.Status == SessionStatus.Open && row.Date >= today && row.SquadId == null)
                .OrderBy(row => row.Date).ThenBy(row => row.Start).ThenBy(row => row.Id).Take(HoursMove.SessionsMax + 1);
        }

        private static IQueryable<Session> Within(IQueryable<Session> sessions, Wish wish)
        {
            sessions = sessions.Where(row => row.Date >= wish.From && row.Date <= wish.To);
            if (wish.Group is { } group) return sessions.Where(row => row.GroupId == group);
            if (wish.Site is { } site) return sessions.Where(row => row.SiteId == site);
            return sessions.Where(row => row.RegionId == wish.Region);
        }

        private static async Task<HashSet<(int Group, DateOnly Date, TimeOnly Start)>> OthersAsync(
            IQueryable<Session> sessions, Wish wish, CancellationToken cancellationToken)
        {
            var closed = await Within(sessions, wish).Where(row => row.Status == SessionStatus.Closed && row.Slot == 0)
                .Select(row => new { row.GroupId, row.Date, row.Start }).ToListAsync(cancellationToken);
            return [.. closed.Select(row => (row.GroupId, row.Date, row.Start))];
        }

        private Result<Wish> Read(Request request, DirectorySnapshot directory)
        {
            var faults = new Faults();
            if (request.From is null) faults.Add("from", "missing");
            if (request.To is null) faults.Add("to", "missing");
            if (request.To < request.From) faults.Add("to", "endsBeforeStart");
            if (new[] { request.Group, request.Site, request.Region }.Count(text => !string.IsNullOrWhiteSpace(text)) != 1) faults.Add("site", "onePlaceNeeded");
            TimeOnly? start = null;
            if (request.Start is not null)
            {
                if (TimeOnly.TryParseExact(request.Start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) start = parsed;
                else faults.Add("start", "timeMalformed");
            }
            if (request.ShiftMinutes is < -ShiftMax or > ShiftMax) faults.Add("shiftMinutes", "outOfRange", ("min", -ShiftMax), ("max", ShiftMax));
            if (request.ShiftMinutes is not null && request.Start is not null) faults.Add("start", "shiftOrStart");
            if (request.ShiftMinutes is null && request.Start is null && request.Minutes is null) faults.Add("shiftMinutes", "missing");
            if (request.Minutes is < SessionPlan.MinutesMin or > Session.MinutesMax)
                faults.Add("minutes", "outOfRange", ("min", SessionPlan.MinutesMin), ("max", Session.MinutesMax));
            var reason = FreeText.Read(request.Reason, "reason", required: false, SessionChange.ReasonMax, faults);
            if (!faults.None) return faults.ToError();

            var (site, region) = (directory.FindSite(request.Site), directory.FindRegion(request.Region));
            if (!string.IsNullOrWhiteSpace(request.Site) && (site is null || !caller.Scope.Covers(site.Id, site.RegionId))) return Error.NotFound("siteNotFound");
            if (!string.IsNullOrWhiteSpace(request.Region) && (region is null || !(caller.Scope.Nation || caller.Scope.Regions.Contains(region.Id))))
                return Error.NotFound("regionNotFound");
            var group = string.IsNullOrWhiteSpace(request.Group) ? (int?)null : OpaqueId.ParseGroup(request.Group) ?? 0;
            return new Wish(request.From!.Value, request.To!.Value, request.ShiftMinutes, start, request.Minutes, reason, group, site?.Id, region?.Id);
        }
    }

    private sealed record Line(Session Session, SessionTime? To, string? Code);

    /// <summary>Where each session would go; two of a group never share an hour.</summary>
    private static List<Line> Plan(List<Session> sessions, HashSet<(int Group, DateOnly Date, TimeOnly Start)> taken, Wish wish)
    {
        var lines = new List<Line>(sessions.Count);
        foreach (var session in sessions)
        {
            var to = HoursMove.Apply(session.Time, wish.Shift, wish.Start, wish.Minutes);
            var code = to is null ? "pastMidnight" : to == session.Time ? "staysAsItIs" : null;
            if (code is null && session.Slot == 0 && !taken.Add((session.GroupId, session.Date, to!.Value.Start))) code = "hourTaken";
            lines.Add(new Line(session, to, code));
            if (code is not null && session.Slot == 0) taken.Add((session.GroupId, session.Date, session.Start));
        }
        // A session that stays may hold the hour that an earlier one was to take.
        var held = lines.Where(line => line.Code is not null && line.Session.Slot == 0).Select(line => (line.Session.GroupId, line.Session.Date, line.Session.Start)).ToHashSet();
        return [.. lines.Select(line => line.Code is null && line.Session.Slot == 0 && held.Contains((line.Session.GroupId, line.Session.Date, line.To!.Value.Start))
            ? line with { Code = "hourTaken" } : line)];
    }

    private static Response Answer(int? id, List<Line> plan, DirectorySnapshot directory) => new(
        id is { } key ? OpaqueId.Move(key) : null, plan.Count(line => line.Code is null), plan.Count(line => line.Code is not null),
        [.. plan.Take(Shown).Select(line => new Item(
            OpaqueId.Session(line.Session.Id), OpaqueId.Group(line.Session.GroupId), directory.Site(line.Session.SiteId).Code, line.Session.Date,
            line.Session.Start.ToString("HH:mm", null), line.Session.Minutes, line.Code is null ? line.To!.Value.Start.ToString("HH:mm", null) : null,
            line.Code is null ? line.To!.Value.Minutes : null, line.Code))]);
}
