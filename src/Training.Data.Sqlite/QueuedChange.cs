using System.Globalization;
using Training.Data.Audit;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.Data.Sqlite;

/// <summary>A change that waits for the writer, and what becomes of it.</summary>
internal abstract record QueuedChange(bool IsBulk, bool IsHurried)
{
    /// <summary>True when the last run promised events.</summary>
    public bool Promised { get; protected set; }

    /// <summary>True when the last run was refused or has thrown.</summary>
    public bool Failed { get; protected set; }

    /// <summary>What the last run has thrown; null when nothing.</summary>
    public Exception? Thrown { get; protected set; }

    /// <summary>True when the last run was refused before it wrote a row, so that there is nothing to undo.</summary>
    public bool LeftNothing { get; protected set; }

    /// <summary>Runs the change in the writer's transaction.</summary>
    public abstract Task RunAsync(SqliteWriter writer);

    /// <summary>Runs the change again, behind a savepoint to which a failure goes back.</summary>
    public async Task RunApartAsync(SqliteWriter writer)
    {
        writer.Sql.Execute("SAVEPOINT change");
        await RunAsync(writer);
        if (Failed)
        {
            writer.Sql.Execute("ROLLBACK TO change");
            writer.Undone();
        }
        writer.Sql.Execute("RELEASE change");
    }

    /// <summary>Tells the caller the outcome, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the change could not be made durable.</summary>
    public abstract void Break(Exception exception);
}

/// <summary>A change with its outcome.</summary>
/// <typeparam name="T">What the change gives.</typeparam>
/// <param name="Scope">Which rows it may see.</param>
/// <param name="Work">The change; it may be run more than once.</param>
/// <param name="IsBulk">True when it takes a transaction of its own.</param>
/// <param name="IsHurried">True when a person may be waiting for it.</param>
internal sealed record QueuedChange<T>(AccessScope Scope, Func<WriteSession, CancellationToken, Task<Result<T>>> Work, bool IsBulk, bool IsHurried)
    : QueuedChange(IsBulk, IsHurried)
{
    // The writer is a thread of its own: a refusal's sentence is to be in the language of who asked.
    private readonly (CultureInfo Formats, CultureInfo Language) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly TaskCompletionSource<Result<T>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Result<T> result;

    public Task<Result<T>> Outcome => outcome.Task;

    public override async Task RunAsync(SqliteWriter writer)
    {
        var session = writer.Session;
        session.Events.Begin();
        session.Db.Scope = Scope;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        Thrown = null;
        var before = writer.RowsChanged;
        try
        {
            result = await Work(session, CancellationToken.None);
            Failed = !result.Succeeded;
            if (!Failed && writer.RowsChanged != before) AuditTrail.Note(session, Scope, Work, writer.Now);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException) // Belongs to its caller, not to the group.
        {
            Thrown = thrown;
            Failed = true;
        }
        session.Db.ChangeTracker.Clear();
        Promised = !Failed && session.Events.Any;
        LeftNothing = Failed && Thrown is null && writer.RowsChanged == before;
    }

    public override void Complete()
    {
        if (Thrown is null) outcome.SetResult(result);
        else outcome.SetException(StorageFaults.Told(Thrown));
    }

    public override void Break(Exception exception) => outcome.TrySetException(StorageFaults.Told(Thrown ?? exception));
}
