using System.Text;
using RabbitMQ.Client;
using Training.App.Tests.Platform.Messaging;
using Training.Data.Outbox;

namespace Training.App.Tests.Faults;

/// <summary>A broker whose connection breaks in the middle of a confirm, and messages of other versions of the contract.</summary>
[Category("Broker")]
[NonParallelizable]
internal sealed class BrokerFaultTests
{
    private const int Events = 1_500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private RabbitMqServer broker = null!;

    [OneTimeSetUp]
    public async Task StartBrokerAsync() => broker = await RabbitMqServer.StartNewAsync();

    [OneTimeTearDown]
    public async Task StopBrokerAsync()
    {
        if (broker is not null) await broker.DisposeAsync();
    }

    [TestCase(20261126)]
    public async Task No_event_is_lost_though_the_connection_is_cut_in_the_middle_of_confirms(int seed)
    {
        var random = new Random(seed);
        await using var proxy = new CuttingProxy(new Uri(broker.Address).Port);
        await using var process = await MessagingHost.BuildAsync(rabbitMq: $"amqp://guest:guest@127.0.0.1:{proxy.Port}/", realTime: true);
        await process.StartAsync();
        await process.PromiseAsync(new SampleHappened(0));
        await process.DrainedAsync();

        var numbers = Enumerable.Range(1, Events).ToArray();
        foreach (var chunk in numbers.Chunk(Events / 3))
        {
            var cuts = proxy.Cuts;
            proxy.CutAfter(random.Next(200, 3_000));
            await process.PromiseAsync([.. chunk.Select(number => new SampleHappened(number))]);
            await Poll.UntilAsync(() => proxy.Cuts > cuts, () => "the connection was not cut");
        }

        foreach (var consumer in (string[])["first", "second"])
        {
            await Poll.UntilAsync(
                () => Task.FromResult(!numbers.Except(process.Journal.Of(consumer)).Any()),
                () => Task.FromResult($"{consumer} lacks {numbers.Except(process.Journal.Of(consumer)).Count()}"), Patience);
        }
        await process.DrainedAsync();
        await TestContext.Out.WriteLineAsync($"seed {seed}: {proxy.Cuts} cuts, {process.Journal.Of("first").Count - Events - 1} deliveries repeated");
    }

    [Test]
    public async Task A_message_of_an_older_or_a_newer_contract_is_understood()
    {
        await using var process = await MessagingHost.BuildAsync(rabbitMq: broker.Address, realTime: true);
        await process.StartAsync();
        await process.PromiseAsync(new SampleHappened(1));
        await process.DrainedAsync();

        await process.InsertAsync(RowOf("""{"number":2}"""));
        await process.InsertAsync(RowOf("""{"number":3,"subject":"two","weather":"fine"}"""));
        await using (var connection = await broker.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            foreach (var body in (string[])["""{"number":4}""", """{"number":5,"subject":"two","weather":"fine"}"""])
            {
                var properties = new BasicProperties { ContentType = "application/json", MessageId = Guid.NewGuid().ToString() };
                await channel.BasicPublishAsync(nameof(SampleHappened), "", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
            }
        }

        await Poll.UntilAsync(
            () => Task.FromResult(!Enumerable.Range(1, 5).Except(process.Journal.Of("second")).Any()),
            () => Task.FromResult(string.Join(' ', process.Journal.Of("second"))), Patience);
    }

    private static OutboxRow RowOf(string body) => new()
    {
        EventId = Guid.NewGuid(), Type = nameof(SampleHappened), Consumer = OutboxRow.Broker, Body = body, CreatedAt = DateTimeOffset.UtcNow, DueAt = DateTimeOffset.UtcNow,
    };
}
