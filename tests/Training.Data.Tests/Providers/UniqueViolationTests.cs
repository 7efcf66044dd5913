using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.Data.Tests.Providers;

internal abstract class UniqueViolationTests
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
    public async Task Names_the_table_whose_key_refused_a_row()
    {
        var name = Guid.NewGuid().ToString("N");
        await WriteAsync(new KeyBlock { Name = name, Next = 1 });

        Assert.That(await TableOfAsync(() => WriteAsync(new KeyBlock { Name = name, Next = 1 })), Is.EqualTo("KeyBlocks"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Names_the_table_whose_index_refused_a_row(bool plain)
    {
        await using var db = database.Open(AccessScope.None);
        var first = await new KeyAllocator(database.Gate, database.Provider).ReserveAsync<Sample>(10, CancellationToken.None);
        var sample = new Sample(db, first);
        var code = Guid.NewGuid().ToString("N");
        await WriteAsync(sample.Of<Region>(("Code", code)));
        var again = sample.Of<Region>(("Code", code));

        var table = await TableOfAsync(() => plain ? WriteAsync(again) : SaveAsync(again));

        Assert.That(table, Is.EqualTo("Regions"));
    }

    [Test]
    public async Task Any_other_failure_is_no_violation()
    {
        Assert.That(database.Provider.UniqueViolation(new InvalidOperationException("duplicate key")), Is.Null);
        Assert.That(await TableOfAsync(() => WriteAsync(new KeyBlock { Name = null!, Next = 1 })), Is.Null);
    }

    protected abstract Task<TestDatabase> OpenAsync();

    private async Task<string?> TableOfAsync(Func<Task> change)
    {
        try
        {
            await change();
            Assert.Fail("Nothing was refused.");
            return null;
        }
        catch (Exception refused) when (refused is not ResultStateException)
        {
            return database.Provider.UniqueViolation(refused);
        }
    }

    private Task WriteAsync<TEntity>(TEntity row)
        where TEntity : class => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            session.Rows.Insert(row);
            return Task.FromResult<Result<Done>>(new Done());
        },
        CancellationToken.None);

    private Task SaveAsync(object row) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        async (session, token) =>
        {
            session.Db.Add(row);
            await session.Db.SaveChangesAsync(token);
            return new Done();
        },
        CancellationToken.None);
}

internal sealed class SqliteUniqueViolationTests : UniqueViolationTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.SqliteAsync();
}

internal sealed class SqlServerUniqueViolationTests : UniqueViolationTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.ServerAsync();
}
