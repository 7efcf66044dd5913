using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>Saves a view of the figures as a schedule of a person. What the report would refuse is refused at once.</summary>
internal static class SaveSchedule
{
    /// <param name="Form">csv, openData, xlsx or pdf.</param>
    /// <param name="Rhythm">weekly or monthly.</param>
    /// <param name="Question">What the report is of, as in the query of <c>GET /api/reports/attendance</c>.</param>
    internal sealed record Request(
        [property: Description("csv, openData, xlsx or pdf.")] string? Form,
        [property: Description("weekly (Monday morning) or monthly (first morning of the month), legal time of Morocco.")] string? Rhythm,
        ReportRequest? Question);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/schedules", PostAsync).WithName("SaveReportSchedule").WithSummary("Have a report made every week or every month.")
            .WithDescription("For people, not for keys. Each run asks anew what its owner may see; it is delivered as an ordered report that is kept for seven days. "
                + "After five runs in a row that failed, or once its owner has no access any more, the schedule stops.")
            .Produces<ScheduleItem>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, response => TypedResults.Created("/api/reports/schedules", response));

    internal sealed class Handler(ReadReport reader, IWriteGate gate, KeyAllocator keys, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<ScheduleItem>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (caller.AccountId is not { } account) return Error.Of(ErrorKind.Forbidden, "scheduleNeedsAccount");
            if (idempotency.TryReplay<ScheduleItem>(out var earlier)) return earlier;
            var faults = new Faults();
            var (form, rhythm) = (OrderReport.ReadName<ReportForm>("form", request.Form, faults), OrderReport.ReadName<ReportRhythm>("rhythm", request.Rhythm, faults));
            if (!faults.None) return faults.ToError();
            var read = await reader.ReadAsync(request.Question ?? new ReportRequest(), cancellationToken);
            if (!read.Succeeded) return read.Error;
            var question = OrderReport.Keep(request.Question);
            if (!question.Succeeded) return question.Error;
            var now = time.GetUtcNow();
            var schedule = new ReportSchedule
            {
                Id = await keys.NextAsync<ReportSchedule>(cancellationToken),
                AccountId = account,
                Question = question.Value,
                Form = form!.Value,
                Culture = CultureInfo.CurrentUICulture.Name,
                Rhythm = rhythm!.Value,
                CreatedAt = now,
                NextAt = ScheduleClock.Next(rhythm.Value, now),
            };
            return await gate.WriteAsync(caller.Scope, (write, token) => idempotency.OnceAsync(write, () => WriteAsync(write, schedule, token), token), cancellationToken);
        }

        private static async Task<Result<ScheduleItem>> WriteAsync(WriteSession write, ReportSchedule schedule, CancellationToken cancellationToken)
        {
            if (await write.Db.Set<ReportSchedule>().CountAsync(row => row.AccountId == schedule.AccountId, cancellationToken) >= ReportSchedule.PerOwnerMax)
                return Error.Conflict("schedulesTooMany", ("max", ReportSchedule.PerOwnerMax));
            write.Rows.Insert(schedule);
            return ScheduleItem.Of(schedule);
        }
    }
}
