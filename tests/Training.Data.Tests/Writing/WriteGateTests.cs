using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data.Outbox;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Tests.Writing;

internal abstract class WriteGateTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Open() => database = await OpenAsync();

    [OneTimeTearDown]
    public async Task Close()
    {
        if (database is not null) await database.DisposeAsync();
    }

    [Test]
    public async Task A_refused_change_leaves_nothing_and_promises_nothing()
    {
        var name = NewName();
        var result = await database.Gate.WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                session.Rows.Insert(new KeyBlock { Name = name, Next = 1 });
                session.Events.Add(new Happened(name));
                return Task.FromResult<Result<Done>>(Error.Of(ErrorKind.Rule, "refused"));
            },
            CancellationToken.None);

        Assert.That(result.Error?.Code, Is.EqualTo("refused"));
        Assert.That((await ExistsAsync(name), await PromisesAsync(name)), Is.EqualTo((false, 0)));
    }

    [TestCase("ar-MA")]
    [TestCase("fr-MA")]
    public async Task A_change_speaks_the_language_of_who_asked(string language)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, new CultureInfo(language));
        Task<Result<string>> Spoken(WriteSession session, CancellationToken token) => Task.FromResult<Result<string>>(CultureInfo.CurrentUICulture.Name);

        var (one, bulk) = (await database.Gate.WriteAsync(AccessScope.None, Spoken, CancellationToken.None), await database.Gate.WriteBulkAsync(Spoken, CancellationToken.None));

        Assert.That((one.Value, bulk.Value), Is.EqualTo((language, language)));
    }

    [Test]
    public async Task A_success_is_durable_with_its_promise_before_the_caller_hears_of_it()
    {
        var name = NewName();
        await InsertAsync(name, promise: true);

        Assert.That((await ExistsAsync(name), await PromisesAsync(name)), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task A_change_that_throws_does_not_harm_its_neighbours()
    {
        var names = Enumerable.Range(0, 60).Select(_ => NewName()).ToArray();

        var changes = names.Select((name, i) => i % 7 == 3 ? FailAsync(name) : InsertAsync(name, promise: true)).ToArray();

        for (var i = 0; i < changes.Length; i++)
        {
            if (i % 7 == 3) Assert.That(async () => await changes[i], Throws.TypeOf<InvalidTimeZoneException>());
            else Assert.That((await changes[i]).Succeeded, Is.True);
            Assert.That(await ExistsAsync(names[i]), Is.EqualTo(i % 7 != 3), $"change {i}");
            Assert.That(await PromisesAsync(names[i]), Is.EqualTo(i % 7 != 3 ? 1 : 0), $"promise {i}");
        }
    }

    [Test]
    public async Task A_change_sees_nothing_of_a_neighbour_that_was_undone()
    {
        var name = NewName();
        var failed = FailAsync(name);
        var seen = database.Gate.WriteAsync<bool>(
            AccessScope.None, async (session, token) => await session.Db.Set<KeyBlock>().AnyAsync(row => row.Name == name, token), CancellationToken.None);

        Assert.That(async () => await failed, Throws.TypeOf<InvalidTimeZoneException>());
        Assert.That((await seen).Value, Is.False);
    }

    [Test]
    public async Task Entities_left_tracked_by_one_change_are_not_saved_by_the_next()
    {
        var (left, next) = (NewName(), NewName());
        await database.Gate.WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                session.Db.Add(new KeyBlock { Name = left, Next = 1 });
                return Task.FromResult<Result<Done>>(new Done());
            },
            CancellationToken.None);
        await database.Gate.WriteAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                session.Db.Add(new KeyBlock { Name = next, Next = 1 });
                await session.Db.SaveChangesAsync(token);
                return new Done();
            },
            CancellationToken.None);

        Assert.That((await ExistsAsync(left), await ExistsAsync(next)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_bulk_chunk_takes_its_turn_between_single_changes()
    {
        var names = Enumerable.Range(0, 41).Select(_ => NewName()).ToArray();
        var chunk = Enumerable.Range(0, 500).Select(_ => NewName()).ToArray();

        var changes = names.Take(20).Select(name => InsertAsync(name)).ToList();
        changes.Add(BulkAsync(chunk, fails: false));
        changes.AddRange(names.Skip(20).Select(name => InsertAsync(name)));
        await Task.WhenAll(changes);

        await using var db = database.Open(AccessScope.None);
        foreach (var name in names.Concat(chunk)) Assert.That(await db.Set<KeyBlock>().AnyAsync(row => row.Name == name), Is.True, name);
    }

    [Test]
    public async Task A_bulk_chunk_that_is_refused_leaves_nothing()
    {
        var chunk = Enumerable.Range(0, 20).Select(_ => NewName()).ToArray();

        await BulkAsync(chunk, fails: true);

        Assert.That(await ExistsAsync(chunk[0]), Is.False);
    }

    [Test]
    public async Task A_change_sees_only_the_rows_of_its_scope()
    {
        await using var db = database.Open(AccessScope.Whole);
        var sample = new Sample(db, await new KeyAllocator(database.Gate, database.Provider).ReserveAsync<Sample>(50, CancellationToken.None));
        var enrollment = (Domain.Enrollments.Enrollment)await sample.InsertAsync(
            database.Gate, db.Model.FindEntityType(typeof(Domain.Enrollments.Enrollment))!);

        Assert.That(await CountAsync(AccessScope.Site(enrollment.SiteId)), Is.EqualTo(1));
        Assert.That(await CountAsync(AccessScope.Site(enrollment.SiteId + 1_000_000)), Is.Zero);
        Assert.That(await CountAsync(AccessScope.None), Is.Zero);

        async Task<int> CountAsync(AccessScope scope) => (await database.Gate.WriteAsync<int>(
            scope,
            async (session, token) => await session.Db.Set<Domain.Enrollments.Enrollment>().CountAsync(row => row.Id == enrollment.Id, token),
            CancellationToken.None)).Value;
    }

    [Test]
    public async Task Changes_on_one_key_can_be_made_to_wait_for_each_other()
    {
        var name = NewName();
        await InsertAsync(name);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => database.Gate.WriteAsync<Done>(
            AccessScope.None,
            async (session, token) =>
            {
                await database.Provider.SerializeAsync(session.Db, name, token);
                var row = await session.Db.Set<KeyBlock>().SingleAsync(block => block.Name == name, token);
                row.Next++;
                await session.Db.SaveChangesAsync(token);
                return new Done();
            },
            CancellationToken.None)));

        await using var db = database.Open(AccessScope.None);
        Assert.That((await db.Set<KeyBlock>().SingleAsync(block => block.Name == name)).Next, Is.EqualTo(13));
    }

    protected abstract Task<TestDatabase> OpenAsync();

    private static string NewName() => Guid.NewGuid().ToString("N");

    private Task<Result<Done>> InsertAsync(string name, bool promise = false) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            session.Rows.Insert(new KeyBlock { Name = name, Next = 1 });
            if (promise) session.Events.Add(new Happened(name));
            return Task.FromResult<Result<Done>>(new Done());
        },
        CancellationToken.None);

    private Task<Result<Done>> FailAsync(string name) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            session.Rows.Insert(new KeyBlock { Name = name, Next = 1 });
            session.Events.Add(new Happened(name));
            throw new InvalidTimeZoneException();
        },
        CancellationToken.None);

    private Task<Result<Done>> BulkAsync(IEnumerable<string> names, bool fails) => database.Gate.WriteBulkAsync<Done>(
        async (session, token) =>
        {
            await session.Rows.InsertAllAsync([.. names.Select(name => new KeyBlock { Name = name, Next = 1 })], token);
            return fails ? Error.Of(ErrorKind.Rule, "refused") : new Done();
        },
        CancellationToken.None);

    private async Task<bool> ExistsAsync(string name)
    {
        await using var db = database.Open(AccessScope.None);
        return await db.Set<KeyBlock>().AnyAsync(row => row.Name == name);
    }

    private async Task<int> PromisesAsync(string name)
    {
        await using var db = database.Open(AccessScope.None);
        return await db.Set<OutboxRow>().CountAsync(row => row.Body.Contains(name));
    }

    private sealed record Happened(string Name);
}

internal sealed class SqliteWriteGateTests : WriteGateTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.SqliteAsync();

    [Test]
    public async Task It_keeps_more_pages_while_bulk_work_goes_on()
    {
        await using var database = await TestDatabase.SqliteAsync();
        int[] kept =
        [
            (await database.Gate.WriteAsync(AccessScope.None, KeptAsync, CancellationToken.None)).Value,
            (await database.Gate.WriteBulkAsync(KeptAsync, CancellationToken.None)).Value,
            (await database.Gate.WriteAsync(AccessScope.None, KeptAsync, CancellationToken.None)).Value,
        ];

        Assert.That(kept, Is.EqualTo((int[])[-16_000, -32_000, -32_000]), "and still for a change between two chunks");

        static async Task<Result<int>> KeptAsync(WriteSession session, CancellationToken token) =>
            await session.Db.Database.SqlQueryRaw<int>("""SELECT cache_size AS "Value" FROM pragma_cache_size""").SingleAsync(token);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Bulk_work_hears_of_those_whom_a_person_waits_for(bool isHurried)
    {
        await using var database = await TestDatabase.SqliteAsync();
        Task<Result<bool>>? other = null;

        var (alone, beside) = (await database.Gate.WriteBulkAsync<(bool, bool)>(
            (_, token) =>
            {
                var before = database.Gate.IsWanted;
                other = isHurried ? database.Gate.WriteAsync(AccessScope.None, WantedAsync, token) : database.Gate.WriteUnhurriedAsync(AccessScope.None, WantedAsync, token);
                return Task.FromResult<Result<(bool, bool)>>((before, database.Gate.IsWanted));
            },
            CancellationToken.None)).Value;

        Assert.That((alone, beside), Is.EqualTo((false, isHurried)));
        Assert.That((await other!).Value, Is.False, "who has its turn does not wait any more");

        Task<Result<bool>> WantedAsync(WriteSession session, CancellationToken token) => Task.FromResult<Result<bool>>(database.Gate.IsWanted);
    }

    [Test]
    public async Task Bulk_work_takes_another_process_for_somebody_who_waits()
    {
        await using var database = await TestDatabase.SqliteAsync();
        async Task<bool> WantedAsync() =>
            (await database.Gate.WriteBulkAsync<bool>((_, _) => Task.FromResult<Result<bool>>(database.Gate.IsWanted), CancellationToken.None)).Value;
        Assert.That(await WantedAsync(), Is.False);

        await using (var elsewhere = database.Open(AccessScope.None))
            await elsewhere.Database.ExecuteSqlRawAsync("""INSERT INTO "KeyBlocks" ("Name", "Next") VALUES ('elsewhere', 1)""");

        Assert.That(await WantedAsync(), Is.True);
    }

    [Test]
    public async Task It_may_be_closed_twice()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await database.Gate.WriteAsync<Done>(AccessScope.None, (_, _) => Task.FromResult<Result<Done>>(new Done()), CancellationToken.None);
        var gate = (IAsyncDisposable)database.Gate;

        await gate.DisposeAsync();

        Assert.That(async () => await gate.DisposeAsync(), Throws.Nothing);
    }
}

internal sealed class SqlServerWriteGateTests : WriteGateTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.ServerAsync();
}
