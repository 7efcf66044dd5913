using Microsoft.EntityFrameworkCore;

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

    /// <summary>The table whose unique index or key refused a row; null when the failure was another one.</summary>
    string? UniqueViolation(Exception exception);

    /// <summary>Makes the changes that touch one key wait for each other until their transactions end.</summary>
    /// <param name="db">The change's context.</param>
    /// <param name="key">The key, for instance of a birth date.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task SerializeAsync(TrainingDbContext db, string key, CancellationToken cancellationToken);
}
