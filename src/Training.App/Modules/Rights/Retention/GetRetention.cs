using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights.Retention;

/// <summary>The rules, what they would remove today, and what they have removed.</summary>
internal static class GetRetention
{
    private const int RunsShown = 30;

    /// <param name="Edition">Edition code.</param>
    /// <param name="FileMonths">Months after its end.</param>
    /// <param name="ListDays">Days after a list was last touched.</param>
    /// <param name="FilesDueOn">The first day on which its files go, where no later edition holds them.</param>
    internal sealed record RuleItem(string Edition, int FileMonths, int ListDays, DateOnly FilesDueOn);

    internal sealed record Due(int Files, int Lists, int Readings);

    internal sealed record RunItem(DateTimeOffset At, int Files, int Lists, int Readings, int Failed);

    internal sealed record Response(IReadOnlyList<RuleItem> Rules, Due DueNow, int FilesPerDay, IReadOnlyList<RunItem> Runs);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/retention", GetAsync).WithName("GetRetention").WithSummary("How long data are kept, what would go today, and what went.")
            .Produces<Response>().ProducesProblem(403);

    private static async Task<IResult> GetAsync(Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, RetentionBook book, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(CancellationToken cancellationToken)
        {
            // What would go is counted over the country; in a region's sight the count would be another.
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var rules = await book.RulesAsync(cancellationToken);
            var due = new Due(
                await (await book.FilesDueAsync(cancellationToken)).CountAsync(cancellationToken), await book.ListsDueAsync(preview: true, cancellationToken),
                await book.ReadingsDue().CountAsync(cancellationToken));
            var runs = await db.Set<RetentionRun>().OrderByDescending(row => row.Id).Take(RunsShown)
                .Select(row => new RunItem(row.At, row.Files, row.Lists, row.Readings, row.Failed)).ToListAsync(cancellationToken);
            return new Response(
                [.. rules.Select(rule => new RuleItem(rule.Edition.Code, rule.FileMonths, rule.ListDays, rule.FilesDueOn))], due, RetentionJob.FilesMax, runs);
        }
    }
}
