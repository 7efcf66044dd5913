using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance;

/// <summary>Writes down what a session was: the modules it covered and how long, the adults who were there, a free note.</summary>
internal static class LogSession
{
    internal sealed record Request(
        [property: Description("The modules covered; null keeps them. A closed session keeps its own.")] IReadOnlyList<Module?>? Modules,
        [property: Description("The adults who were there; null keeps them.")] IReadOnlyList<Adult?>? Adults,
        [property: Description("Free note of the staff; null or empty takes it away.")] string? Note);

    internal sealed record Module(string? Code, [property: Description("Minutes worked at it; null when nobody knows.")] int? Minutes);

    internal sealed record Adult(
        [property: Description("Account id as listed by the session's adults; null for a name written in.")] string? Account,
        [property: Description("Name; left out with an account.")] string? Name);

    internal sealed record Response(int Version, int Adults);

    private sealed record Log(IReadOnlyList<(CurriculumModule Module, int? Minutes)>? Modules, IReadOnlyList<(int? Account, string? Name)>? Adults, string? Note);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/{id}/log", PutAsync).WithName("LogSession").WithSummary("Modules covered, adults present, free note.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PutAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, ReadDb db, DirectoryCatalog catalog, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            var log = Read(request, session, await catalog.SnapshotAsync(cancellationToken));
            if (!log.Succeeded) return log.Error;
            return await gate.WriteAsync(caller.Scope, (write, token) => WriteAsync(write, key, log.Value, token), cancellationToken);
        }

        private async Task<Result<Response>> WriteAsync(WriteSession write, int key, Log log, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, RecordAttendance.LockOf(key), cancellationToken);
            var session = await write.Db.Set<Session>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            if (session.Status == SessionStatus.Cancelled) return Error.Conflict("sessionCancelled");
            if (log.Modules is not null && await CoverAsync(write, session, log.Modules, cancellationToken) is { } refusal) return refusal;
            if (log.Adults is not null && await AttendAsync(write, session, log.Adults, cancellationToken) is { } unknown) return unknown;
            session.Note = log.Note;
            write.Rows.Insert(SessionChange.Of(session, SessionChangeKind.Logged, caller.Name, time.GetUtcNow()));
            await write.Db.SaveChangesAsync(cancellationToken);
            return new Response(session.Version, await write.Db.Set<SessionAdult>().CountAsync(row => row.SessionId == key, cancellationToken));
        }

        private static async Task<Error?> CoverAsync(
            WriteSession write, Session session, IReadOnlyList<(CurriculumModule Module, int? Minutes)> modules, CancellationToken cancellationToken)
        {
            var known = await write.Db.Set<SessionModule>().AsNoTracking().Where(row => row.SessionId == session.Id).ToListAsync(cancellationToken);
            if (known.Select(row => (row.ModuleId, row.Minutes)).ToHashSet().SetEquals(modules.Select(row => (row.Module.Id, row.Minutes)))) return null;
            // Certificates were judged by what a closed session covered.
            if (session.Status == SessionStatus.Closed) return Error.Conflict("sessionClosed");
            await write.Db.Set<SessionModule>().Where(row => row.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken);
            foreach (var (module, minutes) in modules)
                write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module.Id, Minutes = minutes });
            session.MarksChanged();
            write.Events.Add(new AttendanceRecorded(session.Id, session.Version));
            return null;
        }

        private async Task<Error?> AttendAsync(
            WriteSession write, Session session, IReadOnlyList<(int? Account, string? Name)> adults, CancellationToken cancellationToken)
        {
            var ids = adults.Select(adult => adult.Account).OfType<int>().ToArray();
            var key = session.Id;
            // Who works elsewhere is written in by name: a number alone must not tell whose it is. Who stands on the sheet already may stay.
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var names = await ListAdults.WorkingAt(write.Db.Set<RoleGrant>(), write.Db.Set<Account>(), directory.Site(session.SiteId), session.GroupId, time.Today())
                .Union(write.Db.Set<Account>().Where(account => write.Db.Set<SessionAdult>().Any(adult => adult.SessionId == key && adult.AccountId == account.Id)))
                .Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.DisplayName }).Distinct().ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken);
            var faults = new Faults();
            for (var i = 0; i < adults.Count; i++)
            {
                if (adults[i].Account is { } account && !names.ContainsKey(account)) faults.Add($"adults[{i}].account", "unknownAccount");
            }
            if (!faults.None) return faults.ToError();
            await write.Db.Set<SessionAdult>().Where(row => row.SessionId == key).ExecuteDeleteAsync(cancellationToken);
            foreach (var (index, adult) in adults.Index())
            {
                write.Rows.Insert(new SessionAdult
                {
                    SessionId = key,
                    Position = index + 1,
                    AccountId = adult.Account,
                    Name = adult.Account is { } account ? names[account] : adult.Name!,
                });
            }
            return null;
        }
    }

    private static Result<Log> Read(Request request, Session session, DirectorySnapshot directory)
    {
        var faults = new Faults();
        var modules = request.Modules is null ? null : ReadModules(request.Modules, session, directory, faults);
        var adults = request.Adults is null ? null : ReadAdults(request.Adults, faults);
        var note = FreeText.Read(request.Note, "note", required: false, PersonText.NoteMaxLength, faults);
        return faults.None ? new Log(modules, adults, note) : faults.ToError();
    }

    private static List<(CurriculumModule Module, int? Minutes)> ReadModules(
        IReadOnlyList<Module?> sent, Session session, DirectorySnapshot directory, Faults faults)
    {
        var modules = new List<(CurriculumModule Module, int? Minutes)>();
        foreach (var (i, line) in sent.Take(directory.Modules(session.EditionId).Count() + 1).Index())
        {
            if (directory.FindModule(session.EditionId, line?.Code) is not { } module) faults.Add($"modules[{i}].code", "unknownModule");
            else if (modules.Exists(known => known.Module.Id == module.Id)) faults.Add($"modules[{i}].code", "twice");
            else if (line!.Minutes is { } minutes && (minutes < 1 || minutes > session.Minutes))
                faults.Add($"modules[{i}].minutes", "outOfRange", ("min", 1), ("max", session.Minutes));
            else modules.Add((module, line.Minutes));
        }
        if (faults.None && modules.Sum(line => line.Minutes ?? 0) > session.Minutes) faults.Add("modules", "longerThanSession", ("max", session.Minutes));
        return modules;
    }

    private static List<(int? Account, string? Name)> ReadAdults(IReadOnlyList<Adult?> sent, Faults faults)
    {
        var adults = new List<(int? Account, string? Name)>();
        if (sent.Count > SessionAdult.Max) faults.Add("adults", "tooMany", ("max", SessionAdult.Max));
        foreach (var (i, adult) in sent.Take(SessionAdult.Max).Index())
        {
            (int? Account, string? Name) read = default;
            if (adult?.Account is { } account)
            {
                if (ListAdults.ParseAccount(account) is { } id) read = (id, null);
                else faults.Add($"adults[{i}].account", "unknownAccount");
            }
            else
            {
                read = (null, FreeText.Read(adult?.Name, $"adults[{i}].name", required: true, SessionAdult.NameMax, faults));
            }
            if (adults.Contains(read)) faults.Add($"adults[{i}]", "twice");
            adults.Add(read);
        }
        return adults;
    }
}
