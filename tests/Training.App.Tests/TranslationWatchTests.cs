using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Registry;

namespace Training.App.Tests;

/// <summary>What can be said of the application on SQL Server without a server. The watch over all queries sees them, and refuses what SQL Server could not be asked.</summary>
internal sealed class TranslationWatchTests
{
    [Test]
    public async Task A_query_that_only_sqlite_understands_fails_in_the_test_that_makes_it()
    {
        using var app = new TrainingApplication(TrainingApplication.OnSqlite);
        var before = TranslatesForSqlServer.Count;
        await app.InsideAsync(async services => await services.GetRequiredService<ReadDb>()
            .Set<Participant>().CountAsync(row => row.GivenName == "Watched"));
        Assert.That(TranslatesForSqlServer.Count, Is.GreaterThan(before), "the watch sees queries");
        Assert.That(
            async () => await app.InsideAsync(async services => await services.GetRequiredService<ReadDb>()
                .Set<Participant>().CountAsync(row => EF.Functions.Glob(row.GivenName!, "A*"))),
            Throws.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void The_text_of_a_query_is_known_and_parsed()
    {
        using var db = new TrainingDbContext(TranslatesForSqlServer.Server) { Scope = AccessScope.Site(1) };
        var texts = TransactSql.Of(db, db.Set<Participant>().Where(row => row.GivenName == "Asked").Expression);

        Assert.That(texts, Has.One.Contains("FROM [Participants]").And.One.Contains("EXISTS"), "with the scope's filter");
        Assert.That(() => TransactSql.Parse("SELECT * FROM [Participants] LIMIT 1"), Throws.InvalidOperationException);
    }

    [Test]
    public void On_sql_server_the_application_is_put_together_and_misses_nothing_but_the_server()
    {
        using var app = new TrainingApplication(
            ("Database:Provider", "SqlServer"), ("ConnectionStrings:Training", "Server=127.0.0.1,1;Database=none;User Id=a;Password=b;Connect Timeout=1;TrustServerCertificate=true"));
        Assert.That(() => app.Services.GetRequiredService<Data.Writing.IWriteGate>(), Throws.TypeOf<Microsoft.Data.SqlClient.SqlException>());
    }
}
