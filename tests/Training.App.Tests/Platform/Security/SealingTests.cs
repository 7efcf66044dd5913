using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Commands;
using Training.App.Platform.Files;
using Training.App.Platform.Security;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.Data.Sealing;

namespace Training.App.Tests.Platform.Security;

/// <summary>Personal words and stored files lie sealed; keys change while people work; a missing key is said at the start.</summary>
internal sealed class SealingTests
{
    private const string Name = "Zarqtalouane";

    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication(TrainingApplication.OnSqlite);
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Neither_files_nor_database_hold_what_was_said_and_a_new_key_changes_nothing_for_readers()
    {
        var body = Bodies.Child(1);
        body["participant"]!["note"] = $"{Name} note";
        var child = await TrainingApplication.RegisterAsync(nation, body);
        var list = await nation.PreviewAsync($"{ImportCalls.Heading}\n{Name};Bennani;04/05/2013;M;Samira Bennani;0611223344;01/10/2026\n", "RSB");
        var keys = app.Services.GetRequiredService<SealingKeys>();
        var first = keys.Current;

        Assert.That(await HoldAsync("files"), Is.Empty, "a list as it was sent");
        Assert.That(await HoldAsync("training.db"), Is.Empty, "the note of a file");
        Assert.That(File.ReadAllBytes(await HoldOneAsync()).AsSpan()[..8].SequenceEqual("SEALED-1"u8), Is.True);

        app.Time.Advance(TimeSpan.FromMinutes(5));
        var said = await RunAsync("sealing-keys", "rotate");
        Assert.That(() => RunAsync("sealing-keys", "retire", keys.Current.Id), Throws.TypeOf<CommandException>().With.Message.Contains("that seals"));
        Assert.That(() => RunAsync("sealing-keys", "retire", first.Id), Throws.TypeOf<CommandException>().With.Message.Contains("younger"));
        app.Time.Advance(TimeSpan.FromMinutes(5));
        await RunAsync("sealing-keys", "retire", first.Id);

        Assert.That(keys.Current.Id, Is.Not.EqualTo(first.Id));
        Assert.That(said, Does.Contain(keys.Current.Id).And.Match("[1-9][0-9]* values and [1-9][0-9]* files"));
        Assert.That(keys.Find(first.Id), Is.Null);
        Assert.That(await nation.GetStringAsync(new Uri($"/api/participants/{child.Text("participant")}?reason=asked", UriKind.Relative)), Does.Contain($"{Name} note"));
        Assert.That(await nation.GetStringAsync(new Uri($"/api/imports/{list.Text("id")}/rows?state=new", UriKind.Relative)), Does.Contain(Name));
        Assert.That((await RunAsync("sealing-keys", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2));
        Assert.That((await app.Services.GetRequiredService<SealingBook>().CatchUpAsync(CancellationToken.None)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_key_that_still_seals_something_is_not_taken_away()
    {
        var body = Bodies.Child(1);
        body["participant"]!["note"] = $"{Name} note";
        await TrainingApplication.RegisterAsync(nation, body);
        var keys = app.Services.GetRequiredService<SealingKeys>();
        var first = keys.Current;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        keys.Make(app.Time.GetUtcNow());
        app.Time.Advance(TimeSpan.FromMinutes(2)); // The worker has not looked yet.

        Assert.That(() => RunAsync("sealing-keys", "retire", first.Id), Throws.TypeOf<CommandException>().With.Message.Contains("still seals"));
    }

    [Test]
    public void A_start_without_a_key_says_which_one_is_missing_and_where()
    {
        var keys = app.Services.GetRequiredService<SealingKeys>();
        var id = keys.Current.Id;
        foreach (var file in Directory.GetFiles(keys.Folder)) File.Delete(file);
        // As a process finds it that starts now.
        var book = ActivatorUtilities.CreateInstance<SealingBook>(app.Services, new SealingKeys(keys.Folder));

        Assert.That(async () => await book.PrepareAsync(CancellationToken.None), Throws.TypeOf<CommandException>().With.Message.Contains(id).And.Message.Contains("put it back from a backup"));
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(SealedFile.BlockLength)]
    [TestCase(SealedFile.BlockLength + 1)]
    [TestCase(3 * SealedFile.BlockLength)]
    public async Task A_file_of_any_length_comes_back_from_any_place_of_it(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        var store = app.Services.GetRequiredService<IFileStore>();
        var (held, streamed) = (await store.SaveAsync(bytes, CancellationToken.None), await store.SaveAsync(new MemoryStream(bytes), long.MaxValue, CancellationToken.None));

        Assert.That(streamed, Is.EqualTo(held));
        Assert.That(await store.ReadAsync(held.Hash, CancellationToken.None), Is.EqualTo(bytes));
        await using var opened = store.OpenRead(held.Hash)!;
        Assert.That(opened.Length, Is.EqualTo(length));
        foreach (var from in new[] { length / 2, 0, Math.Max(0, length - 3) })
        {
            opened.Position = from;
            using var rest = new MemoryStream();
            await opened.CopyToAsync(rest);
            Assert.That(rest.ToArray().AsSpan().SequenceEqual(bytes.AsSpan(from)), Is.True, $"from {from}");
        }
    }

    [Test]
    public async Task A_file_of_an_older_version_is_read_as_it_lies_and_sealed_in_the_background()
    {
        var store = app.Services.GetRequiredService<IFileStore>();
        var stored = await store.SaveAsync("an old list"u8.ToArray(), CancellationToken.None);
        var path = Path.Combine(app.Storage, "files", stored.Hash[..2], stored.Hash);
        await File.WriteAllTextAsync(path, "an old list");
        Assert.That(await store.ReadAsync(stored.Hash, CancellationToken.None), Is.EqualTo("an old list"u8.ToArray()));

        var (_, files) = await app.Services.GetRequiredService<SealingBook>().CatchUpAsync(CancellationToken.None);

        Assert.That(files, Is.EqualTo(1));
        Assert.That(await File.ReadAllTextAsync(path), Does.Not.Contain("old list"));
        Assert.That(await store.ReadAsync(stored.Hash, CancellationToken.None), Is.EqualTo("an old list"u8.ToArray()));
    }

    [Test]
    public async Task A_backup_says_that_it_wants_a_password()
    {
        Assert.That(() => RunAsync("backup", Path.Combine(app.Storage, "all.backup")), Throws.TypeOf<CommandException>().With.Message.Contains("--password-file"));
        Assert.That(() => RunAsync("backup", Path.Combine(app.Storage, "all.backup"), "--encrypt", "yes"), Throws.TypeOf<CommandException>());
        await Task.CompletedTask;
    }

    private async Task<string> RunAsync(params string[] line)
    {
        var output = new StringWriter();
        await CommandLine.Read(line, TextWriter.Null)!.RunAsync(app.Services, output, CancellationToken.None);
        return output.ToString();
    }

    private Task<string> HoldOneAsync() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(app.Storage, "files"), "*", SearchOption.AllDirectories).First());

    /// <summary>Files below the storage folder, by the beginning of their place, that hold the name.</summary>
    private async Task<List<string>> HoldAsync(string beginning)
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(app.Storage, "training.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(app.Storage, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(app.Storage, file).StartsWith(beginning, StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            if (bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Name)) >= 0) found.Add(file);
        }
        return found;
    }
}
