using System.Diagnostics;
using Training.Data.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

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

    /// <summary>End to end: promised with a change of its own or many in one, delivered, and counted durably by the consumer.</summary>
    [Test]
    public async Task Events_reach_a_projection([Values(1, 25)] int inOneChange, [Values] bool overBroker)
    {
        await using var broker = overBroker ? await RabbitMqServer.StartNewAsync() : null;
        await using var process = await MessagingHost.BuildAsync(realTime: true, rabbitMq: broker?.Address);
        var gate = process.Get<IWriteGate>();
        process.Journal.Behaviour = async (consumer, _, token) =>
        {
            if (consumer != "first") return;
            await gate.WriteAsync<Done>(AccessScope.Whole, (session, _) =>
            {
                session.Rows.Insert(new CommitMarker { Id = Guid.NewGuid(), At = DateTimeOffset.UtcNow });
                return Task.FromResult<Result<Done>>(default(Done));
            }, token);
        };
        await process.StartAsync();
        await process.PromiseAsync(new SampleHappened(0));
        await ArrivedAsync(1);
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            Enumerable.Range(1, Count).Chunk(inOneChange),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (numbers, _) => await process.PromiseAsync([.. numbers.Select(number => new SampleHappened(number))]));
        await ArrivedAsync(Count + 1);
        var rate = Count / watch.Elapsed.TotalSeconds;

        await TestContext.Out.WriteLineAsync($"{rate:N0} events/s, {inOneChange} in one change, {(overBroker ? "over quorum queues" : "in process")}, two consumers each, one of them writing");
        Assert.That(process.Journal.Of("first").Distinct().Count(), Is.EqualTo(Count + 1));

        Task ArrivedAsync(int count) => Poll.UntilAsync(
            async () => await process.MarkersAsync() >= count, async () => $"{await process.MarkersAsync()} of {count} events have been counted", TimeSpan.FromMinutes(2));
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
