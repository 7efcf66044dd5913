using System.Globalization;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>What the rows of a report stand for.</summary>
internal enum ReportBy
{
    Region,
    Province,
    League,
    Site,
    Group,
    Module,
    Month,
    Sex,
    AgeBand,
}

/// <summary>A report's question as it came in: codes as in the directory.</summary>
internal sealed record ReportRequest(
    string? Edition, string? By, string? Region = null, string? Province = null, string? League = null, string? Site = null,
    string? Group = null, string? Module = null, string? Month = null, string? Sex = null, string? AgeBand = null);

/// <summary>A report's question, understood: keys instead of codes.</summary>
internal sealed record ReportSelection(
    Edition Edition, ReportBy By, Region? Region, Province? Province, League? League, Site? Site, int? GroupId, CurriculumModule? Module,
    int? Month, Sex? Sex, AgeBand? AgeBand)
{
    /// <summary>The names by which rows can be asked for.</summary>
    public static readonly IReadOnlyList<string> Dimensions = [.. Enum.GetNames<ReportBy>().Select(JsonName)];

    /// <summary>True when the figures come from single groups, which are not split by sex, age or module.</summary>
    public bool UsesGroups => By == ReportBy.Group || GroupId is not null;

    /// <summary>True when the figures come from single modules.</summary>
    public bool UsesModules => By == ReportBy.Module || Module is not null;

    /// <summary>True when the figures are split by who the youths are.</summary>
    public bool UsesPersons => By is ReportBy.Sex or ReportBy.AgeBand || Sex is not null || AgeBand is not null;

    /// <summary>True when enrollments can be told for the rows: they belong to no month and no module.</summary>
    public bool HasEnrollments => By is not (ReportBy.Month or ReportBy.Module) && Month is null && Module is null;

    /// <summary>True when nothing but a region narrows the figures, so that they can be held against a target.</summary>
    public bool HasTarget => HasEnrollments && !UsesGroups && Province is null && League is null && Site is null && Sex is null && AgeBand is null;

    /// <summary>True for a site whose figures are asked for.</summary>
    public bool Includes(Site site) =>
        (Region is null || site.RegionId == Region.Id) && (Province is null || site.ProvinceId == Province.Id)
        && (League is null || site.LeagueId == League.Id) && (Site is null || site.Id == Site.Id);

    /// <summary>Reads a request; each fault names what would be possible.</summary>
    public static Result<ReportSelection> Read(ReportRequest request, DirectorySnapshot directory)
    {
        var faults = new Faults();
        var edition = directory.FindEdition(request.Edition);
        if (edition is null) Refuse(faults, "edition", directory.Editions.Select(row => row.Code));
        var by = ReportBy.Region;
        if (Given(request.By) && (!Enum.TryParse(request.By, ignoreCase: true, out by) || !Dimensions.Contains(request.By, StringComparer.OrdinalIgnoreCase)))
            Refuse(faults, "by", Dimensions);

        var region = Find(faults, "region", request.Region, directory.FindRegion, () => directory.Regions.Select(row => row.Code));
        var province = Find(faults, "province", request.Province, directory.FindProvince, () => directory.Provinces.Select(row => row.Code));
        var league = Find(faults, "league", request.League, directory.FindLeague, () => directory.Leagues.Select(row => row.Code));
        var site = Find(faults, "site", request.Site, directory.FindSite, () => ["GET /api/sites"]);
        var module = edition is null
            ? null
            : Find(
                faults, "module", request.Module, code => directory.FindModule(edition.Id, code),
                () => directory.Modules(edition.Id).Select(row => row.Code));
        var group = Given(request.Group) ? OpaqueId.ParseGroup(request.Group) : null;
        if (Given(request.Group) && group is null) Refuse(faults, "group", ["GET /api/groups"]);
        var month = ReadMonth(request.Month, edition, faults);
        Sex? sex = request.Sex?.Trim().ToUpperInvariant() switch { "FEMALE" => Domain.Registry.Sex.Female, "MALE" => Domain.Registry.Sex.Male, _ => null };
        if (Given(request.Sex) && sex is null) Refuse(faults, "sex", ["female", "male"]);
        var band = AgeBands.Parse(request.AgeBand);
        if (Given(request.AgeBand) && band is null) Refuse(faults, "ageBand", AgeBands.All.Select(AgeBands.Code));
        if (!faults.None) return faults.ToError();

        var selection = new ReportSelection(edition!, by, region, province, league, site, group, module, month, sex, band);
        if ((selection.UsesGroups ? 1 : 0) + (selection.UsesModules ? 1 : 0) + (selection.UsesPersons ? 1 : 0) > 1)
        {
            faults.Add("by", "reportCombination");
            return faults.ToError();
        }
        return selection;
    }

    /// <summary>The public name of a dimension: <c>ageBand</c>.</summary>
    public static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>A month in which the edition has a day; without an edition there is none to choose.</summary>
    private static int? ReadMonth(string? text, Edition? edition, Faults faults)
    {
        if (!Given(text) || edition is null) return null;
        var months = new List<string>();
        for (var first = new DateOnly(edition.StartsOn.Year, edition.StartsOn.Month, 1); first <= edition.EndsOn; first = first.AddMonths(1))
            months.Add(first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        if (months.Contains(text!.Trim())) return int.Parse(text.Trim().Remove(4, 1), CultureInfo.InvariantCulture);
        Refuse(faults, "month", months);
        return null;
    }

    private static TRow? Find<TRow>(Faults faults, string field, string? code, Func<string?, TRow?> find, Func<IEnumerable<string>> possible)
        where TRow : class
    {
        if (!Given(code)) return null;
        var found = find(code);
        if (found is null) Refuse(faults, field, possible());
        return found;
    }

    private static void Refuse(Faults faults, string field, IEnumerable<string> possible) =>
        faults.Add(field, "notAmong", ("possible", string.Join(", ", possible)));

    private static bool Given(string? text) => !string.IsNullOrWhiteSpace(text);
}
