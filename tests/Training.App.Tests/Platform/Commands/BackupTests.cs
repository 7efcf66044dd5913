using System.IO.Compression;
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
        await RunAsync(house, "backup", file, "--encrypt", "no");

        await using var other = EmptyHouse.WithoutDatabase();
        await RunAsync(other, "restore", file);

        Assert.That((await other.Get<DirectoryCatalog>().SnapshotAsync(CancellationToken.None)).Provinces, Has.Count.EqualTo(75));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(other.Get<AppOptions>().StorageRoot, "keys", "key-1.xml")), Is.EqualTo("<key/>"));
    }

    [Test]
    public async Task Under_a_password_a_backup_shows_nothing_and_opens_with_that_password_alone()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var (file, right, wrong) = (Path.Combine(folder, "all.backup"), Path.Combine(folder, "right"), Path.Combine(folder, "wrong"));
        await File.WriteAllTextAsync(right, "une phrase de passe\n");
        await File.WriteAllTextAsync(wrong, "une autre phrase de passe\n");
        await RunAsync(house, "backup", file, "--password-file", right);
        await using var other = EmptyHouse.WithoutDatabase();

        Assert.That(File.ReadAllBytes(file).AsSpan().IndexOf("PK\u0003\u0004"u8), Is.Negative, "no archive can be seen in it");
        Assert.That(() => RunAsync(other, "restore", file), Throws.TypeOf<CommandException>().With.Message.Contains("is encrypted"));
        Assert.That(() => RunAsync(other, "restore", file, "--password-file", wrong), Throws.TypeOf<CommandException>().With.Message.Contains("does not open"));
        await RunAsync(other, "restore", file, "--password-file", right);
        Assert.That((await other.Get<DirectoryCatalog>().SnapshotAsync(CancellationToken.None)).Provinces, Has.Count.EqualTo(75));
    }

    [Test]
    public async Task A_cut_off_encrypted_backup_is_refused()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var (file, password) = (Path.Combine(folder, "all.backup"), Path.Combine(folder, "password"));
        await File.WriteAllTextAsync(password, "une phrase de passe");
        await RunAsync(house, "backup", file, "--password-file", password);
        await using (var stream = File.OpenWrite(file)) stream.SetLength(stream.Length - 100);
        await using var other = EmptyHouse.WithoutDatabase();

        Assert.That(() => RunAsync(other, "restore", file, "--password-file", password), Throws.TypeOf<CommandException>().With.Message.Contains("damaged"));
    }

    [Test]
    public async Task Refuses_to_restore_under_a_process_that_has_the_database_open()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var file = Path.Combine(folder, "all.backup");
        await RunAsync(house, "backup", file, "--encrypt", "no");

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
        await RunAsync(house, "backup", file, "--encrypt", "no");

        Assert.That(() => RunAsync(house, "backup", file, "--encrypt", "no"), Throws.TypeOf<CommandException>().With.Message.Contains("exists already"));
    }

    [Test]
    public async Task Says_what_was_counted_and_how_long_the_restore_took()
    {
        await using var house = await EmptyHouse.CreateAsync();
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);
        var file = Path.Combine(folder, "all.backup");
        var (made, restored) = (new StringWriter(), new StringWriter());
        await CommandLine.Read(["backup", file, "--encrypt", "no"], TextWriter.Null)!.RunAsync(house.Services, made, CancellationToken.None);
        Assert.That(await BackupNote.ReadAsync(house.Get<AppOptions>().StorageRoot, CancellationToken.None), Is.Not.Null, "the operator's page says when");

        await using var other = EmptyHouse.WithoutDatabase();
        await CommandLine.Read(["restore", file], TextWriter.Null)!.RunAsync(other.Services, restored, CancellationToken.None);

        Assert.That(made.ToString(), Does.Contain("unpacked once and compared").And.Match("[1-9][0-9,]* rows"));
        Assert.That(restored.ToString(), Does.Match("restored in [0-9.]+ s: [1-9][0-9,]* rows and 0 files as they were counted"));
    }

    [Test]
    public async Task Refuses_a_backup_that_lacks_what_was_counted_when_it_was_made()
    {
        await using var house = await EmptyHouse.CreateAsync();
        var keys = Directory.CreateDirectory(Path.Combine(house.Get<AppOptions>().StorageRoot, "keys")).FullName;
        await File.WriteAllTextAsync(Path.Combine(keys, "key-1.xml"), "<key/>");
        var file = Path.Combine(folder, "all.backup");
        await RunAsync(house, "backup", file, "--encrypt", "no");
        using (var archive = ZipFile.Open(file, ZipArchiveMode.Update)) archive.GetEntry("keys/key-1.xml")!.Delete();

        await using var other = EmptyHouse.WithoutDatabase();

        Assert.That(() => RunAsync(other, "restore", file), Throws.TypeOf<CommandException>().With.Message.Contains("not complete"));
        Assert.That(File.Exists(Path.Combine(other.Get<AppOptions>().StorageRoot, "training.db")), Is.False);
    }

    private static Task<int> RunAsync(EmptyHouse house, string command, string file, params string[] options) =>
        CommandLine.Read([command, file, .. options], TextWriter.Null)!.RunAsync(house.Services, TextWriter.Null, CancellationToken.None);
}
