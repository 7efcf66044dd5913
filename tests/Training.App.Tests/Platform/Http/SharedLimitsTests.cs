using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Platform;

namespace Training.App.Tests.Platform.Http;

/// <summary>Two processes of one installation count guesses together.</summary>
internal sealed class SharedLimitsTests
{
    private string storage = null!;

    [SetUp]
    public void MakeFolder() => storage = System.IO.Directory.CreateTempSubdirectory("training-limits-").FullName;

    [TearDown]
    public void RemoveFolder()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    [Test]
    public async Task Guesses_at_two_processes_are_as_many_as_at_one_and_begin_anew_with_the_minute()
    {
        await using var one = Process();
        await using var other = Process();
        using var first = one.Anonymous();
        using var second = other.Anonymous();

        Assert.That(await GuessAsync([first, second], 30), Is.EqualTo(20), "not twenty at each");

        one.Time.Advance(TimeSpan.FromMinutes(1));
        other.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await GuessAsync([second, first], 30), Is.EqualTo(20));
    }

    [Test]
    public async Task Guesses_that_come_at_once_are_counted_each()
    {
        await using var one = Process();
        await using var other = Process();
        using var first = one.Anonymous();
        using var second = other.Anonymous();

        var passed = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => GuessAsync([i % 2 == 0 ? first : second], 1)));

        Assert.That(passed.Sum(), Is.EqualTo(20));
    }

    [Test]
    public async Task Who_verifies_is_counted_in_portions_and_no_address_is_kept()
    {
        await using var one = Process();
        await using var other = Process();
        using var first = one.Anonymous();
        using var second = other.Anonymous();
        var passed = 0;
        for (var i = 0; i < 150; i++)
        {
            using var answer = await (i % 2 == 0 ? first : second).GetAsync(new Uri("/api/verify/0000", UriKind.Relative));
            if ((int)answer.StatusCode != 429) passed++;
            else Assert.That(answer.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        }

        Assert.That(passed, Is.EqualTo(120));
        var rows = await one.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<RateWindow>().AsNoTracking().ToListAsync());
        Assert.That(rows.Select(row => row.Taken), Is.EqualTo(new[] { 120 }));
        one.Time.Advance(TimeSpan.FromMinutes(11));
        await Messaging.Poll.UntilAsync(
            () => one.InsideAsync(async services => !await services.GetRequiredService<TrainingDbContext>().Set<RateWindow>().AnyAsync()),
            () => Task.FromResult("the count of a past minute is kept"));
    }

    private TrainingApplication Process() => new(TrainingApplication.OnSqlite, ("Storage:Root", storage));

    private static async Task<int> GuessAsync(HttpClient[] at, int times)
    {
        var passed = 0;
        for (var i = 0; i < times; i++)
        {
            using var answer = await at[i % at.Length].PostAsJsonAsync("/api/family/claim", new { claimCode = "AAAA-AAAA-AAAA", birthDate = "2014-03-12" });
            if ((int)answer.StatusCode != 429) passed++;
        }
        return passed;
    }
}
