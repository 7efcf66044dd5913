using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Training.App.Platform.Audit;
using Training.App.Platform.Commands;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Audit;

namespace Training.App.Tests.Platform.Audit;

/// <summary>Who changed what is written down with the change, and nobody can rewrite it unnoticed.</summary>
internal sealed class AuditTrailTests
{
    private TrainingApplication app = null!;

    [SetUp]
    public async Task Start()
    {
        app = new TrainingApplication(TrainingApplication.OnSqlite);
        using var coach = await app.SiteAsync("RSB");
        for (var i = 0; i < 3; i++) await TrainingApplication.RegisterAsync(coach, Bodies.Child(i));
        Assert.That(await SealAsync(), Is.Positive);
    }

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_change_says_who_made_it_by_which_feature_and_about_what()
    {
        var entries = await EntriesAsync();

        var registered = entries.Where(row => row.Act == "Enrollments/RegisterParticipant").ToList();
        Assert.That(registered, Has.Count.EqualTo(3));
        Assert.That(registered.Select(row => row.By), Has.All.StartsWith("key:"));
        Assert.That(registered.Select(row => row.About), Has.All.Contains("\"enrollmentId\":"));
    }

    [Test]
    public async Task A_refused_change_leaves_no_entry()
    {
        var before = (await EntriesAsync()).Count;
        using var coach = await app.SiteAsync("RSB");

        using var refused = await coach.GetAsync(new Uri("/api/participants/AAA-AAAA", UriKind.Relative));

        Assert.That((await EntriesAsync()).Count(row => row.By.StartsWith("key:", StringComparison.Ordinal)), Is.EqualTo(before));
    }

    [Test]
    public async Task An_untouched_trail_is_sound()
    {
        var (code, said) = await VerifyAsync();

        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.StartWith("Sound: "));
    }

    [TestCase("UPDATE AuditEntries SET By = 'account:99' WHERE Id = 2")]
    [TestCase("UPDATE AuditEntries SET About = NULL WHERE Id = 2")]
    [TestCase("DELETE FROM AuditEntries WHERE Id = 2")]
    [TestCase("UPDATE AuditEntries SET Id = Id + 100000 WHERE Id = 2")]
    [TestCase("DELETE FROM AuditSeals")]
    public async Task A_row_cannot_be_touched_and_a_forger_who_lifts_the_guard_is_found_out(string forgery)
    {
        Assert.That(() => ExecuteAsync(forgery), Throws.Exception.With.Message.Contains("only added"));

        await ExecuteAsync(await GuardsAsync());
        await ExecuteAsync(forgery);

        var (code, said) = await VerifyAsync();
        // With every seal gone there is nothing to compare: the head that was written down before tells.
        var expected = forgery.Contains("AuditSeals", StringComparison.Ordinal) ? (0, "Sound: 0 entries under 0 seals") : (1, "BROKEN: seal 1");
        Assert.That((code, said[..expected.Item2.Length]), Is.EqualTo(expected));
    }

    private Task<int> SealAsync() => app.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single().SealAsync(CancellationToken.None);

    private Task<List<AuditEntry>> EntriesAsync() => app.InsideAsync(services =>
        services.GetRequiredService<TrainingDbContext>().Set<AuditEntry>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private Task<(int Code, string Said)> VerifyAsync() => app.InsideAsync(async services =>
    {
        var output = new StringWriter();
        var code = await ActivatorUtilities.CreateInstance<VerifyAudit>(services).RunAsync(new CommandArguments([], []), output, CancellationToken.None);
        return (code, output.ToString());
    });

    private Task<string> GuardsAsync() => app.InsideAsync(async services => string.Concat(
        await services.GetRequiredService<TrainingDbContext>().Database.SqlQueryRaw<string>("SELECT 'DROP TRIGGER \"' || name || '\";' AS Value FROM sqlite_schema WHERE type = 'trigger'").ToListAsync()));

    private Task<int> ExecuteAsync(string sql) => app.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Database.ExecuteSqlRawAsync(sql));
}
