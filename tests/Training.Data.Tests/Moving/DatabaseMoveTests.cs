using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.Data.Access;
using Training.Data.Moving;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Data.SqlServer;

namespace Training.Data.Tests.Moving;

/// <summary>Everything goes from one database to another: each table, each row, each value, and the keys go on.</summary>
internal sealed class DatabaseMoveTests
{
    private const string Tables = "SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'";

    private TestDatabase from = null!;
    private TestDatabase to = null!;

    [SetUp]
    public async Task OpenAsync() => (from, to) = (await TestDatabase.SqliteAsync(), await TestDatabase.SqliteAsync());

    [TearDown]
    public async Task CloseAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
    }

    [Test]
    public async Task Every_table_and_column_of_the_database_is_in_the_plan()
    {
        await using var db = from.Open(AccessScope.None);
        var plan = MovePlan.Of(db, db);

        Assert.That(plan.Tables.Select(table => table.Name), Is.EquivalentTo(await db.Database.SqlQueryRaw<string>(Tables).ToListAsync()));
        foreach (var table in plan.Tables)
        {
            var columns = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info({0})", table.Name).ToListAsync();
            Assert.That(table.Columns.Select(column => column.Name), Is.EquivalentTo(columns), table.Name);
        }
        Assert.That(plan.Tables.Where(table => table.GivesKeys).Select(table => table.Name), Does.Contain("Outbox").And.Contain("Accounts").And.Not.Contain("Participants"));
    }

    [Test]
    public async Task What_others_point_at_comes_first()
    {
        await using var db = from.Open(AccessScope.None);
        var place = MovePlan.Of(db, db).Tables.Select((table, i) => (table.Name, i)).ToDictionary();

        foreach (var tie in db.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()))
        {
            var (pointing, pointed) = (tie.DeclaringEntityType.GetTableName()!, tie.PrincipalEntityType.GetTableName()!);
            if (pointing != pointed) Assert.That(place[pointed], Is.LessThan(place[pointing]), $"{pointing} points at {pointed}");
        }
    }

    [Test]
    public async Task Both_databases_keep_every_column_in_the_same_type_and_the_servers_statements_parse()
    {
        await using var here = from.Open(AccessScope.None);
        await using var there = Server("Server=localhost;Database=none");

        var plan = MovePlan.Of(here, there);

        Assert.That(plan.Tables.SelectMany(table => table.Columns).Count(column => column.LengthMax is not null), Is.GreaterThan(50));
        var sql = there.GetService<ISqlGenerationHelper>();
        using var connection = new Microsoft.Data.SqlClient.SqlConnection();
        foreach (var table in plan.Tables)
        {
            foreach (var text in (string[])[new RowReader(connection, sql).QueryOf(table), SqlServerMoveTarget.RaiseSql(sql, table, 7), SqlServerMoveTarget.CheckSql(sql, table)])
            {
                new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
                Assert.That(errors.Select(error => error.Message), Is.Empty, text);
            }
        }
    }

    [Test]
    public async Task Rows_of_every_table_arrive_as_they_were_and_new_keys_are_above_the_old_ones()
    {
        await FillAsync();

        var results = await MoveAsync();

        Assert.That(results.Where(result => !result.IsEqual).Select(result => result.Table), Is.Empty);
        Assert.That(results.Where(result => result.Source.Rows == 0).Select(result => result.Table), Is.Empty, "a table of which no row was tried");
        await using var db = to.Open(AccessScope.None);
        await db.Database.ExecuteSqlRawAsync("ATTACH DATABASE {0} AS before", new SqliteConnectionStringBuilder(((SqliteProvider)from.Provider).ConnectionString).DataSource);
        foreach (var table in results.Select(result => result.Table))
        {
#pragma warning disable EF1002 // The names come from the model.
            Assert.That(await db.Database.SqlQueryRaw<int>($"SELECT COUNT(*) AS Value FROM (SELECT * FROM before.\"{table}\" EXCEPT SELECT * FROM main.\"{table}\")").SingleAsync(), Is.Zero, table);
            Assert.That(await db.Database.SqlQueryRaw<int>($"SELECT COUNT(*) AS Value FROM (SELECT * FROM main.\"{table}\" EXCEPT SELECT * FROM before.\"{table}\")").SingleAsync(), Is.Zero, table);
#pragma warning restore EF1002
        }
        var row = Promise();
        db.Add(row);
        await db.SaveChangesAsync();
        Assert.That(row.Id, Is.EqualTo(6), "three were promised, two more were delivered and are gone: their keys are not given again");
    }

    [Test]
    public async Task A_row_that_was_changed_or_is_missing_is_found()
    {
        await FillAsync();
        await using var db = to.Open(AccessScope.None);
        await using var source = await SourceAsync();
        var lost = false;
        await using var target = await SqliteMoveTarget.FalsifyingAsync(db, (table, row) =>
        {
            if (table.Name == "Outbox") row[Array.FindIndex([.. table.Columns], column => column.Name == "LastError")] = "a word";
            if (table.Name != "IdempotencyKeys" || lost) return row;
            lost = true;
            return null;
        });

        var results = await DatabaseMove.RunAsync(MovePlan.Of(source.Db, db), source, target, CancellationToken.None);

        Assert.That(results.Where(result => !result.IsEqual).Select(result => result.Table), Is.EquivalentTo(new[] { "Outbox", "IdempotencyKeys" }));
    }

    [Test]
    public async Task A_row_that_points_nowhere_stops_the_move()
    {
        await FillAsync();
        await using var db = to.Open(AccessScope.None);
        await using var source = await SourceAsync();
        await using var target = await SqliteMoveTarget.FalsifyingAsync(db, (table, row) => table.Name == "Guardians" ? null : row);

        Assert.That(() => DatabaseMove.RunAsync(MovePlan.Of(source.Db, db), source, target, CancellationToken.None), Throws.TypeOf<MoveException>().With.Message.Contains("points at one that is not there"));
    }

    [Test]
    public async Task Refuses_a_target_that_is_not_empty_and_says_what_to_do()
    {
        await FillAsync();
        await MoveAsync();

        Assert.That(MoveAsync, Throws.TypeOf<MoveException>().With.Message.Contains("is not empty").And.Message.Contains("Drop that database"));
    }

    [Test]
    public async Task Refuses_a_source_that_somebody_has_open_and_keeps_everybody_out_meanwhile()
    {
        await using (var somebody = new SqliteConnection(((SqliteProvider)from.Provider).ConnectionString + ";Pooling=False"))
        {
            await somebody.OpenAsync();
            await using var command = somebody.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM Outbox";
            await command.ExecuteScalarAsync();
            Assert.That(SourceAsync, Throws.TypeOf<MoveException>().With.Message.Contains("in use"));
        }

        await using var source = await SourceAsync();

        await using var late = new SqliteConnection(((SqliteProvider)from.Provider).ConnectionString + ";Pooling=False;Default Timeout=1");
        Assert.That(
            async () =>
            {
                await late.OpenAsync();
                await using var command = late.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM Outbox";
                await command.ExecuteScalarAsync();
            },
            Throws.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(5));
    }

    [Test]
    public async Task A_text_longer_than_the_server_takes_is_named_by_its_place_alone()
    {
        await using (var db = from.Open(AccessScope.None))
        {
            db.Add(Promise(new string('x', 101)));
            await db.SaveChangesAsync();
        }
        await using var here = await SourceAsync();
        await using var server = Server("Server=localhost;Database=none");
        await using var there = to.Open(AccessScope.None);
        await using var target = await SqliteMoveTarget.OpenAsync(there, CancellationToken.None);

        Assert.That(
            () => DatabaseMove.RunAsync(MovePlan.Of(here.Db, server), here, target, CancellationToken.None),
            Throws.TypeOf<MoveException>().With.Message.EqualTo("Row 1 of Outbox has 101 characters or bytes in Type, of which the target takes 100."));
    }

    [Test]
    public async Task Everything_arrives_on_a_real_server()
    {
        await FillAsync();
        await ServerDatabase.PrepareAsync();
        await using var db = Server(ServerDatabase.Connection());
        await using var source = await SourceAsync();
        await using var target = await SqlServerMoveTarget.OpenAsync(db, CancellationToken.None);

        var results = await DatabaseMove.RunAsync(MovePlan.Of(source.Db, db), source, target, CancellationToken.None);

        Assert.That(results.Where(result => !result.IsEqual).Select(result => result.Table), Is.Empty);
        var row = Promise();
        db.Add(row);
        await db.SaveChangesAsync();
        Assert.That(row.Id, Is.GreaterThan(5));
    }

    private async Task<IReadOnlyList<MoveResult>> MoveAsync()
    {
        await using var source = await SourceAsync();
        await using var db = to.Open(AccessScope.None);
        await using var target = await SqliteMoveTarget.OpenAsync(db, CancellationToken.None);
        return await DatabaseMove.RunAsync(MovePlan.Of(source.Db, db), source, target, CancellationToken.None);
    }

    private async Task<SqliteMoveSource> SourceAsync()
    {
        // The gate's own connection counts as somebody's.
        await ((SqliteWriteGate)from.Gate).DisposeAsync();
        SqliteConnection.ClearAllPools();
        return await SqliteMoveSource.OpenAsync((SqliteProvider)from.Provider, CancellationToken.None);
    }

    /// <summary>Rows of each kind: with every column filled, and with null wherever that is allowed.</summary>
    private async Task FillAsync()
    {
        await using var db = from.Open(AccessScope.None);
        var sample = new Sample(db);
        foreach (var type in Sample.Entities(db.Model))
        {
            if (type.ClrType == typeof(OutboxRow) || type.ClrType == typeof(Account)) continue;
            await sample.InsertAsync(from.Gate, type);
            await sample.InsertAsync(from.Gate, type, nulls: true);
        }
        for (var i = 0; i < 5; i++) db.Add(Promise());
        await db.SaveChangesAsync();
        await db.Set<OutboxRow>().Where(row => row.Id > 3).ExecuteDeleteAsync();
        // The identity library's own tables, one of which keeps a document.
        var account = new Account { UserName = "a@example", Email = "a@example", DisplayName = "مثال é 𝄞", LockoutEnd = DateTimeOffset.UnixEpoch.AddTicks(1_234_567) };
        db.Add(account);
        await db.SaveChangesAsync();
        db.Add(new IdentityUserClaim<int> { UserId = account.Id, ClaimType = "kind", ClaimValue = "value" });
        db.Add(new IdentityUserLogin<int> { UserId = account.Id, LoginProvider = "provider", ProviderKey = "key" });
        db.Add(new IdentityUserToken<int> { UserId = account.Id, LoginProvider = "provider", Name = "name" });
        db.Add(new IdentityUserPasskey<int>
        {
            UserId = account.Id,
            CredentialId = [1, 2, 0, 255],
            Data = new IdentityPasskeyData { PublicKey = [3], AttestationObject = [4], ClientDataJson = [5], Name = "clé", CreatedAt = DateTimeOffset.UnixEpoch },
        });
        await db.SaveChangesAsync();
    }

    private static OutboxRow Promise(string type = "Event") => new()
    {
        EventId = Guid.NewGuid(), Type = type, Consumer = "Consumer", Body = "{}", CreatedAt = DateTimeOffset.UtcNow, DueAt = DateTimeOffset.UtcNow,
    };

    private static TrainingDbContext Server(string connection)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider(connection, ServerDatabase.MaxBatchSize).Configure(options);
        return new TrainingDbContext(options.Options) { Scope = AccessScope.None };
    }
}
