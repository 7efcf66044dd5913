using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Training.App.Platform.Messaging;

namespace Training.App.Tests.Platform.Messaging;

/// <summary>The same consumers over a real broker.</summary>
[Category("Broker")]
[NonParallelizable]
public sealed class RabbitMqTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private RabbitMqServer broker = null!;

    [OneTimeSetUp]
    public async Task StartBrokerAsync() => broker = await RabbitMqServer.StartNewAsync();

    [OneTimeTearDown]
    public async Task StopBrokerAsync()
    {
        if (broker is not null) await broker.DisposeAsync();
    }

    [Test]
    public async Task Every_consumer_gets_every_event_and_the_outbox_is_emptied_by_the_confirms()
    {
        await using var process = await StartAsync();
        var numbers = Enumerable.Range(1, 200).ToArray();

        await process.PromiseAsync([.. numbers.Select(number => new SampleHappened(number))]);

        await DeliveredAsync(process, "first", numbers);
        await DeliveredAsync(process, "second", numbers);
        await process.DrainedAsync();
        Assert.That(process.Journal.Callers, Is.EqualTo(["system"]));
    }

    [Test]
    public async Task Deliveries_keep_up_with_thirty_two_writers()
    {
        await using var process = await StartAsync();
        await process.PromiseAsync(new SampleHappened(0));
        await DeliveredAsync(process, "first", [0]);
        var numbers = Enumerable.Range(1, 5000).ToArray();
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            numbers, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) => await process.PromiseAsync(new SampleHappened(number)));
        await DeliveredAsync(process, "first", numbers);
        await DeliveredAsync(process, "second", numbers);

        await TestContext.Out.WriteLineAsync($"{numbers.Length / watch.Elapsed.TotalSeconds:N0} events/s over quorum queues, two consumers each");
    }

    [Test]
    public async Task Each_consumer_has_a_durable_quorum_queue_of_its_own()
    {
        await using var process = await StartAsync();
        await process.PromiseAsync(new SampleHappened(1));
        await DeliveredAsync(process, "first", [1]);
        await using var connection = await broker.ConnectAsync();

        foreach (var queue in new[] { FirstConsumer.Name, SecondConsumer.Name })
        {
            await using (var channel = await connection.CreateChannelAsync())
            {
                var declared = await channel.QueueDeclareAsync(
                    queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
                Assert.That(declared.ConsumerCount, Is.EqualTo(1));
            }
            await using var other = await connection.CreateChannelAsync();
            Assert.That(
                async () => await other.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false),
                Throws.InstanceOf<OperationInterruptedException>(), "the broker compares: it is not a classic queue");
        }
    }

    [Test]
    public async Task An_event_published_before_its_consumers_ever_ran_waits_in_all_their_queues()
    {
        await using var process = await MessagingHost.BuildAsync(rabbitMq: broker.Address, realTime: true);
        string[] queues = [FirstConsumer.Name, SecondConsumer.Name];
        foreach (var queue in queues) await ForgetAsync(queue);

        var bus = process.Get<RabbitMqBus>().Create();
        await RabbitMqBus.PublishAsync(bus, new SampleHappened(1), typeof(SampleHappened), Guid.NewGuid(), CancellationToken.None);

        foreach (var queue in queues) Assert.That(await broker.CountAsync(queue), Is.EqualTo(1), queue);
        foreach (var queue in queues) await ForgetAsync(queue);
    }

    [Test]
    public async Task The_message_is_plain_json_under_the_name_of_its_record()
    {
        await using var process = await StartAsync();
        await process.PromiseAsync(new SampleHappened(0));
        await DeliveredAsync(process, "first", [0]);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var spy = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(spy.QueueName, nameof(SampleHappened), "");

        await process.PromiseAsync(new SampleHappened(1, "a"));

        BasicGetResult? copy = null;
        await Poll.UntilAsync(
            async () => (copy = await channel.BasicGetAsync(spy.QueueName, autoAck: true)) is not null,
            () => Task.FromResult("no copy came"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(copy!.Body.Span).ReplaceLineEndings("").Replace(" ", ""), Is.EqualTo("""{"number":1,"subject":"a"}"""));
            Assert.That(Guid.TryParse(copy.BasicProperties.MessageId, out _), Is.True);
        }
    }

    [Test]
    public async Task A_message_whose_consumer_keeps_failing_goes_to_its_error_queue_and_the_others_go_on()
    {
        await ForgetAsync(FirstConsumer.Name + "_error");
        await using var process = await StartAsync((consumer, number, _) =>
            consumer == "first" && number == 1 ? throw new InvalidOperationException("Amina") : Task.CompletedTask);

        await process.PromiseAsync(new SampleHappened(1), new SampleHappened(2));

        await DeliveredAsync(process, "second", [1, 2]);
        await Poll.UntilAsync(
            async () => await broker.CountAsync(FirstConsumer.Name + "_error") == 1,
            () => Task.FromResult($"first had {string.Join(", ", process.Journal.Of("first"))}"));
        Assert.That(process.Journal.Of("first").Count(number => number == 1), Is.EqualTo(3), "once and two retries");

        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            FirstConsumer.Name + "_error", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        var failed = await channel.BasicGetAsync(FirstConsumer.Name + "_error", autoAck: true);
        var headers = string.Join('\n', failed!.BasicProperties.Headers!.Values.Select(value => value is byte[] text ? Encoding.UTF8.GetString(text) : $"{value}"));
        Assert.That(headers, Does.Contain("InvalidOperationException").And.Not.Contain("Amina"), "a failure's message may quote a person");
    }

    [Test]
    public async Task Nothing_is_lost_while_the_broker_is_away()
    {
        await using var process = await StartAsync();
        await process.PromiseAsync(new SampleHappened(1));
        await DeliveredAsync(process, "first", [1]);

        await broker.StopAsync();
        var numbers = Enumerable.Range(1, 300).ToArray();
        foreach (var number in numbers.Skip(1)) await process.PromiseAsync(new SampleHappened(number));
        Assert.That(await process.RowsAsync(), Has.Count.EqualTo(299), "what is promised waits in the outbox");
        await broker.StartAsync();

        await DeliveredAsync(process, "first", numbers);
        await DeliveredAsync(process, "second", numbers);
        await process.DrainedAsync();
    }

    [Test]
    public async Task A_process_starts_without_its_broker_and_delivers_when_it_comes()
    {
        await broker.StopAsync();
        await using var process = await StartAsync();
        await process.PromiseAsync(new SampleHappened(1));
        await broker.StartAsync();

        await DeliveredAsync(process, "first", [1]);
        await process.DrainedAsync();
    }

    [Test]
    public async Task A_process_without_the_worker_role_neither_publishes_nor_consumes()
    {
        await using var web = await MessagingHost.BuildAsync(roles: "Web", rabbitMq: broker.Address, realTime: true);
        await web.StartAsync();
        await web.PromiseAsync(new SampleHappened(1));
        await using var worker = await StartAsync(behaviour: null, folder: web.Folder);

        await DeliveredAsync(worker, "first", [1]);

        Assert.That(web.Journal.Of("first"), Is.Empty);
    }

    [Test]
    public async Task Two_workers_publish_disjointly()
    {
        await using var one = await MessagingHost.BuildAsync(rabbitMq: broker.Address, realTime: true);
        await using var two = await MessagingHost.BuildAsync(one.Folder, rabbitMq: broker.Address, realTime: true);
        var numbers = Enumerable.Range(1, 2000).ToArray();
        await one.PromiseAsync([.. numbers.Select(number => new SampleHappened(number))]);

        await Task.WhenAll(one.StartAsync(), two.StartAsync());

        await Poll.UntilAsync(
            () => Task.FromResult(one.Journal.Of("first").Count + two.Journal.Of("first").Count >= numbers.Length),
            () => Task.FromResult($"{one.Journal.Of("first").Count} + {two.Journal.Of("first").Count}"), Patience);
        await one.DrainedAsync();
        Assert.That(one.Journal.Of("first").Concat(two.Journal.Of("first")).Order(), Is.EqualTo(numbers));
    }

    [Test]
    public async Task What_was_promised_before_the_broker_came_is_delivered_too()
    {
        await using var before = await MessagingHost.BuildAsync();
        await before.PromiseAsync(new SampleHappened(1));
        Assert.That((await before.RowsAsync()).Select(row => row.Consumer), Is.EqualTo([FirstConsumer.Name, SecondConsumer.Name]));

        await using var process = await StartAsync(folder: before.Folder);

        await DeliveredAsync(process, "first", [1]);
        await DeliveredAsync(process, "second", [1]);
    }

    private async Task<MessagingHost> StartAsync(Func<string, int, CancellationToken, Task>? behaviour = null, string? folder = null)
    {
        var process = await MessagingHost.BuildAsync(folder, rabbitMq: broker.Address, realTime: true);
        if (behaviour is not null) process.Journal.Behaviour = behaviour;
        await process.StartAsync();
        return process;
    }

    private async Task ForgetAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
        await channel.ExchangeDeleteAsync(queue);
    }

    private static Task DeliveredAsync(MessagingHost process, string consumer, int[] numbers) => Poll.UntilAsync(
        () => Task.FromResult(!numbers.Except(process.Journal.Of(consumer)).Any()),
        () => Task.FromResult($"{consumer} lacks {numbers.Except(process.Journal.Of(consumer)).Count()} of {numbers.Length}"), Patience);
}
