using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.SqlServer;
using Training.Domain.Attendance;
using Training.Domain.Directory;

namespace Training.Data.Tests.Reporting;

/// <summary>The counting queries translate for the server too; grouping is where providers differ most.</summary>
internal sealed class SourceCountsTests
{
    private static readonly Edition Season = new()
    {
        Id = 1,
        Code = "football-2026",
        Track = Track.Football,
        NameFr = "",
        NameAr = "",
        Target = 1,
        AgeMin = 8,
        AgeMax = 18,
        AgeReferenceDate = new DateOnly(2026, 9, 1),
        StartsOn = new DateOnly(2026, 9, 15),
        EndsOn = new DateOnly(2027, 6, 30),
        DefaultGroupCapacity = 30,
        Completion = new CompletionRule(75, true),
        CertificateTextFr = "",
        CertificateTextAr = "",
        IssuerFr = "",
        IssuerAr = "",
    };

    private static IEnumerable<TestCaseData> Queries()
    {
        yield return Query("marks", db => SourceCounts.MarksOf(db, db.Set<Session>().Where(row => row.SiteId == 7), Season));
        yield return Query("enrollments", db => SourceCounts.EnrollmentsOf(db, 7, Season));
        yield return Query("certificates", db => SourceCounts.CertificatesOf(db, 7, Season));
    }

    [TestCaseSource(nameof(Queries))]
    public void Is_one_grouped_query_in_transact_sql(Func<TrainingDbContext, IQueryable> query)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=none").Configure(options);
        using var db = new TrainingDbContext(options.Options) { Scope = AccessScope.Whole };

        var sql = query(db).ToQueryString();

        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty);
        Assert.That(sql, Does.Contain("GROUP BY").And.Contain("COUNT(*)"));
        Assert.That(sql, Does.Not.Contain("GivenName"), "no name is read to count");
    }

    private static TestCaseData Query(string name, Func<TrainingDbContext, IQueryable> query) => new TestCaseData(query).SetArgDisplayNames(name);
}
