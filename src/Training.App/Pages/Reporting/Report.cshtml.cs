using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Reporting;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.App.Pages.Reporting;

/// <summary>
/// Target against actual: the nation by region for the directorate, down to region, site and group; a coordinator begins at the own
/// region, a coach at the own site. What is asked stands in the address, so that a view can be shared: another one sees it within
/// the own perimeter, or not at all.
/// </summary>
[Authorize(Policy = Policies.Report)]
internal sealed class ReportModel(
    ReportOverview.Handler overview, CountChildren.Handler children, ReportWork work, DirectoryCatalog catalog, Caller caller, Texts texts) : PageModel
{
    /// <summary>With more rows the bars say less than the table.</summary>
    private const int BarsMax = 24;

    /// <summary>Places named as behind: what can be called on one morning.</summary>
    private const int BehindMax = 5;

    [BindProperty(SupportsGet = true)]
    public string? Edition { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Site { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sex { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? AgeBand { get; set; }

    public ReportOverview.Response Overview { get; private set; } = null!;

    public IReadOnlyList<Edition> Editions { get; private set; } = [];

    /// <summary>The children behind the enrollments of all editions; null below the nation.</summary>
    public CountChildren.Response? Children { get; private set; }

    /// <summary>True when the caller sees more than one region.</summary>
    public bool CanGoUp => caller.Scope.Nation || caller.Scope.Regions.Length > 1;

    public string Title => Overview switch
    {
        { Group: { } group } => texts["reporting.page.titleGroup", group],
        { Site: { } site } => texts["reporting.page.titleSite", site.Name()],
        { By: ReportDimension.Site, Region: { } region } => texts["reporting.page.titleRegion", region.Name()],
        _ => texts["reporting.page.title"],
    };

    /// <summary>What narrows the figures beside the place, in words; null when nothing does.</summary>
    public string? Narrowed
    {
        get
        {
            string?[] words =
            [
                Sex is "female" ? texts["reporting.sexFemale"] : Sex is "male" ? texts["reporting.sexMale"] : null,
                AgeBands.Parse(AgeBand) is { } band ? BandName(band) : null,
            ];
            return words.OfType<string>().Any() ? string.Join(" · ", words.OfType<string>()) : null;
        }
    }

    public bool HasChart => Overview.Bars.Count is > 0 and <= BarsMax && Overview.By != ReportDimension.Month;

    public bool HasTargets => Overview.Report.Items.Any(row => row.Target is not null);

    /// <summary>True for a region of the football programme in which no club of the first division has a centre.</summary>
    public bool LacksFirstDivision(AttendanceReport.Item row) => Overview is { By: ReportDimension.Region, Edition.Track: Track.Football }
        && catalog.Current.FindRegion(row.Key) is { } region && !catalog.Current.HasFirstDivision(region.Id);

    /// <summary>Names of such regions; null when there is none.</summary>
    public string? WithoutFirstDivision
    {
        get
        {
            var names = Overview.Report.Items.Where(LacksFirstDivision).Select(row => row.Label).ToArray();
            return names.Length == 0 ? null : string.Join(Languages.Current == "ar" ? "، " : ", ", names);
        }
    }

    /// <summary>True for a person, who may have files made; a machine has the API.</summary>
    public bool HasAccount => caller.AccountId is not null;

    /// <summary>The question of the table, field by field.</summary>
    public IEnumerable<(string Name, string Value)> Question => Place.Concat(
    [
        ("edition", Overview.Edition.Code), ("by", Overview.By.Name()), ("sex", Sex ?? ""), ("ageBand", AgeBand ?? ""),
    ]).Where(entry => entry.Item2.Length > 0);

    /// <summary>True for who may set the targets.</summary>
    public bool SetsTargets => caller.Scope.Nation && caller.Is(Role.Directorate) && Overview.By == ReportDimension.Region;

    /// <summary>The way from the top to here; the last one has no address.</summary>
    public IReadOnlyList<(string Text, string? Address)> Crumbs { get; private set; } = [];

    /// <summary>The place shown, as the address has it.</summary>
    public IEnumerable<(string Name, string Value)> Place =>
        new[] { ("region", Region), ("site", Site), ("group", Group) }.Where(entry => !string.IsNullOrEmpty(entry.Item2)).Select(entry => (entry.Item1, entry.Item2!));

    /// <summary>What waits for somebody: how much, and where it is done; no address where the caller has no part in it.</summary>
    public IReadOnlyList<WorkLine> Work { get; private set; } = [];

    /// <summary>Rows whose books are furthest from closed.</summary>
    public IReadOnlyList<AttendanceReport.Item> Behind { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Editions = directory.Editions;
        BeginAtOwnPlace(directory);
        var found = await overview.HandleAsync(new ReportOverview.Request(Edition, Region, Site, Group, Sex, AgeBand), cancellationToken);
        if (!found.Succeeded) return found.Error.Kind is ErrorKind.Invalid or ErrorKind.NotFound ? NotFound() : Forbid();
        Overview = found.Value;
        Crumbs = WayHere();
        Work = await work.ReadAsync(Overview, cancellationToken);
        Behind = [.. Overview.Report.Items.Where(row => Overview.By != ReportDimension.Month && row.Sessions is { } sessions && sessions.Held > sessions.Closed)
            .OrderByDescending(row => row.Sessions!.Held - row.Sessions.Closed).Take(BehindMax)];
        if (Overview.By == ReportDimension.Region && caller.Scope.Nation) Children = await children.RememberedAsync(cancellationToken);
        return Page();
    }

    /// <summary>A figure; a word where it is withheld, a dash where it does not exist.</summary>
    public string Show(int? figure, bool suppressed) => figure is { } number ? Numbers.Text(number) : Absent(suppressed);

    /// <summary>A share with its counts.</summary>
    public string Share(int? part, int? whole, bool suppressed) => (part, whole) is ({ } some, { } all) ? Numbers.Share(some, all) : Absent(suppressed);

    /// <summary>A share with its counts, these in small type.</summary>
    public Microsoft.AspNetCore.Html.IHtmlContent CountedShare(int? part, int? whole, bool suppressed) => (part, whole) is ({ } some, > 0 and var all)
        ? new Microsoft.AspNetCore.Html.HtmlString($"<bdi dir=\"ltr\" class=\"num\">{Markup.Text(Numbers.Percent(some, all))} <small>({Markup.Text(Numbers.Text(some))}/{Markup.Text(Numbers.Text(all))})</small></bdi>")
        : Numbers.Ltr(Share(part, whole, suppressed));

    /// <summary>A percentage whose counts stand beside it.</summary>
    public static string Percent(int? part, int? whole) => (part, whole) is ({ } some, { } all) ? Numbers.Percent(some, all) : "–";

    /// <summary>An instant in local time, kept from left to right.</summary>
    public static string At(DateTimeOffset instant) => $"\u2066{instant.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)}\u2069";

    public string BandName(AgeBand band) => Texts.WithFacts(
        texts["reporting.ageBand"], new Dictionary<string, object?> { ["from"] = AgeBands.From(band), ["to"] = AgeBands.To(band) });

    /// <summary>Where a row leads: one level down; null at the last.</summary>
    public string? AddressOf(AttendanceReport.Item row) => Overview.By switch
    {
        ReportDimension.Region => Address(row.Key),
        ReportDimension.Site => Address(Overview.Region?.Code, row.Key),
        ReportDimension.Group => Address(Overview.Region?.Code, Overview.Site?.Code, row.Key),
        _ => null,
    };

    /// <summary>The regions on the map.</summary>
    public IEnumerable<RegionTile> Tiles()
    {
        foreach (var row in Overview.Report.Items)
        {
            if (RegionTiles.Of(row.Key) is not var (column, line)) continue;
            var share = (row.Enrolled, row.Target) is ({ } enrolled, > 0 and var target) ? (double)enrolled / target : 0;
            var percent = Percent(row.Enrolled, row.Target);
            var (words, lacks) = (texts["reporting.page.tile", row.Label, percent], LacksFirstDivision(row));
            yield return new RegionTile(
                row.Key, column, line, Math.Clamp((int)(share * 4), 0, 4), percent, lacks ? texts["reporting.page.tileNoFirstDivision", words] : words, Address(row.Key), lacks);
        }
    }

    /// <summary>What the chart shows, in a sentence for those who do not see it.</summary>
    public string Description()
    {
        var held = Overview.Report.Items.Where(row => row is { Target: > 0, Enrolled: not null }).OrderByDescending(row => (double)row.Enrolled!.Value / row.Target!.Value).ToArray();
        return held.Length < 2
            ? texts["reporting.page.chartDescPlain"]
            : texts["reporting.page.chartDesc", held[0].Label, Percent(held[0].Enrolled, held[0].Target), held[^1].Label, Percent(held[^1].Enrolled, held[^1].Target)];
    }

    /// <summary>What the line shows, in a sentence.</summary>
    public string TrendDescription()
    {
        var shown = Overview.Months.Where(month => month.Rate is not null).ToArray();
        return shown.Length == 0
            ? texts["reporting.page.chartDescPlain"]
            : texts["reporting.page.trendDesc", shown[0].Label, Percent(shown[0].Present, shown[0].Marked), shown[^1].Label, Percent(shown[^1].Present, shown[^1].Marked)];
    }

    /// <summary>A share of the chart's width as SVG wants it.</summary>
    public static string Width(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    /// <summary>A place along the chart, from the side where reading begins.</summary>
    public static string Along(double share, bool isRightToLeft) => Width(isRightToLeft ? 1 - share : share);

    /// <summary><c>10/26</c> for <c>2026-10</c>.</summary>
    public static string ShortMonth(string key) => $"{key[5..]}/{key[2..4]}";

    private string Absent(bool suppressed) => suppressed ? texts["reporting.page.withheld"] : "–";

    /// <summary>Without a place in the address a caller begins at the own one: region for a coordinator, site for a coach.</summary>
    private void BeginAtOwnPlace(DirectorySnapshot directory)
    {
        if (CanGoUp || !string.IsNullOrEmpty(Site) || !string.IsNullOrEmpty(Group)) return;
        if (caller.Scope.Regions is [var own, ..]) Region = directory.Region(own).Code;
        else if (caller.Scope.Sites is [var only]) (Region, Site) = (null, directory.Site(only).Code);
        else if (caller.Scope.Sites is [var first, ..]) Region = directory.Region(directory.Site(first).RegionId).Code;
    }

    private List<(string Text, string? Address)> WayHere()
    {
        var way = new List<(string Text, string? Address)>();
        if (CanGoUp) way.Add((texts["reporting.page.regions"], Address()));
        if (Overview.Region is { } region && (CanGoUp || caller.Scope.Regions.Contains(region.Id))) way.Add((region.Name(), Address(region.Code)));
        if (Overview.Site is { } site) way.Add((site.Name(), Address(Overview.Region?.Code, site.Code)));
        if (Overview.Group is { } group) way.Add((group, null));
        if (way.Count > 0) way[^1] = (way[^1].Text, null);
        return way;
    }

    private string Address(string? region = null, string? site = null, string? group = null) => "/reports?" + string.Join('&', new[]
    {
        ("edition", Overview.Edition.Code), ("region", region), ("site", site), ("group", group), ("sex", Sex), ("ageBand", AgeBand),
    }.Where(entry => !string.IsNullOrEmpty(entry.Item2)).Select(entry => $"{entry.Item1}={Uri.EscapeDataString(entry.Item2!)}"));
}
