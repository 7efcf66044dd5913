using Training.Data.Writing;

namespace Training.Data.Tests.Writing;

internal abstract class KeyAllocatorTests
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
    public async Task Never_gives_a_key_twice_even_across_two_processes()
    {
        var (one, other) = (new KeyAllocator(database.Gate, database.Provider), new KeyAllocator(database.Gate, database.Provider));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var keys = new List<int>();
            for (var i = 0; i < 400; i++) keys.Add(await (worker % 2 == 0 ? one : other).NextAsync<Drawer>(CancellationToken.None));
            return keys;
        })));

        Assert.That(taken.SelectMany(keys => keys), Is.Unique.And.All.GreaterThan(0));
    }

    [Test]
    public async Task A_reserved_run_is_nobody_elses()
    {
        var keys = new KeyAllocator(database.Gate, database.Provider);
        var before = await keys.NextAsync<Shelf>(CancellationToken.None);
        var first = await keys.ReserveAsync<Shelf>(1000, CancellationToken.None);
        var elsewhere = await new KeyAllocator(database.Gate, database.Provider).NextAsync<Shelf>(CancellationToken.None);

        Assert.That(before, Is.Not.InRange(first, first + 999));
        Assert.That(elsewhere, Is.Not.InRange(first, first + 999));
    }

    [Test]
    public void Refuses_to_reserve_nothing() =>
        Assert.That(() => new KeyAllocator(database.Gate, database.Provider).ReserveAsync<Shelf>(0, CancellationToken.None), Throws.TypeOf<ArgumentOutOfRangeException>());

    protected abstract Task<TestDatabase> OpenAsync();

    private sealed class Drawer;

    private sealed class Shelf;
}

internal sealed class SqliteKeyAllocatorTests : KeyAllocatorTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.SqliteAsync();
}

internal sealed class SqlServerKeyAllocatorTests : KeyAllocatorTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.ServerAsync();
}
