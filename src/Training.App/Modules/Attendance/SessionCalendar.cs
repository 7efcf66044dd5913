using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>
/// What the calendar of sessions stands on: holidays that are announced year by year, and the changes of legal time that a decree
/// may move. Set for the nation alone.
/// </summary>
internal static class SessionCalendar
{
    private const int LinesMax = 500;

    internal sealed record HolidayLine(DateOnly? Date, string? NameFr, string? NameAr, bool Provisional = false);

    internal sealed record LegalTimeLine(
        [property: Description("Local date and time of the change, without offset.")] DateTime? At,
        [property: Description("Minutes ahead of UTC from then on: 60, or 0 during Ramadan.")] int? OffsetMinutes);

    internal sealed record Request(
        [property: Description("Holidays beside the fixed ones, whole; null keeps them.")] IReadOnlyList<HolidayLine?>? Holidays,
        [property: Description("Changes of legal time, whole; empty: the shipped list; null keeps them.")] IReadOnlyList<LegalTimeLine?>? LegalTime);

    internal sealed record Response(IReadOnlyList<HolidayLine> Holidays, IReadOnlyList<LegalTimeLine> LegalTime);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/calendar").WithTags("Attendance");
        api.MapGet("", GetAsync).WithName("GetCalendar").RequireAuthorization(Policies.Staff)
            .WithSummary("Holidays beside the fixed ones, and changes of legal time.").Produces<Response>();
        api.MapPut("", PutAsync).WithName("SetCalendar").RequireAuthorization(Policies.Coordinate)
            .WithSummary("Set them, for the whole nation.").Produces<Response>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) => TypedResults.Ok(await handler.ReadAsync(cancellationToken));

    private static async Task<IResult> PutAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(AttendanceCalendar calendar, IWriteGate gate, Caller caller)
    {
        public async Task<Response> ReadAsync(CancellationToken cancellationToken)
        {
            var days = await calendar.SnapshotAsync(cancellationToken);
            return new Response(
                [.. days.Announced.Select(row => new HolidayLine(row.Date, row.NameFr, row.NameAr, row.Provisional))],
                [.. days.LegalTime.OrderBy(row => row.LocalAt).Select(row => new LegalTimeLine(row.LocalAt, row.OffsetMinutes))]);
        }

        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (Check(request) is { } faulty) return faulty;
            await gate.WriteAsync<Done>(caller.Scope, (write, token) => WriteAsync(write, request, token), cancellationToken);
            calendar.Forget();
            return await ReadAsync(cancellationToken);
        }

        private static async Task<Result<Done>> WriteAsync(WriteSession write, Request request, CancellationToken cancellationToken)
        {
            if (request.Holidays is { } holidays)
            {
                await write.Db.Set<Holiday>().ExecuteDeleteAsync(cancellationToken);
                foreach (var line in holidays)
                {
                    write.Rows.Insert(new Holiday
                    {
                        Date = line!.Date!.Value,
                        NameFr = PersonText.Clean(line.NameFr),
                        NameAr = PersonText.Clean(line.NameAr),
                        Provisional = line.Provisional,
                    });
                }
            }
            if (request.LegalTime is { } changes)
            {
                await write.Db.Set<LegalTimeChange>().ExecuteDeleteAsync(cancellationToken);
                foreach (var line in changes)
                {
                    var at = line!.At!.Value;
                    write.Rows.Insert(new LegalTimeChange
                    {
                        Date = DateOnly.FromDateTime(at), Time = TimeOnly.FromDateTime(at), OffsetMinutes = line.OffsetMinutes!.Value,
                    });
                }
            }
            return default(Done);
        }
    }

    private static Error? Check(Request request)
    {
        var faults = new Faults();
        var holidays = request.Holidays ?? [];
        if (holidays.Count > LinesMax) faults.Add("holidays", "tooMany", ("max", LinesMax));
        foreach (var (i, line) in holidays.Take(LinesMax).Index())
        {
            if (line?.Date is not { } date) faults.Add($"holidays[{i}].date", "missing");
            else if (holidays.Take(i).Any(earlier => earlier?.Date == date)) faults.Add($"holidays[{i}].date", "twice");
            FreeText.Read(line?.NameFr, $"holidays[{i}].nameFr", required: true, Holiday.NameMax, faults);
            FreeText.Read(line?.NameAr, $"holidays[{i}].nameAr", required: true, Holiday.NameMax, faults);
        }
        var changes = request.LegalTime ?? [];
        if (changes.Count > LinesMax) faults.Add("legalTime", "tooMany", ("max", LinesMax));
        foreach (var (i, line) in changes.Take(LinesMax).Index())
        {
            if (line?.At is not { } at) faults.Add($"legalTime[{i}].at", "missing");
            else if (at.Kind != DateTimeKind.Unspecified) faults.Add($"legalTime[{i}].at", "timeMalformed");
            else if (changes.Take(i).Any(earlier => earlier?.At?.Date == at.Date)) faults.Add($"legalTime[{i}].at", "twice");
            if (line?.OffsetMinutes is not (0 or 60)) faults.Add($"legalTime[{i}].offsetMinutes", "unknownValue");
        }
        return faults.None ? null : faults.ToError();
    }
}
