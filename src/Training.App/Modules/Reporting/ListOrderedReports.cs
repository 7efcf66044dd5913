using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>The inbox: the caller's own ordered reports, those of schedules too, as long as they are kept and what they show may still be seen.</summary>
internal static class ListOrderedReports
{
    private const int Most = 200;

    /// <param name="Order">Where it stands.</param>
    /// <param name="Form">csv, openData, xlsx or pdf.</param>
    /// <param name="Question">What it is of.</param>
    /// <param name="IsScheduled">True when a schedule ordered it.</param>
    /// <param name="OrderedAt">When it was ordered.</param>
    internal sealed record Item(GetOrderedReport.Response Order, string Form, ReportRequest Question, bool IsScheduled, DateTimeOffset OrderedAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders", GetAsync).WithName("ListOrderedReports").WithSummary("The caller's own ordered reports, newest first.")
            .Produces<ItemList<Item>>();

    private static async Task<IResult> GetAsync(Handler handler, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<Item>(await handler.HandleAsync(cancellationToken), null));

    internal sealed class Handler(ReadDb db, Caller caller, TimeProvider time)
    {
        public async Task<IReadOnlyList<Item>> HandleAsync(CancellationToken cancellationToken)
        {
            var (now, scope) = (time.GetUtcNow(), caller.Scope.ToText());
            var rows = await db.Set<ReportOrder>().Where(row => row.By == caller.Name && row.Scope == scope)
                .OrderByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
            return [.. rows.Where(row => now < row.ExpiresAt).Select(row => new Item(
                GetOrderedReport.Describe(row, now), ReportDimensions.JsonName(row.Form.ToString()),
                JsonSerializer.Deserialize<ReportRequest>(row.Question, JsonSerializerOptions.Web)!, row.ScheduleId is not null, row.OrderedAt))];
        }
    }
}
