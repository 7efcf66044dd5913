using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>A report's question as it came in: codes as in the directory.</summary>
internal sealed record ReportRequest
{
    public string? Edition { get; init; }

    public string? By { get; init; }

    public string? Region { get; init; }

    public string? Province { get; init; }

    public string? League { get; init; }

    public string? Site { get; init; }

    public string? Group { get; init; }

    public string? Module { get; init; }

    public string? Month { get; init; }

    public string? Sex { get; init; }

    public string? AgeBand { get; init; }

    public string? Category { get; init; }

    public string? Track { get; init; }

    public string? Setting { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }
}

/// <summary>Understands a report's question; each fault names what would be possible.</summary>
internal sealed class ReadReport(DirectoryCatalog catalog, ReadDb db, Caller caller)
{
    /// <summary>Most dimensions of a report.</summary>
    public const int DimensionsMax = 2;

    /// <summary>Every name a question may have, beside those of the answer's form.</summary>
    public static readonly IReadOnlyList<string> Names = ["edition", "by", .. ReportDimensions.Names.Where(name => name != "edition"), "from", "to"];

    /// <summary>Reads a question. Another's place is not there; an empty report would claim that nobody is enrolled.</summary>
    public async Task<Result<ReportSelection>> ReadAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var read = Read(request, directory, await GroupAsync(request.Group, cancellationToken));
        if (!read.Succeeded) return read;
        return Outside(read.Value, directory) is { } outside ? outside : read;
    }

    private static Result<ReportSelection> Read(ReportRequest request, DirectorySnapshot directory, Group? group)
    {
        var faults = new Faults();
        var by = ReadDimensions(request.By, faults);
        var track = ReadName<Track>("track", request.Track, faults);
        var editions = ReadEditions(request.Edition, track, by, directory, faults);
        var single = editions.Count == 1 ? editions[0] : null;
        if (single is null && editions.Count > 0 && (by.Contains(ReportDimension.Module) || Given(request.Module))) Refuse(faults, "edition", directory.Editions.Select(row => row.Code));
        if (Given(request.Group) && OpaqueId.ParseGroup(request.Group) is null) Refuse(faults, "group", ["GET /api/groups"]);
        var (from, to) = ReadMonths(request, editions, faults);
        var selection = new ReportSelection(editions, by)
        {
            Track = track,
            Region = Find(faults, "region", request.Region, directory.FindRegion, () => directory.Regions.Select(row => row.Code)),
            Province = Find(faults, "province", request.Province, directory.FindProvince, () => directory.Provinces.Select(row => row.Code)),
            League = Find(faults, "league", request.League, directory.FindLeague, () => directory.Leagues.Select(row => row.Code)),
            Setting = ReadName<SiteSetting>("setting", request.Setting, faults),
            Site = Find(faults, "site", request.Site, directory.FindSite, () => ["GET /api/sites"]),
            Group = group,
            Module = single is null ? null : Find(faults, "module", request.Module, code => directory.FindModule(single.Id, code), () => directory.Modules(single.Id).Select(row => row.Code)),
            From = from,
            To = to,
            Sex = ReadName<Sex>("sex", request.Sex, faults),
            AgeBand = AgeBands.Parse(request.AgeBand),
            Category = AgeCategory.FromCode(request.Category?.Trim()),
        };
        if (Given(request.AgeBand) && selection.AgeBand is null) Refuse(faults, "ageBand", AgeBands.All.Select(AgeBands.Code));
        if (Given(request.Category) && selection.Category is null) Refuse(faults, "category", AgeCategory.All.Select(row => row.Code));
        return faults.None ? selection : faults.ToError();
    }

    private async Task<Group?> GroupAsync(string? text, CancellationToken cancellationToken) =>
        OpaqueId.ParseGroup(text) is { } id ? await db.Set<Group>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? Nowhere : null;

    /// <summary>Stands for a group that does not exist, until the answer says so.</summary>
    private static readonly Group Nowhere = new() { Id = 0, SiteId = 0, RegionId = 0, EditionId = 0, Name = "", Capacity = 0 };

    private Error? Outside(ReportSelection selection, DirectorySnapshot directory)
    {
        var scope = caller.Scope;
        if (selection.Group is { } group && (group == Nowhere || !scope.Covers(group.SiteId, group.RegionId))) return Error.NotFound("groupNotFound");
        if (scope.Nation) return null;
        if (selection.Site is { } site && !scope.Covers(site.Id, site.RegionId)) return Error.NotFound("siteNotFound");
        if (selection is { Region: { } region, Province: null, League: null, Setting: null, Site: null, Group: null } && scope.Regions.Contains(region.Id)) return null;
        return directory.Sites.Any(row => scope.Covers(row.Id, row.RegionId) && selection.Includes(row))
            ? null
            : Error.NotFound("reportOutsidePerimeter");
    }

    private static ReportDimension[] ReadDimensions(string? text, Faults faults)
    {
        if (!Given(text)) return [ReportDimension.Region];
        var names = text!.Split(',', StringSplitOptions.TrimEntries);
        var found = names.Take(DimensionsMax).Select(ReportDimensions.Parse).ToArray();
        if (found.Any(dimension => dimension is null)) Refuse(faults, "by", ReportDimensions.Names);
        else if (names.Length > DimensionsMax || found.Distinct().Count() < found.Length) faults.Add("by", "reportDimensions", ("max", DimensionsMax));
        else return [.. found.Select(dimension => dimension!.Value)];
        return [ReportDimension.Region];
    }

    /// <summary>One edition; or all, or those of a track, where the rows or a filter say that several are meant.</summary>
    private static IReadOnlyList<Edition> ReadEditions(string? code, Track? track, ReportDimension[] by, DirectorySnapshot directory, Faults faults)
    {
        var possible = directory.Editions.Where(row => track is null || row.Track == track).ToArray();
        if (!Given(code) && (track is not null || by.Contains(ReportDimension.Track) || by.Contains(ReportDimension.Edition))) return possible;
        if (Array.Find(possible, row => row.Code.Equals(code?.Trim(), StringComparison.OrdinalIgnoreCase)) is { } edition) return [edition];
        Refuse(faults, "edition", possible.Select(row => row.Code));
        return [];
    }

    /// <summary>Months in which one of the editions has a day; without an edition there is none to choose.</summary>
    private static (int? From, int? To) ReadMonths(ReportRequest request, IReadOnlyList<Edition> editions, Faults faults)
    {
        if (editions.Count == 0) return (null, null);
        var months = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var edition in editions)
        {
            for (var first = new DateOnly(edition.StartsOn.Year, edition.StartsOn.Month, 1); first <= edition.EndsOn; first = first.AddMonths(1))
                months.Add(first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        }
        var (month, from, to) = (One("month", request.Month), One("from", request.From), One("to", request.To));
        if (from > to || (month is not null && (from is not null || to is not null))) faults.Add("from", "reportMonths");
        return (month ?? from, month ?? to);

        int? One(string field, string? text)
        {
            if (!Given(text)) return null;
            if (months.Contains(text!.Trim())) return int.Parse(text.Trim().Remove(4, 1), CultureInfo.InvariantCulture);
            Refuse(faults, field, months);
            return null;
        }
    }

    private static TName? ReadName<TName>(string field, string? text, Faults faults)
        where TName : struct, Enum
    {
        if (!Given(text)) return null;
        foreach (var value in Enum.GetValues<TName>())
            if (ReportDimensions.JsonName(value.ToString()).Equals(text!.Trim(), StringComparison.OrdinalIgnoreCase)) return value;
        Refuse(faults, field, Enum.GetNames<TName>().Select(ReportDimensions.JsonName));
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
