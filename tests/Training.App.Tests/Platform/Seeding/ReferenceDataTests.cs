using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Seeding;
using Training.Data;
using Training.Domain.Directory;

namespace Training.App.Tests.Platform.Seeding;

internal sealed class ReferenceDataTests
{
    [Test]
    public async Task Loads_the_whole_country_with_its_leagues_and_sites()
    {
        await using var house = await EmptyHouse.CreateAsync();

        var directory = await SeededAsync(house);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(directory.Regions.Select(region => region.Code), Is.EqualTo(Enumerable.Range(1, 12).Select(i => $"{i:00}")));
            Assert.That(directory.Provinces, Has.Count.EqualTo(75));
            Assert.That(directory.Leagues.Count(league => league.RegionId is not null), Is.EqualTo(13));
            Assert.That(directory.Leagues.Count(league => league.RegionId is null), Is.EqualTo(4));
            Assert.That(directory.FindSite("RSB"), Is.Not.Null.And.Property(nameof(Site.Kind)).EqualTo(SiteKind.Club));
            Assert.That(directory.FindSite("mj-04-001"), Is.Not.Null.And.Property(nameof(Site.Kind)).EqualTo(SiteKind.YouthHouse));
        }
    }

    [Test]
    public async Task Places_a_site_in_the_region_and_league_of_its_province()
    {
        await using var house = await EmptyHouse.CreateAsync();

        var directory = await SeededAsync(house);

        Assert.That(directory.Sites, Is.Not.Empty);
        foreach (var site in directory.Sites)
        {
            var province = directory.Province(site.ProvinceId);
            Assert.That((site.RegionId, site.LeagueId), Is.EqualTo((province.RegionId, province.LeagueId)), site.Code);
        }
        // Casablanca-Settat alone has two leagues, split by province.
        Assert.That(directory.League(directory.FindSite("RCA")!.LeagueId).Code, Is.EqualTo("LR-GC"));
        Assert.That(directory.League(directory.FindSite("DHJ")!.LeagueId).Code, Is.EqualTo("LR-CD"));
    }

    [TestCase("football-2026", 200_000)]
    [TestCase("youthhouse-2026", 20_000)]
    public async Task Region_targets_add_up_to_the_target_of_the_edition(string code, int target)
    {
        await using var house = await EmptyHouse.CreateAsync();

        var directory = await SeededAsync(house);

        var edition = directory.FindEdition(code)!;
        Assert.That(edition.Target, Is.EqualTo(target));
        Assert.That(directory.Regions.Sum(region => directory.Target(edition.Id, region.Id)), Is.EqualTo(target));
        Assert.That(directory.Regions.Select(region => directory.Target(edition.Id, region.Id)), Has.All.GreaterThan(0));
    }

    [TestCase("football-2026")]
    [TestCase("youthhouse-2026")]
    public async Task Every_edition_teaches_the_ethical_use_of_ai_and_has_a_signatory(string code)
    {
        await using var house = await EmptyHouse.CreateAsync();

        var directory = await SeededAsync(house);

        var edition = directory.FindEdition(code)!;
        Assert.That(directory.FindModule(edition.Id, "ethics"), Is.Not.Null.And.Property(nameof(CurriculumModule.Mandatory)).True);
        Assert.That(directory.Modules(edition.Id).Select(module => module.Position), Is.EqualTo(Enumerable.Range(1, directory.Modules(edition.Id).Count())));
        Assert.That(directory.SignatoryOn(edition.Id, edition.StartsOn), Is.Not.Null);
        Assert.That(directory.SignatoryOn(edition.Id, new DateOnly(2020, 1, 1)), Is.Null);
    }

    [Test]
    public async Task An_unchanged_delivery_is_not_loaded_again()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var reference = house.Get<ReferenceData>();

        Assert.That(await reference.SeedAsync(CancellationToken.None), Is.True);
        Assert.That(await reference.SeedAsync(CancellationToken.None), Is.False);
    }

    [Test]
    public async Task A_changed_list_keeps_every_key_and_the_settings_of_the_editions()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var before = await SeededAsync(house);
        await using (var db = new TrainingDbContext(house.Get<DbContextOptions<TrainingDbContext>>()))
            await db.Set<Edition>().ExecuteUpdateAsync(set => set.SetProperty(edition => edition.AgeMax, 17));
        using var changed = new ChangedLists();
        changed.Edit("clubs.csv", text => text.Replace("Renaissance Sportive de Berkane", "Un nouveau nom", StringComparison.Ordinal));

        Assert.That(await house.Get<ReferenceData>().SeedAsync(CancellationToken.None, changed.Folder), Is.True);

        var after = await house.Get<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);
        Assert.That(after.FindSite("RSB")!.NameFr, Is.EqualTo("Un nouveau nom"));
        Assert.That(after.Sites.ToDictionary(site => site.Code, site => site.Id), Is.EqualTo(before.Sites.ToDictionary(site => site.Code, site => site.Id)));
        Assert.That(after.Editions.Select(edition => edition.AgeMax), Has.All.EqualTo(17));
    }

    private static async Task<DirectorySnapshot> SeededAsync(EmptyHouse house)
    {
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        return await house.Get<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);
    }

    private sealed class ChangedLists : IDisposable
    {
        public ChangedLists()
        {
            foreach (var file in Directory.EnumerateFiles(ReferenceFiles.DefaultFolder))
                File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("training-lists-").FullName;

        public void Edit(string file, Func<string, string> change)
        {
            var path = Path.Combine(Folder, file);
            File.WriteAllText(path, change(File.ReadAllText(path)));
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
