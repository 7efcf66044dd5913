using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>The caller's own schedules; a machine has none.</summary>
internal static class ListSchedules
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/schedules", GetAsync).WithName("ListReportSchedules").WithSummary("The caller's own schedules, oldest first.")
            .Produces<ItemList<ScheduleItem>>();

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<ScheduleItem>(await handler.HandleAsync(cancellationToken), null));

    internal sealed class Handler(ReadDb db, Caller caller)
    {
        public async Task<IReadOnlyList<ScheduleItem>> HandleAsync(CancellationToken cancellationToken)
        {
            if (caller.AccountId is not { } account) return [];
            var rows = await db.Set<ReportSchedule>().Where(row => row.AccountId == account).OrderBy(row => row.Id).ToListAsync(cancellationToken);
            return [.. rows.Select(ScheduleItem.Of)];
        }
    }
}
