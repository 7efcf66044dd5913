using Microsoft.EntityFrameworkCore;
using Training.Data.Outbox;

namespace Training.Data.Providers;

/// <summary>What differs between the databases. Chosen once, at start.</summary>
public interface IDatabaseProvider
{
    /// <summary>Name in the configuration: <c>Sqlite</c> or <c>SqlServer</c>.</summary>
    string Name { get; }

    /// <summary>Points a context at the database.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>Brings the schema up to date.</summary>
    Task MigrateAsync(TrainingDbContext db, CancellationToken cancellationToken);

    /// <summary>Looks whether the database is whole, as far as the application can tell; a server looks after itself.</summary>
    Task<bool> IsSoundAsync(TrainingDbContext db, CancellationToken cancellationToken);

    /// <summary>What an operator must know of how the database is set up, as one sentence; null when there is nothing to say.</summary>
    Task<string?> WarningAsync(TrainingDbContext db, CancellationToken cancellationToken);

    /// <summary>The table whose unique index or key refused a row; null when the failure was another one.</summary>
    string? UniqueViolation(Exception exception);

    /// <summary>Makes the changes that touch one key wait for each other until their transactions end.</summary>
    /// <param name="db">The change's context.</param>
    /// <param name="key">The key, for instance of a birth date.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task SerializeAsync(TrainingDbContext db, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a change run beside others that share the key, and not beside one that holds it by <see cref="SerializeAsync"/>. A change
    /// that needs both a shared key and one of its own takes the shared one first.
    /// </summary>
    /// <param name="db">The change's context.</param>
    /// <param name="key">The key, for instance of all children.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task ShareAsync(TrainingDbContext db, string key, CancellationToken cancellationToken);

    /// <summary>True when several worker processes may use one database, so that what one has claimed must be kept from the others.</summary>
    bool SharedByWorkers { get; }

    /// <summary>
    /// Takes due deliveries of one consumer, oldest first, by pushing their due time to the end of a lease: nobody else gets them
    /// before that, and when the one who took them dies they are due again by themselves.
    /// </summary>
    /// <param name="db">The change's context.</param>
    /// <param name="consumer">The consumer, or <see cref="OutboxRow.Broker"/>.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="now">What is due by now.</param>
    /// <param name="leaseEnd">When the claim lapses.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<OutboxRow>> ClaimDeliveriesAsync(
        TrainingDbContext db, string consumer, int take, DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken);
}
