using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Seeding;

namespace Training.App.Tests.Platform.Commands;

internal sealed class BackupTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("training-backup-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_backup_of_a_running_system_rebuilds_it_elsewhere()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var keys = Directory.CreateDirectory(Path.Combine(house.Get<AppOptions>().StorageRoot, "keys")).FullName;
        await File.WriteAllTextAsync(Path.Combine(keys, "key-1.xml"), "<key/>");
        var file = Path.Combine(folder, "all.backup");
        await RunAsync(house, "backup", file);

        await using var other = EmptyHouse.WithoutDatabase();
        await RunAsync(other, "restore", file);

        Assert.That((await other.Get<DirectoryCatalog>().SnapshotAsync(CancellationToken.None)).Provinces, Has.Count.EqualTo(75));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(other.Get<AppOptions>().StorageRoot, "keys", "key-1.xml")), Is.EqualTo("<key/>"));
    }

    [Test]
    public async Task Refuses_to_restore_under_a_process_that_has_the_database_open()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var file = Path.Combine(folder, "all.backup");
        await RunAsync(house, "backup", file);

        Assert.That(() => RunAsync(house, "restore", file), Throws.TypeOf<CommandException>().With.Message.Contains("in use"));
    }

    [Test]
    public async Task Refuses_a_file_that_is_no_backup_and_changes_nothing()
    {
        await using var house = EmptyHouse.WithoutDatabase();
        var file = Path.Combine(folder, "letter.txt");
        await File.WriteAllTextAsync(file, "not a backup");

        Assert.That(() => RunAsync(house, "restore", file), Throws.TypeOf<CommandException>().With.Message.Contains("not a backup"));
        Assert.That(File.Exists(Path.Combine(house.Get<AppOptions>().StorageRoot, "training.db")), Is.False);
    }

    [Test]
    public async Task Never_writes_over_an_earlier_backup()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var file = Path.Combine(folder, "all.backup");
        await RunAsync(house, "backup", file);

        Assert.That(() => RunAsync(house, "backup", file), Throws.TypeOf<CommandException>().With.Message.Contains("exists already"));
    }

    private static Task<int> RunAsync(EmptyHouse house, string command, string file) =>
        CommandLine.Read([command, file], TextWriter.Null)!.RunAsync(house.Services, TextWriter.Null, CancellationToken.None);
}
