using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.Data.Tests.Writing;

internal abstract class StatementsTests
{
    private const string Insert = "INSERT INTO \"KeyBlocks\" (\"Name\", \"Next\") VALUES (@p0, @p1)";
    private const string Read = "SELECT \"Name\", \"Next\" FROM \"KeyBlocks\" WHERE \"Name\" LIKE @p0 ORDER BY \"Next\"";

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Open() => database = await OpenAsync();

    [OneTimeTearDown]
    public async Task Close()
    {
        if (database is not null) await database.DisposeAsync();
    }

    [Test]
    public async Task Rows_are_read_as_they_were_written_in_any_script()
    {
        var mark = Guid.NewGuid().ToString("N");
        var read = await ChangeAsync(sql =>
        {
            sql.Execute(Insert, mark + "ياسمين é", 7);
            sql.Execute(Insert, mark + new string('ا', 40), 8);
            return [.. Names(sql, mark + "%")];
        });

        Assert.That(read, Is.EqualTo(new[] { (mark + "ياسمين é", 7), (mark + new string('ا', 40), 8) }));
    }

    [Test]
    public async Task A_query_given_up_half_way_can_be_asked_again()
    {
        var mark = Guid.NewGuid().ToString("N");
        var read = await ChangeAsync(sql =>
        {
            sql.Execute(Insert, mark + "a", 1);
            sql.Execute(Insert, mark + "b", 2);
            using (var rows = sql.Query(Read, mark + "%")) rows.Next();
            return [.. Names(sql, mark + "%")];
        });

        Assert.That(read.Select(row => row.Next), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Execute_counts_the_rows_it_changed()
    {
        var mark = Guid.NewGuid().ToString("N");
        var counts = new List<int>();
        await ChangeAsync(sql =>
        {
            counts.Add(sql.Execute(Insert, mark, 1));
            counts.Add(sql.Execute("UPDATE \"KeyBlocks\" SET \"Next\" = @p0 WHERE \"Name\" = @p1", 5, mark));
            counts.Add(sql.Execute("UPDATE \"KeyBlocks\" SET \"Next\" = @p0 WHERE \"Name\" = @p1", 5, mark + "nobody"));
            return [];
        });

        Assert.That(counts, Is.EqualTo(new[] { 1, 1, 0 }));
    }

    [Test]
    public async Task Days_and_missing_texts_are_read()
    {
        await using var db = database.Open(AccessScope.Whole);
        var child = new Sample(db, 2_000_000_001).Of<Participant>((nameof(Participant.BirthDate), new DateOnly(2014, 3, 12)), (nameof(Participant.GivenName), null));
        await database.Gate.WriteAsync<Done>(
            AccessScope.Whole,
            (session, _) =>
            {
                session.Rows.Insert(child);
                return Task.FromResult<Result<Done>>(new Done());
            },
            CancellationToken.None);
        var read = new List<(DateOnly, string?, bool)>();
        await ChangeAsync(sql =>
        {
            using var rows = sql.Query("SELECT \"BirthDate\", \"GivenName\" FROM \"Participants\" WHERE \"BirthDate\" = @p0 AND \"Id\" = @p1", child.BirthDate, child.Id);
            while (rows.Next()) read.Add((rows.Date(0), rows.Text(1), rows.IsNull(1)));
            return [];
        });

        Assert.That(read, Is.EqualTo(new[] { (new DateOnly(2014, 3, 12), (string?)null, true) }));
    }

    [Test]
    public void A_value_too_few_is_a_fault_of_the_program() => Assert.That(
        async () => await ChangeAsync(sql =>
        {
            sql.Execute(Insert, "one");
            return [];
        }),
        Throws.Exception);

    protected abstract Task<TestDatabase> OpenAsync();

    private static IEnumerable<(string Name, int Next)> Names(IStatements sql, string pattern)
    {
        using var rows = sql.Query(Read, pattern);
        while (rows.Next()) yield return (rows.Text(0)!, rows.Number(1));
    }

    private async Task<IReadOnlyList<(string Name, int Next)>> ChangeAsync(Func<IStatements, IReadOnlyList<(string, int)>> work)
    {
        IReadOnlyList<(string, int)> read = [];
        await database.Gate.WriteAsync<Done>(
            AccessScope.Whole,
            (session, _) =>
            {
                read = work(session.Sql);
                return Task.FromResult<Result<Done>>(new Done());
            },
            CancellationToken.None);
        return read;
    }
}

[TestFixture]
internal sealed class SqliteStatementsTests : StatementsTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.SqliteAsync();
}

[TestFixture]
internal sealed class SqlServerStatementsTests : StatementsTests
{
    protected override Task<TestDatabase> OpenAsync() => TestDatabase.ServerAsync();
}
