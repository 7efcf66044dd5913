using Training.Data.Outbox;

namespace Training.App.Platform.Messaging;

/// <summary>What came of deliveries and is not written down yet. Safe to use from several threads.</summary>
internal sealed class Settlement(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<long> finished = [];
    private readonly List<FailedDelivery> failed = [];

    /// <summary>True when there is nothing to write down.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate) return finished.Count == 0 && failed.Count == 0;
        }
    }

    /// <summary>The consumer has finished these.</summary>
    public void Finish(IEnumerable<OutboxRow> rows)
    {
        lock (gate) finished.AddRange(rows.Select(row => row.Id));
    }

    /// <summary>A try has failed: again later, or never.</summary>
    /// <returns>True when the deliveries are given up.</returns>
    public bool Fail(IReadOnlyCollection<OutboxRow> rows, string error)
    {
        var tries = rows.Max(row => row.Attempts) + 1;
        var pause = RetrySchedule.After(tries);
        Add(rows, tries, time.GetUtcNow() + (pause ?? TimeSpan.Zero), dead: pause is null, error);
        return pause is null;
    }

    /// <summary>Trying would be of no use.</summary>
    public void Bury(IReadOnlyCollection<OutboxRow> rows, string reason) =>
        Add(rows, rows.Max(row => row.Attempts), time.GetUtcNow(), dead: true, reason);

    /// <summary>Gives rows back untouched.</summary>
    public void HandBack(IReadOnlyCollection<OutboxRow> rows, TimeSpan pause)
    {
        foreach (var group in rows.GroupBy(row => (row.Attempts, row.LastError)))
            Add([.. group], group.Key.Attempts, time.GetUtcNow() + pause, dead: false, group.Key.LastError);
    }

    /// <summary>Takes everything noted so far.</summary>
    public (long[] Finished, FailedDelivery[] Failed) TakeAll()
    {
        lock (gate)
        {
            var all = (finished.ToArray(), failed.ToArray());
            finished.Clear();
            failed.Clear();
            return all;
        }
    }

    private void Add(IReadOnlyCollection<OutboxRow> rows, int attempts, DateTimeOffset dueAt, bool dead, string? error)
    {
        if (rows.Count == 0) return;
        lock (gate) failed.Add(new FailedDelivery([.. rows.Select(row => row.Id)], attempts, dueAt, dead, error));
    }
}

/// <summary>Deliveries that stay in the outbox, with their new standing.</summary>
internal sealed record FailedDelivery(long[] Ids, int Attempts, DateTimeOffset DueAt, bool Dead, string? Error);
