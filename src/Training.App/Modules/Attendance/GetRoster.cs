using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Attendance;

/// <summary>The youths of a session and their marks. Reading a roster is not reading a child's file.</summary>
internal static class GetRoster
{
    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="Status">The mark; null when none yet.</param>
    /// <param name="AwaitingConsent">True while the guardian's consent is missing.</param>
    internal sealed record Item(
        string Enrollment, string Participant, string Name, string? NameAr, AttendanceStatus? Status, bool AwaitingConsent);

    /// <summary>
    /// The roster. It begins at the instant that the legal time known today gives; it is locked once the edition's cut-off for its day
    /// has passed; safeguarding asks for two adults; some marks may wait for a person's decision. On a squad's day at
    /// a tournament the youths are the squad's, and the group is called by it.
    /// </summary>
    internal sealed record Response(
        int Version, IReadOnlyList<Item> Items, string Session, string Group, string GroupName, string Site, string Edition,
        SessionKind Kind, DateOnly Date, string Start, int Minutes, SessionStatus SessionStatus, DateTimeOffset? ClosedAt, IReadOnlyList<string> Modules,
        DateTimeOffset StartsAt, bool Locked, string? Note, IReadOnlyList<string> Adults, IReadOnlyDictionary<string, int> ModuleMinutes, int Waiting,
        string? Tournament);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/roster", GetAsync).WithName("GetRoster").WithSummary("The youths of a session and their marks.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, AttendanceCalendar calendar, TimeProvider time)
    {
        public Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken) =>
            HandleAsync(id, CultureInfo.CurrentUICulture, cancellationToken);

        /// <summary>The roster in the order in which another language has it.</summary>
        public async Task<Result<Response>> HandleAsync(string id, CultureInfo language, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            var found = await (from session in db.Set<Session>()
                               join unit in db.Set<Group>() on session.GroupId equals unit.Id
                               where session.Id == key
                               select new { Session = session, unit.Name }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("sessionNotFound");

            var directory = await catalog.SnapshotAsync(cancellationToken);
            var modules = await db.Set<SessionModule>().Where(row => row.SessionId == key).ToListAsync(cancellationToken);
            var adults = await db.Set<SessionAdult>().Where(row => row.SessionId == key).OrderBy(row => row.Position).Select(row => row.Name).ToListAsync(cancellationToken);
            var waiting = await (from mark in db.Set<HeldMark>()
                                 join known in db.Set<AttendanceMark>() on new { mark.SessionId, mark.EnrollmentId } equals new { known.SessionId, known.EnrollmentId } into marks
                                 from standing in marks.DefaultIfEmpty()
                                 where mark.SessionId == key && mark.DecidedAt == null && (standing == null || standing.Status != mark.Status)
                                 select mark).IgnoreQueryFilters().CountAsync(cancellationToken);
            var days = await calendar.SnapshotAsync(cancellationToken);
            var held = found.Session;
            var squad = held.SquadId is { } squadId ? (await SquadNames.OfAsync(db, directory, [squadId], cancellationToken))[squadId] : null;
            return new Response(
                held.Version, await ItemsAsync(held, language, cancellationToken), OpaqueId.Session(held.Id), OpaqueId.Group(held.GroupId),
                squad?.Name ?? found.Name,
                directory.Site(held.SiteId).Code, directory.Edition(held.EditionId).Code, held.Kind, held.Date, held.Start.ToString("HH:mm", CultureInfo.InvariantCulture), held.Minutes,
                held.Status, held.ClosedAt,
                [.. modules.Select(row => directory.Module(row.ModuleId)).OrderBy(module => module.Position).Select(module => module.Code)],
                days.Legal.ToUtc(held.Date, held.Start), days.IsLocked(held.EditionId, held.Date, time.Today()), held.Note, adults,
                modules.Where(row => row.Minutes is not null).ToDictionary(row => directory.Module(row.ModuleId).Code, row => row.Minutes!.Value), waiting, squad?.Tournament);
        }

        /// <summary>Everyone who may be marked, and whoever left but was marked here.</summary>
        private async Task<List<Item>> ItemsAsync(Session session, CultureInfo language, CancellationToken cancellationToken)
        {
            // The session is within the caller's scope; its sheet stays whole when a child on it has gone to another site.
            var marks = await db.Set<AttendanceMark>().IgnoreQueryFilters().Where(row => row.SessionId == session.Id)
                .ToDictionaryAsync(row => row.EnrollmentId, row => row.Status, cancellationToken);
            var members = session.SquadId is { } squad
                ? db.Set<Enrollment>().Where(row => db.Set<SquadPlayer>().Any(player => player.SquadId == squad && player.EnrollmentId == row.Id))
                : db.Set<Enrollment>().Where(row => row.GroupId == session.GroupId);
            var rows = await ChildrenAsync(members.Where(row => row.Slot == 0 && row.Status != EnrollmentStatus.Waitlisted), cancellationToken);
            var gone = marks.Keys.Except(rows.Select(row => row.Id)).ToArray();
            // Two searches by key: as one with "or" it would pass every enrollment of the country.
            if (gone.Length > 0) rows.AddRange(await ChildrenAsync(db.Set<Enrollment>().Where(row => gone.Contains(row.Id)), cancellationToken));
            var order = StringComparer.Create(language, CompareOptions.IgnoreCase);
            var arabicFirst = language.TwoLetterISOLanguageName == "ar";
            // A child who left and came back, or had two files, is one line: the one that was marked, else the one that lives.
            return [.. rows.GroupBy(row => row.ParticipantId)
                .Select(lines => lines.OrderByDescending(row => marks.ContainsKey(row.Id)).ThenBy(row => row.Status == EnrollmentStatus.Withdrawn).First())
                .OrderBy(row => (arabicFirst ? row.FamilyNameAr ?? row.FamilyName : row.FamilyName ?? row.FamilyNameAr) ?? "", order)
                .ThenBy(row => (arabicFirst ? row.GivenNameAr ?? row.GivenName : row.GivenName ?? row.GivenNameAr) ?? "", order)
                .ThenBy(row => row.Id)
                .Select(row =>
                {
                    var arabic = DisplayName.Join(row.GivenNameAr, row.FamilyNameAr);
                    return new Item(
                        OpaqueId.Enrollment(row.Id), ParticipantCode.FromKey(row.ParticipantId).ToString(),
                        DisplayName.Join(row.GivenName, row.FamilyName) ?? arabic ?? "", arabic,
                        marks.TryGetValue(row.Id, out var status) ? status : null,
                        row.Status == EnrollmentStatus.AwaitingConsent);
                })];
        }

        private Task<List<Child>> ChildrenAsync(IQueryable<Enrollment> enrollments, CancellationToken cancellationToken) =>
            (from enrollment in enrollments.IgnoreQueryFilters()
             join child in db.Set<Participant>() on enrollment.ParticipantId equals child.Id
             select new Child(
                 enrollment.Id, enrollment.ParticipantId, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, enrollment.Status))
            .ToListAsync(cancellationToken);

        private sealed record Child(
            int Id, int ParticipantId, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, EnrollmentStatus Status);
    }
}
