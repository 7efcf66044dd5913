using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Registry.Duplicates.Sweeping;
using Training.App.Tests.Modules.Enrollments;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>Who came in twice by different doors is found at night.</summary>
internal sealed class SweepDuplicatesTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("2014-03-12", "0655555555", null)]
    [TestCase("2014-12-03", "0655555555", null)]
    [TestCase("2014-03-13", "0655555555", null)]
    [TestCase("2014-03-11", "0655555555", null)]
    [TestCase("2013-03-12", "0612345678", null)]
    [TestCase("2011-01-01", "0655555555", "Z990000001")]
    public async Task Finds_a_child_who_came_in_twice(string birthDate, string phone, string? massar)
    {
        var (first, second) = await TwiceAsync(birthDate, phone, massar);

        Assert.That(await SweepAsync(), Is.EqualTo(1));

        var pair = (await app.PairsAsync()).Single();
        Assert.That((pair.LowId, pair.HighId, pair.Decision, pair.Source), Is.EqualTo((first, second, PairDecision.Waiting, PairSource.Sweep)));
        Assert.That(pair.Strength, Is.EqualTo(massar is not null ? PairStrength.Certain : birthDate == "2014-03-12" ? PairStrength.Strong : pair.Strength));
        Assert.That(await SweepAsync(), Is.Zero, "a pair is found once");
    }

    [Test]
    public async Task Finds_neighbours_across_the_turn_of_the_year()
    {
        await TwiceAsync("2014-12-31", "0655555555", null);
        await app.InsideAsync(services => Whole(services).Set<Participant>().OrderBy(row => row.Id).Take(1)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BirthDate, new DateOnly(2015, 1, 1))));

        Assert.That(await SweepAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Leaves_alone_whom_somebody_told_apart_or_put_off_and_files_that_are_one()
    {
        await nation.OpenAsync(Bodies.Yasmine());
        await nation.OpenAsync(Files.YasmineAgain());
        Assert.That((await app.PairsAsync()).Single().Decision, Is.EqualTo(PairDecision.Different));

        Assert.That(await SweepAsync(), Is.Zero);
        var pair = Training.App.Modules.Registry.Duplicates.PairId.Of((await app.PairsAsync()).Single());
        using (var later = await nation.DecideAsync(pair, new { decision = "later" })) Assert.That((int)later.StatusCode, Is.EqualTo(200));
        Assert.That(await SweepAsync(), Is.Zero);
        using (var same = await nation.DecideAsync(pair, new { decision = "same" })) Assert.That((int)same.StatusCode, Is.EqualTo(200));
        Assert.That(await SweepAsync(), Is.Zero);
        Assert.That((await app.PairsAsync()).Single().Decision, Is.EqualTo(PairDecision.Same));
    }

    [Test]
    public async Task Takes_neither_twins_nor_strangers()
    {
        await nation.OpenAsync(Bodies.Yasmine());
        var twin = Bodies.Yasmine();
        twin["participant"]!["givenName"] = "Salma";
        twin["participant"]!["givenNameAr"] = "سلمى";
        await nation.OpenAsync(twin);
        for (var i = 0; i < 20; i++) await nation.OpenAsync(Bodies.Child(i));

        Assert.That(await SweepAsync(), Is.Zero);
    }

    [Test]
    public async Task Runs_in_one_process_at_a_time_and_goes_on_where_a_killed_one_was()
    {
        await TwiceAsync("2014-03-12", "0655555555", null);
        await app.InsideAsync(async services =>
        {
            var db = Whole(services);
            // Killed on the way to the year 2014, its lease not over yet.
            db.Add(new SweepState { StartedAt = app.Time.GetUtcNow(), Cursor = "year:2014", Holder = Guid.NewGuid(), LeaseUntil = app.Time.GetUtcNow() + SweepDuplicates.Lease });
            return await db.SaveChangesAsync();
        });
        Assert.That(await SweepAsync(), Is.Null, "another is at it");

        app.Time.Advance(SweepDuplicates.Lease + TimeSpan.FromMinutes(5));
        await FoundAsync(1);

        var state = await app.InsideAsync(services => Whole(services).Set<SweepState>().AsNoTracking().SingleAsync());
        Assert.That((state.Cursor, state.Holder), Is.EqualTo(((string?)null, (Guid?)null)));
        Assert.That(state.StartedAt, Is.EqualTo(TrainingApplication.Start), "it was the same sweep");
    }

    [Test]
    public async Task Sweeps_by_itself_at_night()
    {
        await TwiceAsync("2014-03-12", "0655555555", null);
        app.Time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 30, 0, TimeSpan.Zero));
        app.Time.Advance(TimeSpan.FromMinutes(5));
        await Task.Yield();
        Assert.That(await app.PairsAsync(), Is.Empty, "half past one in Morocco is not the hour yet");

        app.Time.Advance(TimeSpan.FromMinutes(30));
        await FoundAsync(1);
    }

    private Task FoundAsync(int expected) => Poll.UntilAsync(
        async () => (await app.PairsAsync()).Count == expected
            && (await app.InsideAsync(services => Whole(services).Set<SweepState>().AsNoTracking().SingleOrDefaultAsync()))?.FinishedAt is not null,
        async () => $"{(await app.PairsAsync()).Count} pairs were found");

    private Task<int?> SweepAsync() => app.InsideAsync(services =>
        services.GetRequiredService<SweepDuplicates>().RunAsync(pause: null, CancellationToken.None));

    /// <summary>One child by two doors: registered far apart, then brought together behind the doors' back.</summary>
    private async Task<(int First, int Second)> TwiceAsync(string birthDate, string phone, string? massar)
    {
        var one = Bodies.Yasmine();
        one["participant"]!["massarCode"] = massar;
        await nation.OpenAsync(one);
        await nation.OpenAsync(Bodies.Child(4));
        var again = Files.YasmineAgain();
        again["duplicateDecision"] = null;
        again["guardians"]![0]!["phone"] = "0677777777";
        again["participant"]!["birthDate"] = "2011-07-23";
        await nation.OpenAsync(again);
        return await app.InsideAsync(async services =>
        {
            var db = Whole(services);
            var ids = await db.Set<Participant>().OrderBy(row => row.Id).Select(row => row.Id).ToListAsync();
            await db.Set<Participant>().Where(row => row.Id == ids[2]).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.BirthDate, DateOnly.ParseExact(birthDate, "yyyy-MM-dd", null)).SetProperty(row => row.MassarCode, massar)
                .SetProperty(row => row.GivenName, "Yasmine"));
            var number = "+212" + phone[1..];
            await db.Set<Guardian>().Where(row => row.Phone == "+212677777777").ExecuteUpdateAsync(set => set.SetProperty(row => row.Phone, number));
            return (ids[0], ids[2]);
        });
    }

    private static TrainingDbContext Whole(IServiceProvider services)
    {
        var db = services.GetRequiredService<TrainingDbContext>();
        db.Scope = AccessScope.Whole;
        return db;
    }
}
