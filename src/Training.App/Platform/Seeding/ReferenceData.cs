using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.Data;
using Training.Data.Platform;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Platform.Seeding;

/// <summary>
/// Brings the reference lists into the database. Keys of leagues and sites are given once and belong to the code; a site that
/// leaves the lists stays, because children may be enrolled there. A fingerprint of the lists is kept, so that an unchanged
/// delivery costs one query at start.
/// </summary>
internal sealed class ReferenceData(
    IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options, DirectoryCatalog catalog)
{
    private const string FingerprintName = "reference-data";

    /// <summary>Loads what has changed.</summary>
    /// <returns>True when anything was to be loaded.</returns>
    public async Task<bool> SeedAsync(CancellationToken cancellationToken, string? folder = null)
    {
        folder ??= ReferenceFiles.DefaultFolder;
        var fingerprint = ReferenceFiles.Fingerprint(folder);
        await using (var db = new TrainingDbContext(options))
        {
            var known = await db.Set<SystemSecret>().Where(row => row.Name == FingerprintName).Select(row => row.Value)
                .SingleOrDefaultAsync(cancellationToken);
            if (known is not null && known.AsSpan().SequenceEqual(fingerprint)) return false;
        }

        var files = ReferenceFiles.Read(folder);
        var free = await ReserveAsync(files, cancellationToken);
        await gate.WriteAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                await provider.SerializeAsync(session.Db, FingerprintName, token);
                await UpsertTerritoryAsync(session.Db, files, free, token);
                await AddEditionsAsync(session.Db, files, free, token);
                await session.Db.Set<SystemSecret>().Where(row => row.Name == FingerprintName).ExecuteDeleteAsync(token);
                session.Db.Add(new SystemSecret { Name = FingerprintName, Value = fingerprint });
                await session.Db.SaveChangesAsync(token);
                return new Done();
            },
            cancellationToken);
        catalog.Forget();
        return true;
    }

    private async Task<FreeKeys> ReserveAsync(ReferenceFiles files, CancellationToken cancellationToken) => new(
        await keys.ReserveAsync<League>(files.Leagues.Count, cancellationToken),
        await keys.ReserveAsync<Site>(files.Clubs.Count + files.YouthHouses.Count, cancellationToken),
        await keys.ReserveAsync<Edition>(EditionSettings.All.Count, cancellationToken),
        await keys.ReserveAsync<CurriculumModule>(EditionSettings.All.Sum(edition => edition.Modules.Count), cancellationToken),
        await keys.ReserveAsync<Signatory>(EditionSettings.All.Count, cancellationToken));

    private static async Task UpsertTerritoryAsync(TrainingDbContext db, ReferenceFiles files, FreeKeys free, CancellationToken cancellationToken)
    {
        var regions = files.Regions.Select(line => new Region
        {
            Id = Number(line.Code),
            Code = line.Code,
            NameFr = line.NameFr,
            NameAr = line.NameAr,
            NameZgh = line.NameZgh,
            EstimatedYouth = line.EstimatedYouth,
        });
        Upsert(db, await db.Set<Region>().ToDictionaryAsync(row => row.Code, cancellationToken), regions, row => row.Code);

        var knownLeagues = await db.Set<League>().ToDictionaryAsync(row => row.Code, cancellationToken);
        var leagues = files.Leagues.Select((line, i) => new League
        {
            Id = knownLeagues.GetValueOrDefault(line.Code)?.Id ?? free.League + i,
            Code = line.Code,
            NameFr = line.NameFr,
            NameAr = line.NameAr,
            RegionId = line.RegionCode.Length == 0 ? null : Number(line.RegionCode),
        }).ToDictionary(row => row.Code);
        Upsert(db, knownLeagues, leagues.Values, row => row.Code);

        var provinces = files.Provinces.Select(line => new Province
        {
            Id = Number(line.Code.Replace(".", "", StringComparison.Ordinal)),
            Code = line.Code,
            NameFr = line.NameFr,
            NameAr = line.NameAr,
            RegionId = Number(line.RegionCode),
            LeagueId = leagues[line.LeagueCode].Id,
        }).ToDictionary(row => row.Code);
        Upsert(db, await db.Set<Province>().ToDictionaryAsync(row => row.Code, cancellationToken), provinces.Values, row => row.Code);

        var knownSites = await db.Set<Site>().ToDictionaryAsync(row => row.Code, cancellationToken);
        var lines = files.Clubs.Select(line => (line, SiteKind.Club)).Concat(files.YouthHouses.Select(line => (line, SiteKind.YouthHouse)));
        var sites = lines.Select((entry, i) => SiteOf(
            entry.line, entry.Item2, provinces[entry.line.ProvinceCode], knownSites.GetValueOrDefault(entry.line.Code), free.Site + i));
        Upsert(db, knownSites, sites, row => row.Code);
    }

    private static Site SiteOf(SiteLine line, SiteKind kind, Province province, Site? known, int free) => new()
    {
        Id = known?.Id ?? free,
        Code = line.Code,
        Kind = kind,
        NameFr = line.NameFr,
        NameAr = line.NameAr.Length == 0 ? line.NameFr : line.NameAr,
        City = line.City,
        ProvinceId = province.Id,
        RegionId = province.RegionId,
        LeagueId = province.LeagueId,
        Setting = line.Setting switch { "urban" => SiteSetting.Urban, "rural" => SiteSetting.Rural, _ => SiteSetting.Unknown },
        PlaysFirstDivision = line.PlaysFirstDivision,
        IsOpen = known?.IsOpen ?? true,
    };

    private static async Task AddEditionsAsync(TrainingDbContext db, ReferenceFiles files, FreeKeys free, CancellationToken cancellationToken)
    {
        var known = await db.Set<Edition>().Select(row => row.Code).ToListAsync(cancellationToken);
        var nextModule = free.Module;
        foreach (var (settings, i) in EditionSettings.All.Select((settings, i) => (settings, i)))
        {
            if (known.Contains(settings.Code)) continue;
            var edition = settings.Describe(free.Edition + i);
            db.Add(edition);
            db.AddRange(settings.Modules.Select((module, position) => new CurriculumModule
            {
                Id = nextModule++,
                EditionId = edition.Id,
                Code = module.Code,
                NameFr = module.NameFr,
                NameAr = module.NameAr,
                Minutes = module.Minutes,
                Mandatory = module.Mandatory,
                Position = position + 1,
            }));
            db.Add(EditionSettings.SignatoryOf(edition.Id, free.Signatory + i));
            var shares = ProportionalTargets.Share(edition.Target, [.. files.Regions.Select(region => region.EstimatedYouth)]);
            db.AddRange(files.Regions.Select((region, at) =>
                new RegionTarget { EditionId = edition.Id, RegionId = Number(region.Code), Target = shares[at] }));
        }
    }

    private static void Upsert<TEntity>(
        TrainingDbContext db, Dictionary<string, TEntity> known, IEnumerable<TEntity> wanted, Func<TEntity, string> codeOf)
        where TEntity : class
    {
        foreach (var row in wanted)
        {
            if (known.TryGetValue(codeOf(row), out var old)) db.Entry(old).CurrentValues.SetValues(row);
            else db.Add(row);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>First reserved key of each table; codes that are known already keep their own.</summary>
    private sealed record FreeKeys(int League, int Site, int Edition, int Module, int Signatory);
}
