using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Puts the repeated sessions of a group into its calendar: on days of the week from a day to a day, or a camp of five days in a
/// row. Holidays are left out. The same schedule twice adds nothing, and what was cancelled or moved by hand stays so.
/// </summary>
internal static class PlanSchedule
{
    internal sealed record Request(
        [property: Description("Group id.")] string? Group,
        SessionKind? Kind,
        [property: Description("weekly, or camp: five days in a row.")] SchedulePattern? Pattern,
        [property: Description("Days of a weekly schedule: monday … sunday.")] IReadOnlyList<string?>? Weekdays,
        [property: Description("First local day.")] DateOnly? From,
        [property: Description("Last local day; not needed for a camp.")] DateOnly? To,
        [property: Description("Local start, HH:mm.")] string? Start,
        [property: Description("Length in minutes.")] int? Minutes,
        [property: Description("Codes of the modules of every session; may be empty.")] IReadOnlyList<string?>? Modules,
        [property: Description("True: only say what would be made.")] bool Preview = false);

    internal sealed record Response(string? Schedule, IReadOnlyList<Made> Made, IReadOnlyList<LeftOut> LeftOut);

    /// <summary>A day with a session; in a preview the session is null.</summary>
    internal sealed record Made(DateOnly Date, string? Session);

    /// <summary>A day without one: holiday, alreadyMade, hourTaken or outsideEdition.</summary>
    internal sealed record LeftOut(DateOnly Date, string Why, string? HolidayFr, string? HolidayAr);

    private sealed record Days(Schedule Schedule, SessionPlan Plan, Group Group, List<DateOnly> Wanted, List<LeftOut> LeftOut);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/schedules", PostAsync).WithName("PlanSchedule").WithTags("Attendance").RequireAuthorization(Policies.Enroll)
            .WithSummary("Make the repeated sessions of a group, holidays left out.").Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        ReadDb db, DirectoryCatalog catalog, AttendanceCalendar calendar, IWriteGate gate, Data.Providers.IDatabaseProvider provider, KeyAllocator keys,
        Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var planned = await PlanAsync(request, cancellationToken);
            if (!planned.Succeeded) return planned.Error;
            var days = planned.Value;
            if (request.Preview)
            {
                var (free, out_) = await SiftAsync(db.Set<Session>(), db.Set<Schedule>(), days, cancellationToken);
                return new Response(null, [.. free.Select(day => new Made(day, null))], [.. out_.OrderBy(day => day.Date)]);
            }
            var first = days.Wanted.Count == 0 ? 0 : await keys.ReserveAsync<Session>(days.Wanted.Count, cancellationToken);
            try
            {
                return await gate.WriteAsync(caller.Scope, (write, token) => MakeAsync(write, days, first, token), cancellationToken);
            }
            catch (Exception raced) when (provider.UniqueViolation(raced) is "Sessions" or "Schedules")
            {
                // The same schedule came in twice at once: the second time sees what the first one made.
                return await gate.WriteAsync(caller.Scope, (write, token) => MakeAsync(write, days, first, token), cancellationToken);
            }
        }

        private async Task<Result<Days>> PlanAsync(Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (string.IsNullOrWhiteSpace(request.Group)) faults.Add("group", "missing");
            var (pattern, weekdays) = ReadPattern(request, faults);
            var to = pattern == SchedulePattern.Camp ? request.From?.AddDays(Schedule.CampDays - 1) : request.To;
            if (request.From is null) faults.Add("from", "missing");
            if (to is null) faults.Add("to", "missing");
            else if (to < request.From) faults.Add("to", "endsBeforeStart");
            else if (to.Value.DayNumber - request.From?.DayNumber >= Schedule.DaysMax) faults.Add("to", "tooManyDays", ("max", Schedule.DaysMax));
            if (!faults.None) return faults.ToError();

            var key = OpaqueId.ParseGroup(request.Group) ?? 0;
            var group = await db.Set<Group>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (group is null || !caller.Scope.Covers(group.SiteId, group.RegionId)) return Error.NotFound("groupNotFound");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = directory.Edition(group.EditionId);
            var plan = SessionPlan.Check(
                new SessionInput(request.Kind, edition.StartsOn, request.Start, request.Minutes, request.Modules ?? []), edition, directory.Modules(edition.Id));
            if (!plan.Succeeded) return plan.Error;
            return await DaysAsync(group, edition, plan.Value, pattern, weekdays, request.From!.Value, to!.Value, cancellationToken);
        }

        private async Task<Days> DaysAsync(
            Group group, Edition edition, SessionPlan plan, SchedulePattern pattern, int weekdays, DateOnly from, DateOnly to, CancellationToken cancellationToken)
        {
            var holidays = await calendar.SnapshotAsync(cancellationToken);
            var schedule = new Schedule
            {
                Id = await keys.NextAsync<Schedule>(cancellationToken),
                GroupId = group.Id,
                SiteId = group.SiteId,
                RegionId = group.RegionId,
                Kind = plan.Kind,
                Pattern = pattern,
                Weekdays = weekdays,
                From = from,
                To = to,
                Start = plan.Start,
                Minutes = plan.Minutes,
                CreatedAt = time.GetUtcNow(),
                CreatedBy = caller.Name,
            };
            var days = new Days(schedule, plan, group, [], []);
            foreach (var (day, holiday) in Schedule.Days(pattern, weekdays, from, to, day => holidays.HolidayOn(day) is not null))
            {
                var name = holidays.HolidayOn(day);
                if (!SessionPlan.Holds(edition, day)) days.LeftOut.Add(new LeftOut(day, "outsideEdition", null, null));
                else if (holiday) days.LeftOut.Add(new LeftOut(day, "holiday", name?.Fr, name?.Ar));
                else days.Wanted.Add(day);
            }
            return days;
        }

        private static async Task<Result<Response>> MakeAsync(WriteSession write, Days days, int first, CancellationToken cancellationToken)
        {
            var known = await KnownAsync(write.Db.Set<Schedule>(), days.Schedule, cancellationToken);
            if (known is null) write.Rows.Insert(days.Schedule);
            var id = known ?? days.Schedule.Id;
            var (free, leftOut) = await SiftAsync(write.Db.Set<Session>(), write.Db.Set<Schedule>(), days, cancellationToken);
            var made = new List<Made>(free.Count);
            foreach (var (i, day) in free.Index())
            {
                var session = (days.Plan with { Date = day }).Open(first + i, days.Group, days.Schedule.CreatedAt, id);
                write.Rows.Insert(session);
                foreach (var module in days.Plan.Modules) write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module.Id });
                write.Events.Add(new SessionScheduled(session.Id, session.Version));
                made.Add(new Made(day, OpaqueId.Session(session.Id)));
            }
            return new Response(OpaqueId.Schedule(id), made, [.. leftOut.OrderBy(day => day.Date)]);
        }

        private static Task<int?> KnownAsync(IQueryable<Schedule> schedules, Schedule schedule, CancellationToken cancellationToken) => schedules
            .Where(row => row.GroupId == schedule.GroupId && row.From == schedule.From && row.To == schedule.To && row.Start == schedule.Start
                && row.Weekdays == schedule.Weekdays)
            .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);

        /// <summary>The days that are still free, and why the others are not.</summary>
        private static async Task<(List<DateOnly> Free, List<LeftOut> LeftOut)> SiftAsync(
            IQueryable<Session> sessions, IQueryable<Schedule> schedules, Days days, CancellationToken cancellationToken)
        {
            var schedule = days.Schedule;
            var known = await KnownAsync(schedules, schedule, cancellationToken);
            var made = await sessions.Where(row => row.ScheduleId == known && known != null).Select(row => row.PlannedOn).ToListAsync(cancellationToken);
            var taken = await sessions
                .Where(row => row.GroupId == schedule.GroupId && row.Start == schedule.Start && row.Slot == 0 && row.Date >= schedule.From && row.Date <= schedule.To)
                .Select(row => row.Date).ToListAsync(cancellationToken);
            var (free, leftOut) = (new List<DateOnly>(), new List<LeftOut>(days.LeftOut));
            foreach (var day in days.Wanted)
            {
                if (made.Contains(day)) leftOut.Add(new LeftOut(day, "alreadyMade", null, null));
                else if (taken.Contains(day)) leftOut.Add(new LeftOut(day, "hourTaken", null, null));
                else free.Add(day);
            }
            return (free, leftOut);
        }
    }

    private static (SchedulePattern Pattern, int Weekdays) ReadPattern(Request request, Faults faults)
    {
        if (request.Pattern is not { } pattern)
        {
            faults.Add("pattern", "missing");
            return default;
        }
        if (pattern == SchedulePattern.Camp) return (pattern, 0);
        var bits = 0;
        foreach (var (i, text) in (request.Weekdays ?? []).Take(7).Index())
        {
            if (Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day) && Enum.IsDefined(day) && !char.IsDigit(text![0])) bits |= Schedule.BitOf(day);
            else faults.Add($"weekdays[{i}]", "unknownValue");
        }
        if (bits == 0 && faults.None) faults.Add("weekdays", "missing");
        return (pattern, bits);
    }
}
