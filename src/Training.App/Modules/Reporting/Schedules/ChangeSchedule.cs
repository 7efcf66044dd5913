using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>Lets an own schedule rest, run again, or go. Doing so twice changes nothing.</summary>
internal static class ChangeSchedule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/schedules/{id}/pause", PauseAsync).WithName("PauseReportSchedule").WithSummary("Let an own schedule rest.")
            .Produces<ScheduleItem>().ProducesProblem(404);
        routes.MapPost("/schedules/{id}/resume", ResumeAsync).WithName("ResumeReportSchedule")
            .WithSummary("Let an own schedule run again; earlier failures are forgotten, missed runs are not made up for.")
            .Produces<ScheduleItem>().ProducesProblem(404);
        routes.MapDelete("/schedules/{id}", DeleteAsync).WithName("DeleteReportSchedule").WithSummary("Remove an own schedule; files that are there stay until they expire.")
            .Produces<ScheduleItem>().ProducesProblem(404);
    }

    private static async Task<IResult> PauseAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.PauseAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> ResumeAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ResumeAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> DeleteAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.DeleteAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, Caller caller, TimeProvider time)
    {
        public Task<Result<ScheduleItem>> PauseAsync(string? id, CancellationToken cancellationToken) =>
            ChangeAsync(id, (_, row) => row.Pause(), cancellationToken);

        public Task<Result<ScheduleItem>> ResumeAsync(string? id, CancellationToken cancellationToken) =>
            ChangeAsync(id, (_, row) => row.Resume(ScheduleClock.Next(row.Rhythm, time.GetUtcNow())), cancellationToken);

        public Task<Result<ScheduleItem>> DeleteAsync(string? id, CancellationToken cancellationToken) =>
            ChangeAsync(id, (write, row) => write.Db.Remove(row), cancellationToken);

        private async Task<Result<ScheduleItem>> ChangeAsync(string? id, Action<WriteSession, ReportSchedule> change, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseReportSchedule(id) is not { } key || caller.AccountId is not { } account) return Error.NotFound("scheduleNotFound");
            return await gate.WriteAsync<ScheduleItem>(
                caller.Scope,
                async (write, token) =>
                {
                    var row = await write.Db.Set<ReportSchedule>().AsTracking().SingleOrDefaultAsync(row => row.Id == key && row.AccountId == account, token);
                    if (row is null) return Error.NotFound("scheduleNotFound");
                    change(write, row);
                    await write.Db.SaveChangesAsync(token);
                    return ScheduleItem.Of(row);
                },
                cancellationToken);
        }
    }
}
