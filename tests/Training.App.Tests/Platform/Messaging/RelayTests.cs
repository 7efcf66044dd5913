using Training.Data.Outbox;

namespace Training.App.Tests.Platform.Messaging;

[Parallelizable(ParallelScope.All)]
public sealed class RelayTests
{
    [Test]
    public async Task Every_consumer_of_an_event_gets_it_once_as_the_system()
    {
        await using var process = await MessagingHost.StartNewAsync();

        await process.PromiseAsync(new SampleHappened(1), new SampleHappened(2));
        await process.DrainedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.Journal.Of("first"), Is.EqualTo([1, 2]));
            Assert.That(process.Journal.Of("second"), Is.EqualTo([1, 2]));
            Assert.That(process.Journal.Callers, Is.EqualTo(["system"]));
            Assert.That(await process.RowsAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task A_delivery_stays_in_the_outbox_until_its_consumer_has_finished()
    {
        var finish = new TaskCompletionSource();
        await using var process = await MessagingHost.StartNewAsync((consumer, _, _) => consumer == "first" ? finish.Task : Task.CompletedTask);

        await process.PromiseAsync(new SampleHappened(1));
        await Poll.UntilAsync(
            async () => process.Journal.Of("first").Count == 1 && (await process.RowsAsync()).Count == 1,
            async () => $"{(await process.RowsAsync()).Count} rows");
        Assert.That((await process.RowsAsync()).Select(row => row.Consumer), Is.EqualTo([FirstConsumer.Name]));

        finish.SetResult();
        await process.DrainedAsync();
        Assert.That(process.Journal.Of("first"), Is.EqualTo([1]));
    }

    [Test]
    public async Task A_failing_consumer_is_tried_again_ever_later_and_given_up_in_the_end_while_the_others_go_on()
    {
        await using var process = await MessagingHost.StartNewAsync(FailAsync);

        await process.PromiseAsync(new SampleHappened(1));
        foreach (var (tries, pause) in new[] { (1, 1), (2, 4), (3, 16), (4, 64), (5, 256), (6, 600), (7, 600) })
        {
            await AttemptsAsync(process, tries);
            var row = (await process.RowsAsync()).Single();
            Assert.That(row.DueAt - process.Time.GetUtcNow(), Is.EqualTo(TimeSpan.FromSeconds(pause)).Within(TimeSpan.FromMilliseconds(1)));
            process.Pass(TimeSpan.FromSeconds(pause));
        }
        await AttemptsAsync(process, 8);

        var dead = await process.DeadLetters.ListAsync(10, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.Journal.Of("first"), Has.Count.EqualTo(8));
            Assert.That(process.Journal.Of("second"), Is.EqualTo([1]));
            Assert.That(dead.Select(letter => (letter.Consumer, letter.Attempts, letter.Reason)),
                Is.EqualTo([(FirstConsumer.Name, 8, "InvalidOperationException")]), "the message may quote a person, the type cannot");
        }

        static Task FailAsync(string consumer, int number, CancellationToken token) =>
            consumer == "first" ? throw new InvalidOperationException("Amina") : Task.CompletedTask;
    }

    [Test]
    public async Task What_was_given_up_can_be_replayed()
    {
        var broken = true;
        await using var process = await MessagingHost.StartNewAsync(
            (consumer, _, _) => consumer == "first" && broken ? throw new InvalidOperationException() : Task.CompletedTask);
        await process.PromiseAsync(new SampleHappened(1));
        for (var tries = 1; tries <= 8; tries++)
        {
            await AttemptsAsync(process, tries);
            process.Pass(TimeSpan.FromMinutes(10));
        }

        broken = false;
        Assert.That(await process.DeadLetters.CountAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await process.DeadLetters.ReplayAsync(id: null, CancellationToken.None), Is.EqualTo(1));
        await process.DrainedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.Journal.Of("first"), Has.Count.EqualTo(9));
            Assert.That(await process.RowsAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task A_poisonous_event_does_not_hold_up_those_behind_it()
    {
        await using var process = await MessagingHost.StartNewAsync(
            (_, number, _) => number == 1 ? throw new InvalidOperationException() : Task.CompletedTask);

        await process.PromiseAsync(new SampleHappened(1), new SampleHappened(2), new SampleHappened(3));
        await Poll.UntilAsync(
            async () => (await process.RowsAsync()).Count == 2, async () => $"{(await process.RowsAsync()).Count} rows");

        Assert.That(process.Journal.Of("first"), Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public async Task Deliveries_that_ask_for_the_same_work_are_served_by_the_last_of_them()
    {
        await using var process = await MessagingHost.BuildAsync();
        await process.PromiseAsync(
            new SubjectTouched(1, "a"), new SubjectTouched(2, "a"), new SubjectTouched(3, "b"), new SubjectTouched(4, "a"));

        await process.StartAsync();
        await process.DrainedAsync();

        Assert.That(process.Journal.Of("recomputing"), Is.EqualTo([3, 4]));
    }

    [Test]
    public async Task Deliveries_served_together_fail_together()
    {
        await using var process = await MessagingHost.BuildAsync();
        process.Journal.Behaviour = (_, _, _) => throw new InvalidOperationException();
        await process.PromiseAsync(new SubjectTouched(1, "a"), new SubjectTouched(2, "a"));

        await process.StartAsync();
        await AttemptsAsync(process, 1);

        Assert.That((await process.RowsAsync()).Select(row => row.Attempts), Is.EqualTo([1, 1]));
    }

    [Test]
    public async Task A_consumer_that_needs_no_order_gets_several_at_once()
    {
        using var together = new CountdownEvent(4);
        var all = new TaskCompletionSource();
        await using var process = await MessagingHost.BuildAsync();
        process.Journal.Behaviour = (_, _, _) =>
        {
            if (together.Signal()) all.SetResult();
            return all.Task;
        };
        await process.PromiseAsync([.. Enumerable.Range(1, 4).Select(number => new PieceReady(number))]);

        await process.StartAsync();
        await process.DrainedAsync();

        Assert.That(process.Journal.Of("parallel"), Is.EquivalentTo([1, 2, 3, 4]));
    }

    [Test]
    public async Task A_consumer_gets_its_deliveries_in_order()
    {
        await using var process = await MessagingHost.BuildAsync();
        var numbers = Enumerable.Range(1, 300).ToArray();
        foreach (var number in numbers) await process.PromiseAsync(new SampleHappened(number));

        await process.StartAsync();
        await process.DrainedAsync();

        Assert.That(process.Journal.Of("first"), Is.EqualTo(numbers));
    }

    [Test]
    public async Task A_process_without_the_worker_role_delivers_nothing()
    {
        await using var web = await MessagingHost.BuildAsync(roles: "Web");
        await web.StartAsync();
        await web.PromiseAsync(new SampleHappened(1));

        await using var worker = await MessagingHost.BuildAsync(web.Folder, roles: "Worker");
        await worker.StartAsync();
        await worker.DrainedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(web.Journal.Of("first"), Is.Empty);
            Assert.That(worker.Journal.Of("first"), Is.EqualTo([1]));
        }
    }

    private static Task AttemptsAsync(MessagingHost process, int tries) => Poll.UntilAsync(
        async () => await process.RowsAsync() is [var row, ..] rows && row.Attempts == tries && rows.TrueForAll(r => r.Attempts == tries || r.State == DeliveryState.Dead),
        async () => $"attempts: {string.Join(", ", (await process.RowsAsync()).Select(row => row.Attempts))}");
}
