using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>An edition's settings of attendance: its calendar of cut-offs and when a family is called. Set for the nation alone.</summary>
internal static class AttendanceRules
{
    internal sealed record Request(
        [property: Description("Absences in a row after which the family is called, 1 to 20.")] int? AbsencesToCall,
        [property: Description("The calendar of cut-offs, whole; an empty one locks nothing.")] IReadOnlyList<Line?>? CutOffs);

    internal sealed record Line(
        [property: Description("Last local day of the sessions it governs.")] DateOnly? Through,
        [property: Description("Last local day on which their own people may correct them.")] DateOnly? LastDay);

    internal sealed record Response(string Edition, int AbsencesToCall, IReadOnlyList<Line> CutOffs);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/editions/{code}/attendance-rules").WithTags("Attendance");
        api.MapGet("", GetAsync).WithName("GetAttendanceRules").RequireAuthorization(Policies.Staff)
            .WithSummary("Cut-offs of an edition, and when families are called.").Produces<Response>().ProducesProblem(404);
        api.MapPut("", PutAsync).WithName("SetAttendanceRules").RequireAuthorization(Policies.Coordinate)
            .WithSummary("Set them, for the whole nation.").Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ReadAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> PutAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, AttendanceCalendar calendar, IWriteGate gate, Caller caller)
    {
        public async Task<Result<Response>> ReadAsync(string code, CancellationToken cancellationToken)
        {
            if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var days = await calendar.SnapshotAsync(cancellationToken);
            return new Response(edition.Code, days.AbsencesToCall(edition.Id), [.. days.CutOffsOf(edition.Id).Select(row => new Line(row.Through, row.LastDay))]);
        }

        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            if (Check(request) is { } faulty) return faulty;
            await gate.WriteAsync<Done>(caller.Scope, (write, token) => WriteAsync(write, edition.Id, request, token), cancellationToken);
            calendar.Forget();
            return await ReadAsync(code, cancellationToken);
        }

        private static async Task<Result<Done>> WriteAsync(WriteSession write, int edition, Request request, CancellationToken cancellationToken)
        {
            if (request.AbsencesToCall is { } absences)
            {
                await write.Db.Set<AttendanceSettings>().Where(row => row.EditionId == edition).ExecuteDeleteAsync(cancellationToken);
                write.Rows.Insert(new AttendanceSettings { EditionId = edition, AbsencesToCall = absences });
            }
            if (request.CutOffs is { } lines)
            {
                await write.Db.Set<CutOff>().Where(row => row.EditionId == edition).ExecuteDeleteAsync(cancellationToken);
                foreach (var line in lines)
                    write.Rows.Insert(new CutOff { EditionId = edition, Through = line!.Through!.Value, LastDay = line.LastDay!.Value });
            }
            return default(Done);
        }
    }

    private static Error? Check(Request request)
    {
        var faults = new Faults();
        if (request.AbsencesToCall is < 1 or > AttendanceSettings.AbsencesToCallMax)
            faults.Add("absencesToCall", "outOfRange", ("min", 1), ("max", AttendanceSettings.AbsencesToCallMax));
        var lines = request.CutOffs ?? [];
        if (lines.Count > CutOff.Max) faults.Add("cutOffs", "tooMany", ("max", CutOff.Max));
        foreach (var (i, line) in lines.Take(CutOff.Max).Index())
        {
            if (line?.Through is not { } through) faults.Add($"cutOffs[{i}].through", "missing");
            else if (lines.Take(i).Any(earlier => earlier?.Through == through)) faults.Add($"cutOffs[{i}].through", "twice");
            else if (line.LastDay < through) faults.Add($"cutOffs[{i}].lastDay", "endsBeforeStart");
            if (line?.LastDay is null) faults.Add($"cutOffs[{i}].lastDay", "missing");
        }
        return faults.None ? null : faults.ToError();
    }
}
