using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Registry;
using Training.App.Platform.Http;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Access;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry;

internal sealed class GetParticipantTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;
    private string yasmine = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        yasmine = (await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine())).Text("participant")!;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Shows_the_whole_file_and_records_the_reading()
    {
        using var coach = await app.SiteAsync("RSB");
        var before = await ReadingsAsync();

        var answer = await coach.GetAsync(File(yasmine));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var file = await answer.JsonAsync();
        var readings = (await ReadingsAsync())[before.Count..];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Text("familyNameAr"), Is.EqualTo("العلوي"));
            Assert.That(file.GetProperty("guardians")[0].Text("phone"), Is.EqualTo("+212612345678"));
            Assert.That(file.GetProperty("consents")[0].Text("purpose"), Is.EqualTo("participation"));
            Assert.That(file.GetProperty("enrollments")[0].Text("site"), Is.EqualTo("RSB"));
            Assert.That(readings, Has.Count.EqualTo(1));
            Assert.That(readings[0].Reader, Does.StartWith("key:"));
            Assert.That(readings[0].Door, Is.EqualTo("api"));
            Assert.That(readings[0].Parts, Is.EqualTo(ShownParts.File));
        }
    }

    [Test]
    public async Task Hides_the_file_of_another_site_and_records_nothing()
    {
        using var other = await app.SiteAsync("WAC");
        var before = await ReadingsAsync();

        var answer = await other.GetAsync(File(yasmine));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await answer.CodeAsync(), Is.EqualTo("participantNotFound"));
        Assert.That(await ReadingsAsync(), Has.Count.EqualTo(before.Count));
    }

    [TestCase("AAA-AAAA")]
    [TestCase("nonsense")]
    public async Task Knows_nobody_by_a_wrong_code(string code) =>
        Assert.That((int)(await nation.GetAsync(File(code))).StatusCode, Is.EqualTo(404));

    [Test]
    public async Task Asks_the_directorate_for_a_reason_and_keeps_it()
    {
        var without = await AsDirectorateAsync(null);
        var with = await AsDirectorateAsync("  Réclamation de la famille  ");

        Assert.That(without, Is.EqualTo("reasonRequired"));
        Assert.That(with, Is.Null);
        Assert.That((await ReadingsAsync())[^1].Reason, Is.EqualTo("Réclamation de la famille"));
    }

    private Task<string?> AsDirectorateAsync(string? reason) => app.InsideAsync(async services =>
    {
        services.GetRequiredService<CallerAccessor>().Current = new Caller("account:1", [Role.Directorate], AccessScope.Whole);
        var result = await services.GetRequiredService<GetParticipant.Handler>()
            .HandleAsync(new GetParticipant.Request(yasmine, reason, "page"), CancellationToken.None);
        return result.Error?.Code;
    });

    private Task<List<FileReading>> ReadingsAsync() => app.InsideAsync(services =>
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        return db.Set<FileReading>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    });

    private static Uri File(string code) => new($"/api/participants/{code}", UriKind.Relative);
}
