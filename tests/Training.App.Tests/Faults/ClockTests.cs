using Training.App.Platform.Messaging;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Faults;

/// <summary>A clock that is put right by an hour, in either direction, while deliveries wait.</summary>
internal sealed class ClockTests
{
    [TestCase(-1)]
    [TestCase(1)]
    public async Task What_waits_is_delivered_although_the_clock_jumps_by_an_hour(int hours)
    {
        var start = DateTimeOffset.UtcNow;
        var failing = true;
        await using var before = await MessagingHost.BuildAsync(now: start);
        before.Journal.Behaviour = (_, _, _) => failing ? throw new InvalidOperationException() : Task.CompletedTask;
        await before.StartAsync();
        await before.PromiseAsync(new SampleHappened(1));
        await Poll.UntilAsync(async () => (await before.RowsAsync()).All(row => row.Attempts == 1), () => Task.FromResult("not every consumer was tried"));
        await before.StopAsync();
        failing = false;

        // A process that runs at the time of the mended clock; its own time goes on from there.
        await using var after = await MessagingHost.BuildAsync(before.Folder, now: start.AddHours(hours));
        await after.PromiseAsync(new SampleHappened(2));
        await after.StartAsync();
        await Poll.UntilAsync(
            () =>
            {
                after.Time.Advance(TimeSpan.FromSeconds(1));
                after.Get<RelaySignal>().Wake();
                return Task.FromResult(after.Journal.Of("first").Distinct().Count() == 2 && after.Journal.Of("second").Distinct().Count() == 2);
            },
            async () => $"{(await after.RowsAsync()).Count} deliveries still wait");

        Assert.That(after.Time.GetUtcNow() - start.AddHours(hours), Is.LessThan(TimeSpan.FromMinutes(30)), "not after the hour is over");
    }
}
