using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Tests.Writing;

/// <summary>A file that cannot be written for a while: nobody waits in vain, nothing is half written, and it goes on by itself.</summary>
internal sealed class StorageFaultTests
{
    private TestDatabase database = null!;

    [SetUp]
    public async Task Open() => database = await TestDatabase.SqliteAsync();

    [TearDown]
    public async Task Close() => await database.DisposeAsync();

    [Test]
    public async Task While_somebody_else_holds_the_file_newcomers_are_told_at_once_and_those_who_waited_are_served()
    {
        await InsertAsync("before");
        await using var holder = await HoldAsync();
        var early = InsertAsync("early");
        GateBusyException? told = null;
        var late = new List<Task>();
        while (told is null)
        {
            // Until the gate knows that it is held up, they queue.
            var change = InsertAsync($"late {late.Count}");
            if (change.IsFaulted) told = change.Exception!.InnerException as GateBusyException;
            else late.Add(change);
            await Task.WhenAny(change, Task.Delay(100));
        }
        Assert.That(early.IsCompleted, Is.False, "the one that came before the fault waits for its end");

        await using (var commit = holder.CreateCommand())
        {
            commit.CommandText = "ROLLBACK";
            await commit.ExecuteNonQueryAsync();
        }
        await early;
        await Task.WhenAll(late);
        await InsertAsync("after");

        await using var db = database.Open(AccessScope.None);
        Assert.That(await db.Set<KeyBlock>().CountAsync(), Is.EqualTo(late.Count + 3));
    }

    [Test]
    public async Task On_a_full_disk_a_change_leaves_nothing_and_is_told_so_and_the_next_ones_go_on_when_there_is_room()
    {
        await InsertAsync("before");
        await LimitAsync(1); // Below what is there already: the file may not grow by a page.

        var refused = Enumerable.Range(0, 20).Select(i => FillAsync($"full {i}")).ToArray();
        foreach (var change in refused) Assert.That(async () => await change, Throws.TypeOf<StorageAwayException>());
        await LimitAsync(1_000_000);
        await InsertAsync("after");

        await using var db = database.Open(AccessScope.None);
        Assert.That(await db.Set<KeyBlock>().Select(row => row.Name).Order().ToListAsync(), Is.EqualTo(["after", "before"]));
        Assert.That(await db.Set<SystemSecret>().CountAsync(), Is.Zero);
    }

    private Task InsertAsync(string name) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            session.Rows.Insert(new KeyBlock { Name = name, Next = 1 });
            return Task.FromResult<Result<Done>>(default(Done));
        },
        CancellationToken.None);

    /// <summary>Writes more than a page holds.</summary>
    private Task FillAsync(string name) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            session.Rows.Insert(new KeyBlock { Name = name, Next = 1 });
            for (var i = 0; i < 50; i++) session.Rows.Insert(new SystemSecret { Name = $"{name} {i}", Value = new byte[1000] });
            return Task.FromResult<Result<Done>>(default(Done));
        },
        CancellationToken.None);

    /// <summary>The writer's own limit of pages stands for the disk's.</summary>
    private Task LimitAsync(int pages) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            using var command = session.Sql.Get($"PRAGMA max_page_count = {pages}");
            command.ExecuteScalar();
            return Task.FromResult<Result<Done>>(default(Done));
        },
        CancellationToken.None);

    private async Task<SqliteConnection> HoldAsync()
    {
        await using var db = database.Open(AccessScope.None);
        var holder = new SqliteConnection(db.Database.GetConnectionString() + ";Pooling=False");
        await holder.OpenAsync();
        await using var begin = holder.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return holder;
    }
}
