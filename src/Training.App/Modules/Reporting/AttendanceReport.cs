using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting;

/// <summary>Enrollment, attendance and certificates by place, time or who the youths are; within the caller's perimeter.</summary>
internal static class AttendanceReport
{
    /// <param name="AsOf">When the figures last changed.</param>
    /// <param name="Completeness">How many of the sessions that should be closed are.</param>
    /// <param name="Total">All of the selection.</param>
    /// <param name="Items">The rows.</param>
    internal sealed record Response(DateTimeOffset AsOf, Completeness Completeness, Item Total, IReadOnlyList<Item> Items);

    /// <param name="Closed">Closed sessions.</param>
    /// <param name="Expected">Closed ones, and open ones whose day has passed.</param>
    internal sealed record Completeness(int Closed, int Expected);

    /// <summary>A row; a figure is null where it does not exist for the row, or is withheld (then <paramref name="Suppressed"/>).</summary>
    internal sealed record Item(
        string Key, string Label, int? Target, int? Enrolled, int? Completed, int? Certificates, int? Marked, int? Present, double? Rate,
        bool Suppressed);

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string description = "by: region (default), province, league, site, group, module, month, sex, ageBand. Filters: region, "
            + "province, league, site, group, module, month (yyyy-MM), sex, ageBand. Groups and modules are split neither by each other nor by "
            + "sex and ageBand; enrollments belong to no month and no module. Counts below 5, and what would give them away, are null with "
            + "\"suppressed\": true. Every figure covers the caller's perimeter only.";
        routes.MapGet("/attendance", GetAsync).WithName("AttendanceReport").WithSummary("Figures with their age and completeness.")
            .WithDescription(description).Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>A misspelt filter must not widen the figures in silence.</summary>
    internal static Error? UnknownNames(IQueryCollection query)
    {
        var possible = new[] { "edition", "by" }.Concat(ReportSelection.Dimensions).ToArray();
        var faults = new Faults();
        foreach (var name in query.Keys.Where(name => name != "lang" && !possible.Contains(name, StringComparer.OrdinalIgnoreCase)))
            faults.Add(name, "notAmong", ("possible", string.Join(", ", possible)));
        return faults.None ? null : faults.ToError();
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] ReportRequest request, HttpContext http, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        UnknownNames(http.Request.Query) is { } unknown
            ? unknown.ToProblem(texts)
            : (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, ReportFigures figures, ReportLabels labels, Caller caller, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(ReportRequest request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var read = ReportSelection.Read(request, directory);
            if (!read.Succeeded) return read.Error;
            var selection = read.Value;
            if (await OutsideAsync(selection, directory, cancellationToken) is { } outside) return outside;

            var narrowed = selection.Region is not null || selection.Province is not null || selection.League is not null || selection.Site is not null;
            var sites = narrowed ? directory.Sites.Where(selection.Includes).Select(site => site.Id).ToArray() : null;
            var bySite = await figures.ReadAsync(selection, sites, cancellationToken);
            var found = Fold(bySite, selection.By, directory);
            var regions = RegionsOf(selection, directory);
            var rows = await labels.RowsAsync(selection, directory, [.. found.Where(row => row.Value != default).Select(row => row.Key)], regions, cancellationToken);
            var total = selection is { By: ReportBy.Module, Module: null } // A session of two modules stands in two rows.
                ? await figures.MarksOfAllAsync(selection, sites, cancellationToken)
                : found.Values.Aggregate(default(Figures), (sum, row) => sum + row);
            var population = selection.HasEnrollments ? total.Enrolled : await figures.PopulationAsync(selection, sites, cancellationToken);

            var table = new ReportTable(selection, population, total);
            foreach (var row in rows) table.Add(row, found.GetValueOrDefault(row.Id), TargetOf(selection, directory, row.Id));
            var (closed, expected) = await figures.CompletenessAsync(selection, sites, cancellationToken);
            return new Response(
                await figures.AsOfAsync(selection, sites, cancellationToken),
                new Completeness(closed, expected),
                table.Total(texts["reporting.total"], TotalTarget(selection, directory, regions)),
                table.Items());
        }

        /// <summary>Another's place is not there; an empty report would claim that nobody is enrolled.</summary>
        private async Task<Error?> OutsideAsync(ReportSelection selection, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var scope = caller.Scope;
            if (selection.GroupId is { } id)
            {
                var group = await db.Set<Group>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
                if (group is null || !scope.Covers(group.SiteId, group.RegionId)) return Error.NotFound("groupNotFound");
            }
            if (scope.Nation) return null;
            if (selection.Site is { } site && !scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
            if (selection.Region is { } region && scope.Regions.Contains(region.Id)) return null;
            return directory.Sites.Any(row => scope.Covers(row.Id, row.RegionId) && selection.Includes(row))
                ? null
                : Error.NotFound("reportOutsidePerimeter");
        }

        /// <summary>Regions that stand in the report even with nothing in them.</summary>
        private HashSet<int> RegionsOf(ReportSelection selection, DirectorySnapshot directory)
        {
            if (selection.Region is { } one) return [one.Id];
            if (!selection.HasTarget) return [];
            return [.. directory.Regions.Select(region => region.Id).Where(id => caller.Scope.Nation || caller.Scope.Regions.Contains(id))];
        }

        /// <summary>A target is held only against figures that cover the whole region.</summary>
        private int? TargetOf(ReportSelection selection, DirectorySnapshot directory, int regionId) =>
            selection is { By: ReportBy.Region, HasTarget: true } && CoversWhole(regionId) ? directory.Target(selection.Edition.Id, regionId) : null;

        private int? TotalTarget(ReportSelection selection, DirectorySnapshot directory, HashSet<int> regions)
        {
            if (!selection.HasTarget) return null;
            if (selection.Region is null && caller.Scope.Nation) return selection.Edition.Target;
            return regions.Count > 0 && regions.All(CoversWhole) ? regions.Sum(id => directory.Target(selection.Edition.Id, id)) : null;
        }

        private bool CoversWhole(int regionId) => caller.Scope.Nation || caller.Scope.Regions.Contains(regionId);

        private static Dictionary<int, Figures> Fold(Dictionary<int, Figures> found, ReportBy by, DirectorySnapshot directory)
        {
            Func<Site, int>? place = by switch
            {
                ReportBy.Region => site => site.RegionId,
                ReportBy.Province => site => site.ProvinceId,
                ReportBy.League => site => site.LeagueId,
                _ => null,
            };
            if (place is null) return found;
            var folded = new Dictionary<int, Figures>();
            foreach (var (siteId, figures) in found)
            {
                var key = place(directory.Site(siteId));
                folded[key] = folded.GetValueOrDefault(key) + figures;
            }
            return folded;
        }
    }
}
