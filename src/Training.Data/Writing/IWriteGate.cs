using Training.Data.Registry;
using Training.Data.Scope;
using Training.Domain.Common;

namespace Training.Data.Writing;

/// <summary>
/// The one way to change data. The work runs in a transaction of its own (or a savepoint of a shared one); a refusal or an
/// exception leaves nothing behind, and the task ends only when the change is durable.
/// </summary>
public interface IWriteGate
{
    /// <summary>Runs a change.</summary>
    /// <param name="scope">Which rows the change may see.</param>
    /// <param name="work">
    /// The change. It must do database work only (no network, no files, no rendering) and may be run again after a transient
    /// fault, so it must not change anything outside the session.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; a change that has begun is finished.</param>
    /// <exception cref="GateBusyException">More changes wait than can be served soon.</exception>
    /// <exception cref="StorageAwayException">The database cannot be written now.</exception>
    Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>Runs a change that no person waits for. It keeps its place in the queue, but bulk work does not end its transaction for it.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    Task<Result<T>> WriteUnhurriedAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        WriteAsync(scope, work, cancellationToken);

    /// <summary>Runs bulk work in a transaction of its own, between other people's changes.</summary>
    Task<Result<T>> WriteBulkAsync<T>(Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken);

    /// <summary>How many changes wait now.</summary>
    int Waiting { get; }

    /// <summary>True when somebody may be waiting for bulk work that is under way; it then ends its transaction soon.</summary>
    bool IsWanted => Waiting > 0;
}

/// <summary>What a change works with. Valid only while the change runs.</summary>
/// <param name="Db">The context, on the change's transaction; tracked entities need one visible <c>SaveChangesAsync</c>.</param>
/// <param name="Rows">Plain inserts derived from the same mapping, for the hot paths.</param>
/// <param name="Sql">Plain statements on the same transaction, kept prepared where the provider can.</param>
/// <param name="Events">Promises events in the same transaction.</param>
/// <param name="Birthdays">What the provider's one writer remembers of names; null where several write beside each other.</param>
public sealed record WriteSession(TrainingDbContext Db, IRowWriter Rows, IStatements Sql, EventWriter Events, BirthdayBook? Birthdays = null);

/// <summary>More changes wait than can be served soon; the door answers 503 with Retry-After.</summary>
public sealed class GateBusyException() : Exception("Too many changes are waiting.");

/// <summary>The database cannot be written now (locked, full, out of reach); nothing was changed. The door answers 503 with Retry-After.</summary>
/// <param name="cause">What the driver said.</param>
public sealed class StorageAwayException(Exception cause) : Exception("The database cannot be written now.", cause);

/// <summary>Plain inserts of mapped entities whose keys are already known, without change tracking.</summary>
public interface IRowWriter
{
    /// <summary>Inserts one row.</summary>
    void Insert<TEntity>(TEntity row)
        where TEntity : class;

    /// <summary>Inserts many rows of one table.</summary>
    Task InsertAllAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken cancellationToken)
        where TEntity : class;
}
