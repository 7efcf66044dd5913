using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Registry.Messages;
using Training.App.Modules.Reporting;
using Training.App.Platform.Messaging;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Modules.Certificates;
using Training.App.Tests.Modules.Reporting;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Audit;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry.Corrections;

/// <summary>What follows from a correction: files alike, figures, certificates, the family's request, the trail.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CorrectionEffectsTests : IDisposable
{
    private readonly TrainingApplication app = new(TrainingApplication.OnSqlite);

    public void Dispose() => app.Dispose();

    [Test]
    public async Task A_file_that_became_like_another_is_put_before_a_coordinator()
    {
        await using var workshop = await Workshop.OpenAsync(0, app);
        var one = await workshop.RegisterAsync(3, body => body["participant"]!["birthDate"] = "2013-06-12");
        var other = await workshop.RegisterAsync(3, body =>
        {
            body["participant"]!["birthDate"] = "2011-01-30";
            body["guardians"]![0]!["phone"] = "0699999999";
            body["guardians"]![0]!["name"] = "Aicha Lamrani";
        });

        using var region = await app.DeciderAsync();
        var done = await region.CorrectedAsync(other, new { reason = "Birth certificate seen", birthDate = "2013-06-12" });

        Assert.That(done.GetProperty("alike").GetInt32(), Is.EqualTo(1));
        var pair = (await workshop.Staff.ItemsAsync("/api/duplicates")).Single();
        Assert.That(pair.ToString(), Does.Contain(one.Participant).And.Contain(other.Participant));
    }

    [Test]
    public async Task Figures_by_sex_and_age_follow_and_equal_a_rebuild()
    {
        await using var workshop = await Workshop.OpenAsync(3, app);
        var session = await workshop.HoldAsync();
        await workshop.AllPresentAsync(session);
        await workshop.CloseAsync(session);
        await DrainedAsync();
        var before = await app.InsideAsync(KeptFigures.SnapshotAsync);

        using var region = await app.DeciderAsync();
        await region.CorrectedAsync(workshop.Youths[0], new { reason = "x", sex = "female", birthDate = "2016-02-02" });
        await DrainedAsync();

        var fed = await app.InsideAsync(KeptFigures.SnapshotAsync);
        Assert.That(fed, Is.Not.EqualTo(before).And.Some.Contains("Female"));
        await app.InsideAsync(async services => await services.GetRequiredService<RebuildFigures.Handler>().HandleAsync(CancellationToken.None));
        Assert.That(await app.InsideAsync(KeptFigures.SnapshotAsync), Is.EqualTo(fed));
    }

    [Test]
    public async Task Nothing_is_counted_anew_for_a_code()
    {
        var routes = new Watched();
        using var watched = new TrainingApplication(TrainingApplication.OnSqlite)
        {
            Rearrange = services => services.AddSingleton<IEventRoutes>(provider =>
            {
                routes.Inner = provider.GetRequiredService<EventRoutes>();
                return routes;
            }),
        };
        await using var workshop = await Workshop.OpenAsync(1, watched);
        using var region = await watched.DeciderAsync();

        await region.CorrectedAsync(workshop.Youths[0], new { reason = "x", massarCode = "G123456789" });
        Assert.That(routes.Asked, Does.Not.Contain(typeof(FileCorrected)));
        await region.CorrectedAsync(workshop.Youths[0], new { reason = "x", sex = "female" });
        Assert.That(routes.Asked, Does.Contain(typeof(FileCorrected)));
    }

    [Test]
    public async Task Certificates_stay_and_those_that_print_the_former_date_are_named()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        await workshop.CompleteAsync();
        var issued = await workshop.IssuedAsync(workshop.Youths[0]);

        using var region = await app.DeciderAsync();
        var done = await region.CorrectedAsync(workshop.Youths[0], new { reason = "x", birthDate = "2013-07-07" });

        Assert.That(done.GetProperty("effects").GetProperty("certificates").EnumerateArray().Select(number => number.GetString()), Does.Contain(issued.Number()));
        Assert.That((await workshop.IssuedAsync(workshop.Youths[0])).GetProperty("revision").GetInt32(), Is.EqualTo(1));
        using var anew = await workshop.Staff.PostAsJsonAsync($"/api/certificates/{issued.Number()}/reissue", new { reason = "Date corrected" });
        Assert.That((int)anew.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_family_s_request_is_answered_with_the_correction()
    {
        await using var workshop = await Workshop.OpenAsync(2, app);
        var child = workshop.Youths[0];
        async Task<string> AskAsync(string participant, string kind) =>
            (await (await workshop.Staff.PostAsJsonAsync("/api/rights/requests", new { participant, kind, words = "The date is wrong" })).JsonAsync()).Text("id")!;
        var (request, ofAnother, copy) = (await AskAsync(child.Participant, "correct"), await AskAsync(workshop.Youths[1].Participant, "correct"), await AskAsync(child.Participant, "access"));

        using var region = await app.DeciderAsync();
        using var wrong = await region.CorrectAsync(child, new { reason = "x", birthDate = "2013-07-07", rightsRequest = ofAnother });
        using var kind = await region.CorrectAsync(child, new { reason = "x", birthDate = "2013-07-07", rightsRequest = copy });
        await region.CorrectedAsync(child, new { reason = "x", birthDate = "2013-07-07", rightsRequest = request, answer = "Corrected by the birth certificate" });

        Assert.That(((int)wrong.StatusCode, await kind.CodeAsync()), Is.EqualTo((404, "notToCorrect")));
        var line = await workshop.Staff.GetFromJsonAsync<JsonElement>($"/api/rights/requests/{request}");
        Assert.That((line.Text("status"), line.Text("answer")), Is.EqualTo(("done", "Corrected by the birth certificate")));
        using var again = await region.CorrectAsync(child, new { reason = "x", birthDate = "2013-08-08", rightsRequest = request });
        Assert.That(((int)again.StatusCode, await again.CodeAsync()), Is.EqualTo((409, "alreadyAnswered")));
    }

    [Test]
    public async Task The_trail_names_the_correction_and_nobody_and_what_was_before_goes_with_the_file()
    {
        await using var workshop = await Workshop.OpenAsync(1, app);
        var child = workshop.Youths[0];
        await workshop.Staff.CorrectedAsync(child, new { reason = "Read again", massarCode = "G123456789" });

        await using (var db = Open())
        {
            var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Act == "Registry/Corrections/CorrectParticipant");
            Assert.That(entry.About, Does.StartWith("FileCorrected").And.Not.Contain("G123456789"));
            Assert.That((await db.Set<FileCorrection>().SingleAsync()).Facts(), Is.EqualTo(new[] { new CorrectedFact("massarCode", null, "G123456789") }));
        }
        var request = (await (await workshop.Staff.PostAsJsonAsync("/api/rights/requests", new { participant = child.Participant, kind = "erase" })).JsonAsync()).Text("id");
        using var erased = await workshop.Staff.PostAsJsonAsync($"/api/rights/requests/{request}/erase", new { confirm = child.Participant });
        Assert.That((int)erased.StatusCode, Is.EqualTo(200), await erased.Content.ReadAsStringAsync());
        await using var after = Open();
        Assert.That(await after.Set<FileCorrection>().CountAsync(), Is.Zero);
    }

    private Task DrainedAsync() => Poll.UntilAsync(
        async () =>
        {
            await using var db = Open();
            return !await db.Set<OutboxRow>().AnyAsync() && !await db.Set<Data.Reporting.SiteTally>().AnyAsync(row => row.StaleSince != null || row.CountingSince != null);
        },
        () => Task.FromResult("figures are not counted"));

    /// <summary>Which events were promised.</summary>
    private sealed class Watched : IEventRoutes
    {
        public EventRoutes Inner { get; set; } = null!;

        public ConcurrentBag<Type> Asked { get; } = [];

        public string NameOf(Type message) => Inner.NameOf(message);

        public IReadOnlyList<string> ConsumersOf(Type message)
        {
            Asked.Add(message);
            return Inner.ConsumersOf(message);
        }
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
}
