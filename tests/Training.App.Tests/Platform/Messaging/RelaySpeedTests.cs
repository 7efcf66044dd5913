using System.Diagnostics;

namespace Training.App.Tests.Platform.Messaging;

/// <summary>Prints what the machine of the day does; how fast that is depends on who else is using it.</summary>
[NonParallelizable]
[Category("Long")]
public sealed class RelaySpeedTests
{
    private const int Count = 5000;

    [Test]
    public async Task A_backlog_of_thousands_is_worked_off()
    {
        await using var process = await MessagingHost.BuildAsync(realTime: true);
        foreach (var chunk in Enumerable.Range(1, Count).Chunk(500))
            await process.PromiseAsync([.. chunk.Select(number => new SampleHappened(number))]);

        var watch = Stopwatch.StartNew();
        await process.StartAsync();
        await process.DrainedAsync();
        var rate = Count / watch.Elapsed.TotalSeconds;

        await TestContext.Out.WriteLineAsync($"{rate:N0} events/s, two consumers each");
        Assert.That(process.Journal.Of("first"), Has.Count.EqualTo(Count));
    }

    [Test]
    public async Task Deliveries_keep_up_with_thirty_two_writers()
    {
        await using var process = await MessagingHost.BuildAsync(realTime: true);
        await process.StartAsync();
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            Enumerable.Range(1, Count),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (number, _) => await process.PromiseAsync(new SampleHappened(number)));
        var written = Count / watch.Elapsed.TotalSeconds;
        await process.DrainedAsync();
        var delivered = Count / watch.Elapsed.TotalSeconds;

        await TestContext.Out.WriteLineAsync($"{written:N0} events/s written, one a change; {delivered:N0} events/s delivered to two consumers each");
        Assert.That(process.Journal.Of("first").Order(), Is.EqualTo(Enumerable.Range(1, Count)));
    }
}
