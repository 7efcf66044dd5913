using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Where an ordered report stands, and its file. Only for who ordered it, and only while that one still sees what was seen then:
/// a right that was taken away takes the file along.
/// </summary>
internal static class GetOrderedReport
{
    /// <param name="Id">Id of the order.</param>
    /// <param name="Status">waiting, done, refused or expired.</param>
    /// <param name="Progress">How much of it is written, from 0 to 1.</param>
    /// <param name="Problem">Stable code of the refusal; null when there is none.</param>
    /// <param name="File">Address of the file; null while there is none.</param>
    /// <param name="ExpiresAt">Until when it can be fetched.</param>
    internal sealed record Response(string Id, string Status, double Progress, string? Problem, string? File, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id}", GetAsync).WithName("GetOrderedReport").WithSummary("Where an ordered report stands.")
            .Produces<Response>().ProducesProblem(404);
        routes.MapGet("/{id}/file", FileAsync).WithName("GetOrderedReportFile").WithSummary("The file of an ordered report, until it expires.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> FileAsync(string id, HttpContext http, Handler handler, IFileStore files, TimeProvider time, Texts texts, CancellationToken cancellationToken)
    {
        var order = await handler.FindAsync(id, cancellationToken);
        if (order is null || !order.IsReadable(time.GetUtcNow()) || files.OpenRead(order.FileHash!) is not { } content) return Error.NotFound("reportNotFound").ToProblem(texts);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(content, ReportFiles.TypeOf(order.Form), $"report-{id}.{ReportFiles.EndingOf(order.Form)}");
    }

    /// <summary>Where an order stands.</summary>
    internal static Response Describe(ReportOrder order, DateTimeOffset now)
    {
        var id = OpaqueId.Report(order.Id);
        return new Response(
            id, now >= order.ExpiresAt ? "expired" : ReportDimensions.JsonName(order.Status.ToString()), order.Status == ReportOrderStatus.Waiting ? order.Percent / 100.0 : 1,
            order.Problem, order.IsReadable(now) ? $"/api/reports/{id}/file" : null, order.ExpiresAt);
    }

    internal sealed class Handler(ReadDb db, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            if (await FindAsync(id, cancellationToken) is not { } order) return Error.NotFound("reportNotFound");
            return Describe(order, time.GetUtcNow());
        }

        /// <summary>The caller's own order; null for another's, and for one whose owner sees something else by now.</summary>
        public async Task<ReportOrder?> FindAsync(string id, CancellationToken cancellationToken)
        {
            if (OpaqueId.ParseReport(id) is not { } key) return null;
            var order = await db.Set<ReportOrder>().SingleOrDefaultAsync(row => row.Id == key && row.By == caller.Name, cancellationToken);
            return order?.Scope == caller.Scope.ToText() ? order : null;
        }
    }
}
