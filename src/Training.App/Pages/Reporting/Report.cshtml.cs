using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Reporting;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Reporting;

/// <summary>
/// Target against actual: the nation by region for the directorate; a region by site for its coordinator, and for a coach the own
/// site within its region.
/// </summary>
[Authorize(Policy = Policies.Report)]
internal sealed class ReportModel(NationalReport.Handler report, CountChildren.Handler children, DirectoryCatalog catalog, Caller caller, Texts texts) : PageModel
{
    /// <summary>With more rows the bars say less than the table.</summary>
    private const int BarsMax = 24;

    [BindProperty(SupportsGet = true)]
    public string? Edition { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    public NationalReport.Response Report { get; private set; } = null!;

    /// <summary>The children behind the enrollments of all editions; null below the nation.</summary>
    public CountChildren.Response? Children { get; private set; }

    /// <summary>True when the caller sees more than the region shown, and can go back up.</summary>
    public bool CanGoUp { get; private set; }

    public string Title => Report.Region is { } region ? texts["reporting.page.titleRegion", region.Name] : texts["reporting.page.title"];

    public bool HasChart => Report.Bars.Count is > 0 and <= BarsMax;

    public bool HasTargets => Report.Rows.Any(row => row.Target is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        CanGoUp = caller.Scope.Nation || caller.Scope.Regions.Length > 1;
        if (!CanGoUp)
        {
            Region = caller.Scope switch
            {
                { Regions: [var own, ..] } => directory.Region(own).Code,
                { Sites: [var site, ..] } => directory.Region(directory.Site(site).RegionId).Code,
                _ => Region,
            };
        }
        var found = await report.HandleAsync(new NationalReport.Request(Edition, Region), cancellationToken);
        if (!found.Succeeded) return found.Error.Kind is ErrorKind.Invalid or ErrorKind.NotFound ? NotFound() : Forbid();
        Report = found.Value;
        if (Report.Region is null && caller.Scope.Nation) Children = await children.HandleAsync(cancellationToken);
        return Page();
    }

    /// <summary>A figure; a word where it is withheld, a dash where it does not exist.</summary>
    public string Show(int? figure, bool suppressed) => figure is { } number ? Numbers.Text(number) : Absent(suppressed);

    /// <summary>A share with its counts.</summary>
    public string Share(int? part, int? whole, bool suppressed) => (part, whole) is ({ } some, { } all) ? Numbers.Share(some, all) : Absent(suppressed);

    /// <summary>A percentage whose counts stand beside it.</summary>
    public static string Percent(int? part, int? whole) => (part, whole) is ({ } some, { } all) ? Numbers.Percent(some, all) : "–";

    /// <summary>What the chart shows, in a sentence for those who do not see it.</summary>
    public string Description()
    {
        var held = Report.Rows.Where(row => row is { Target: > 0, Enrolled: not null }).OrderByDescending(row => (double)row.Enrolled!.Value / row.Target!.Value).ToArray();
        return held.Length < 2
            ? texts["reporting.page.chartDescPlain"]
            : texts["reporting.page.chartDesc", held[0].Label, Percent(held[0].Enrolled, held[0].Target), held[^1].Label, Percent(held[^1].Enrolled, held[^1].Target)];
    }

    /// <summary>A share of the chart's width as SVG wants it.</summary>
    public static string Width(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    private string Absent(bool suppressed) => suppressed ? texts["reporting.page.withheld"] : "–";
}
