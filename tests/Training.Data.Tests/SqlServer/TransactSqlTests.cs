using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.Data.Mapping;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.SqlServer;

namespace Training.Data.Tests.SqlServer;

/// <summary>Without a server the syntax at least is checked, by Microsoft's own parser.</summary>
internal sealed class TransactSqlTests
{
    private static readonly AccessScope Mixed = new(false, [4, 6], [11], [1, 2]);

    [Test]
    public void The_migration_script_of_the_whole_schema_parses()
    {
        using var db = Open();

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.That(script, Does.Contain("CREATE TABLE [Participants]").And.Contain("CREATE TABLE [Outbox]"));
        Assert.That(Errors(script), Is.Empty);
    }

    [Test]
    public void The_query_of_every_set_parses_with_its_scope()
    {
        using var db = Open();
        var filtered = 0;
        foreach (var type in Sample.Entities(db.Model))
        {
            var query = (IQueryable)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!;
            var sql = query.ToQueryString();
            Assert.That(Errors(sql), Is.Empty, type.DisplayName());
            if (!type.GetDeclaredQueryFilters().Any(filter => filter.Key == ScopeFilters.Name)) continue;
            Assert.That(sql, Does.Contain("WHERE"), type.DisplayName());
            filtered++;
        }
        Assert.That(filtered, Is.GreaterThan(8));
    }

    [Test]
    public void The_questions_to_the_outbox_parse()
    {
        using var db = Open();
        var now = DateTimeOffset.UnixEpoch;

        var claim = Sent(SqlServerProvider.Claim(db, "Consumer", 10, now, now.AddMinutes(1)));
        var ready = Sent(OutboxQueries.Ready(db, ["One", "Two"], now));

        Assert.That(claim, Does.Contain("READPAST"));
        Assert.That(ready, Does.Contain("UNION ALL"));
        Assert.That(Errors(claim), Is.Empty);
        Assert.That(Errors(ready), Is.Empty);
    }

    [Test]
    public void The_check_finds_what_is_no_transact_sql() => Assert.That(Errors("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID;"), Is.Not.Empty);

    /// <summary>What goes to the server; the declarations that are shown for raw parameters lack their <c>@</c>.</summary>
    private static string Sent(IQueryable query) =>
        string.Join('\n', query.ToQueryString().Split('\n').SkipWhile(line => line.StartsWith("DECLARE", StringComparison.Ordinal)));

    private static TrainingDbContext Open()
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=none").Configure(options);
        return new TrainingDbContext(options.Options) { Scope = Mixed };
    }

    private static IEnumerable<string> Errors(string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return errors.Select(error => $"line {error.Line}: {error.Message}");
    }
}
