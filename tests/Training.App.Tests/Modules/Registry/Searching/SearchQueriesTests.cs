using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.App.Modules.Registry;
using Training.App.Modules.Registry.Searching;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Data.SqlServer;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Registry.Searching;

/// <summary>What the search asks of the databases: answered by indexes on SQLite, understood by SQL Server.</summary>
internal sealed class SearchQueriesTests
{
    private static readonly string[] Typed =
        ["Yasmine El Alaoui", "yassmine", "Alaoui", "محمد الإدريسي", "الادريسي", "0612345678", "Z123456789", "1NM-R34Z", "1NM-R34X"];

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication(TrainingApplication.OnSqlite);
        using var nation = app.Nation();
        await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine());
        var arabic = Bodies.Child(1);
        arabic["participant"]!["givenName"] = null;
        arabic["participant"]!["familyName"] = null;
        arabic["participant"]!["givenNameAr"] = "محمد";
        arabic["participant"]!["familyNameAr"] = "الإدريسي";
        await TrainingApplication.RegisterAsync(nation, arabic);
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task No_search_reads_everybody_on_sqlite([Values] bool nation)
    {
        var asked = new AskedQuestions();
        foreach (var typed in Typed) await SearchAsync(typed, nation, new DbContextOptionsBuilder<TrainingDbContext>(Options()).AddInterceptors(asked));

        foreach (var (sql, plan) in asked.All)
            Assert.That(plan.Split('\n'), Has.None.Match("^SCAN (?!.* VIRTUAL TABLE)"), $"{sql}\n{plan}");
        var plans = asked.All.Select(question => question.Plan).ToArray();
        Assert.That(plans, Has.Some.Contains("IX_Participants_FamilyName_GivenName (FamilyName=? AND GivenName=?)"));
        Assert.That(plans, Has.Some.Contains("IX_Participants_FamilyNameAr_GivenNameAr (FamilyNameAr=? AND GivenNameAr=?)"));
        if (nation)
        {
            Assert.That(plans, Has.Some.Contains("IX_Participants_GivenName (GivenName=?)"));
            Assert.That(plans, Has.Some.Contains("IX_Participants_GivenNameAr (GivenNameAr=?)").Or.Some.Contains("IX_Participants_FamilyNameAr_GivenNameAr (FamilyNameAr=?)"));
        }
    }

    [Test]
    public async Task Every_question_is_one_that_sql_server_understands([Values] bool nation)
    {
        var asked = new AskedQuestions();
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=none").Configure(options);
        foreach (var typed in Typed) await SearchAsync(typed, nation, options.AddInterceptors(asked, new NoConnection()));

        Assert.That(asked.All, Has.Count.GreaterThan(Typed.Length));
        foreach (var (sql, _) in asked.All)
        {
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
            Assert.That(errors.Select(error => error.Message), Is.Empty, sql);
        }
    }

    private DbContextOptions<TrainingDbContext> Options() => app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>();

    /// <summary>Searches with the names of the real database, and asks the questions elsewhere.</summary>
    private async Task SearchAsync(string typed, bool nation, DbContextOptionsBuilder<TrainingDbContext> elsewhere)
    {
        var catalog = app.Services.GetRequiredService<DirectoryCatalog>();
        var site = (await catalog.SnapshotAsync(CancellationToken.None)).FindSite("RSB")!;
        var caller = new Caller("account:1", [nation ? Role.Machine : Role.Coach], nation ? AccessScope.Whole : AccessScope.Site(site.Id));
        using var book = new NameBook(Options(), app.Time);
        await using var db = new TrainingDbContext(elsewhere.Options);
        var read = new ReadDb(db, new CallerAccessor(null!) { Current = caller });
        var found = new FoundChildren(catalog, read, caller);
        var named = new NamedChildren(book, read, caller);
        var search = new SearchParticipants.Handler(
            catalog, read, named, new CodedChildren(read, found), new FormerSearch(named, read, catalog, caller, app.Time), found, new MergedElsewhere(read, catalog), caller);

        await search.HandleAsync(new SearchParticipants.Request(typed), CancellationToken.None);
    }
}
