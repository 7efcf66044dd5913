using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Commands;
using Training.App.Platform.Messaging;
using Training.Data.Outbox;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Tests.Platform.Messaging;

[Parallelizable(ParallelScope.All)]
public sealed class RelayRecoveryTests
{
    [Test]
    public async Task What_a_consumer_finished_just_before_a_crash_is_delivered_again()
    {
        await using var crashed = await MessagingHost.StartNewAsync(onSqlite: true);
        var copy = Directory.CreateTempSubdirectory("training-crash-").FullName;
        try
        {
            // Somebody else holds the database's only write lock, so the finished delivery cannot be removed; then the power fails.
            await crashed.PromiseAsync(new PieceReady(0));
            await crashed.DrainedAsync();
            var holder = await HoldWriteLockAsync(crashed, beforeLock: () => crashed.PromiseAsync(new PieceReady(1)));
            await Poll.UntilAsync(() => crashed.Journal.Finished.Contains(1), () => "the consumer has not finished");
            foreach (var file in Directory.EnumerateFiles(crashed.Folder, "training.db*")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            await holder.DisposeAsync();

            await using var restarted = await MessagingHost.BuildAsync(copy, onSqlite: true);
            await restarted.StartAsync();
            await restarted.DrainedAsync();

            Assert.That(restarted.Journal.Of("parallel"), Is.EqualTo([1]));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Test]
    public async Task A_stop_in_the_middle_of_a_delivery_leaves_it_for_the_next_start()
    {
        var reached = new TaskCompletionSource();
        await using var first = await MessagingHost.StartNewAsync(async (_, _, token) =>
        {
            reached.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
        });
        await first.PromiseAsync(new PieceReady(1));
        await reached.Task;
        await first.StopAsync();
        Assert.That((await first.RowsAsync()).Select(row => (row.State, row.Attempts)), Is.EqualTo([(DeliveryState.Pending, 0)]));

        await using var second = await MessagingHost.BuildAsync(first.Folder);
        await second.StartAsync();
        await second.DrainedAsync();

        Assert.That(second.Journal.Of("parallel"), Is.EqualTo([1]));
    }

    [Test]
    public async Task A_delivery_to_a_consumer_that_no_longer_exists_is_given_up_with_its_reason()
    {
        await using var process = await MessagingHost.BuildAsync();
        var (old, young) = (process.Time.GetUtcNow().AddHours(-1), process.Time.GetUtcNow());
        await process.InsertAsync(Row("Vanished.SampleHappened", nameof(SampleHappened), """{"number":1,"subject":"a"}""", old));
        await process.InsertAsync(Row("NotYetKnown.SampleHappened", nameof(SampleHappened), """{"number":2,"subject":"a"}""", young));

        await process.StartAsync();
        await Poll.UntilAsync(
            async () => await process.DeadLetters.CountAsync(CancellationToken.None) > 0, () => Task.FromResult("nothing was given up"));

        Assert.That(
            (await process.RowsAsync()).Select(row => (row.State, row.LastError)),
            Is.EqualTo([(DeliveryState.Dead, "UnknownConsumer"), (DeliveryState.Pending, (string?)null)]),
            "a newer version beside this one may be about to serve the young one");
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("""{"number":"x"}""")]
    public async Task A_message_that_cannot_be_read_is_given_up_with_its_reason_and_the_next_is_served(string body)
    {
        await using var process = await MessagingHost.BuildAsync();
        await process.InsertAsync(Row(FirstConsumer.Name, nameof(SampleHappened), body, process.Time.GetUtcNow()));
        await process.PromiseAsync(new SampleHappened(2));

        await process.StartAsync();
        await process.DrainedAsync();

        var dead = await process.DeadLetters.ListAsync(10, CancellationToken.None);
        Assert.That(dead.Select(letter => letter.Reason), Is.EqualTo(["UnreadableMessage"]));
        Assert.That(process.Journal.Of("first"), Is.EqualTo([2]));
    }

    [Test]
    public async Task What_was_promised_to_a_broker_is_delivered_when_the_broker_is_given_up()
    {
        await using var process = await MessagingHost.BuildAsync();
        await process.InsertAsync(Row(OutboxRow.Broker, nameof(SampleHappened), """{"number":1,"subject":"a"}""", process.Time.GetUtcNow()));

        await process.StartAsync();
        await process.DrainedAsync();

        Assert.That(process.Journal.Of("first").Concat(process.Journal.Of("second")), Is.EqualTo([1, 1]));
    }

    [Test]
    public async Task A_claim_keeps_rows_from_others_until_its_lease_has_lapsed()
    {
        await using var process = await MessagingHost.BuildAsync();
        await process.PromiseAsync([.. Enumerable.Range(1, 10).Select(number => new PieceReady(number))]);
        var now = process.Time.GetUtcNow();

        var one = await ClaimAsync(process, 6, now);
        var two = await ClaimAsync(process, 6, now);
        var none = await ClaimAsync(process, 6, now.AddSeconds(59));
        var again = await ClaimAsync(process, 20, now.AddSeconds(60));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one, Is.EqualTo([1L, 2, 3, 4, 5, 6]));
            Assert.That(two, Is.EqualTo([7L, 8, 9, 10]));
            Assert.That(none, Is.Empty);
            Assert.That(again, Has.Count.EqualTo(10));
        }
    }

    [Test]
    public async Task The_operator_lists_and_replays_what_was_given_up()
    {
        await using var process = await MessagingHost.BuildAsync();
        var row = Row(FirstConsumer.Name, nameof(SampleHappened), "{}", process.Time.GetUtcNow());
        row.State = DeliveryState.Dead;
        row.LastError = "TimeoutException";
        await process.InsertAsync(row);
        using var output = new StringWriter();

        await new OutboxDead(process.DeadLetters).RunAsync(new CommandArguments([], ["take"]), output, CancellationToken.None);
        Assert.That(output.ToString(), Does.Contain($"{FirstConsumer.Name}\tSampleHappened\t0 tries\tTimeoutException").And.Contain("1 in all"));

        var replay = new OutboxReplay(process.DeadLetters);
        Assert.That(() => replay.RunAsync(new CommandArguments(["77"], []), output, CancellationToken.None), Throws.TypeOf<CommandException>());
        Assert.That(() => replay.RunAsync(new CommandArguments(["x"], []), output, CancellationToken.None), Throws.TypeOf<CommandException>());
        await replay.RunAsync(new CommandArguments(["all"], []), output, CancellationToken.None);
        Assert.That((await process.RowsAsync()).Single().State, Is.EqualTo(DeliveryState.Pending));
    }

    [Test]
    public void Nothing_of_the_library_that_reports_usage_to_its_vendor_is_registered()
    {
        var services = new ServiceCollection();

        services.AddMessaging();

        Assert.That(
            services.Select(service => service.ServiceType.FullName!).Where(name => name.StartsWith("MassTransit", StringComparison.Ordinal)), Is.Empty);
    }

    private static OutboxRow Row(string consumer, string type, string body, DateTimeOffset at) => new()
    {
        EventId = Guid.NewGuid(),
        Consumer = consumer,
        Type = type,
        Body = body,
        CreatedAt = at,
        DueAt = at,
    };

    private static async Task<List<long>> ClaimAsync(MessagingHost process, int take, DateTimeOffset now)
    {
        var claimed = await process.Get<IWriteGate>().WriteAsync<List<long>>(
            AccessScope.None,
            async (session, token) => (Result<List<long>>)(await process.Get<IDatabaseProvider>().ClaimDeliveriesAsync(
                session.Db, "ParallelConsumer.PieceReady", take, now, now.AddMinutes(1), token)).Select(row => row.Id).Order().ToList(),
            CancellationToken.None);
        return claimed.Value;
    }

    /// <summary>Takes the write lock as soon as it is free after the change.</summary>
    private static async Task<SqliteConnection> HoldWriteLockAsync(MessagingHost process, Func<Task> beforeLock)
    {
        // The consumer waits for the lock, so that its delivery cannot be removed before it is held.
        var locked = new TaskCompletionSource();
        process.Journal.Behaviour = (_, _, _) => locked.Task;
        await beforeLock();
        var holder = new SqliteConnection($"Data Source={Path.Combine(process.Folder, "training.db")};Pooling=False");
        await holder.OpenAsync();
        await using var begin = holder.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        locked.SetResult();
        return holder;
    }
}
