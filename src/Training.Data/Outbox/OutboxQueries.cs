using Microsoft.EntityFrameworkCore;

namespace Training.Data.Outbox;

/// <summary>Questions about the outbox that LINQ cannot ask.</summary>
public static class OutboxQueries
{
    /// <summary>Which of the consumers have a delivery that is due.</summary>
    /// <param name="db">The context.</param>
    /// <param name="consumers">The consumers asked about, at least one.</param>
    /// <param name="now">What is due by now.</param>
    public static IQueryable<string> Ready(TrainingDbContext db, IReadOnlyCollection<string> consumers, DateTimeOffset now)
    {
        // One round trip of index seeks, because it runs after every commit.
        var names = string.Join(" UNION ALL ", consumers.Select((_, i) => $"SELECT {{{i + 1}}} AS \"Name\""));
        var sql = $"SELECT c.\"Name\" AS \"Value\" FROM ({names}) AS c WHERE EXISTS (SELECT 1 FROM \"Outbox\" AS o "
            + "WHERE o.\"State\" = 0 AND o.\"Consumer\" = c.\"Name\" AND o.\"DueAt\" <= {0})";
        return db.Database.SqlQueryRaw<string>(sql, [now.UtcDateTime, .. consumers]);
    }
}
