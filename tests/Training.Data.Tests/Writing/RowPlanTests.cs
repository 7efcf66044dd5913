using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Tests.Writing;

internal abstract class RowPlanTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Open() => database = await OpenAsync();

    [OneTimeTearDown]
    public async Task Close()
    {
        if (database is not null) await database.DisposeAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_a_plan_inserts_is_what_the_mapping_reads(bool nulls)
    {
        await using var db = database.Open(AccessScope.Whole);
        var keys = await new KeyAllocator(database.Gate, database.Provider).ReserveAsync<Sample>(500, CancellationToken.None);
        var sample = new Sample(db, keys);
        var entities = Sample.Entities(db.Model).ToList();
        Assert.That(entities, Has.Count.GreaterThan(15));

        foreach (var type in entities)
        {
            var written = await sample.InsertAsync(database.Gate, type, nulls);
            Assert.That(Sample.Values(type, await ReadAsync(db, type, written)), Is.EqualTo(Sample.Values(type, written)), type.DisplayName());
        }
    }

    [Test]
    public async Task Many_rows_at_once_arrive_whole()
    {
        await using var db = database.Open(AccessScope.Whole);
        var first = await new KeyAllocator(database.Gate, database.Provider).ReserveAsync<Sample>(300, CancellationToken.None);
        var sample = new Sample(db);
        var rows = Enumerable.Range(first, 300).Select(id => sample.Of<Domain.Registry.Participant>(("Id", id))).ToList();

        await database.Gate.WriteBulkAsync<Done>(
            async (session, token) =>
            {
                await session.Rows.InsertAllAsync(rows, token);
                return new Done();
            },
            CancellationToken.None);

        var type = db.Model.FindEntityType(typeof(Domain.Registry.Participant))!;
        var stored = await db.Set<Domain.Registry.Participant>().AsNoTracking().Where(row => row.Id >= first && row.Id < first + 300)
            .OrderBy(row => row.Id).ToListAsync();
        Assert.That(stored.Select(row => Sample.Values(type, row)), Is.EqualTo(rows.Select(row => Sample.Values(type, row))));
    }

    protected abstract Task<TestDatabase> OpenAsync();

    private static async Task<object> ReadAsync(TrainingDbContext db, IEntityType type, object written)
    {
        db.ChangeTracker.Clear();
        var key = type.FindPrimaryKey()!.Properties;
        if (key.All(property => property.ValueGenerated == ValueGenerated.Never))
            return (await db.Entry(written).GetDatabaseValuesAsync())!.ToObject(); // Also what the scope hides.
        // The database gave the key: it is the latest row.
        var rows = (IEnumerable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!;
        return rows.AsEnumerable().MaxBy(row => Convert.ToInt64(key[0].GetGetter().GetClrValue(row), null))!;
    }
}

internal sealed class SqliteRowPlanTests : RowPlanTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.SqliteAsync();
}

internal sealed class SqlServerRowPlanTests : RowPlanTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.ServerAsync();
}
