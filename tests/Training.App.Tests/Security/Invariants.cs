using Microsoft.Data.Sqlite;

namespace Training.App.Tests.Security;

/// <summary>What must hold in every database at any time, asked of the tables themselves.</summary>
internal static class Invariants
{
    /// <summary>Each counts what must not be; the engine's own checks come first.</summary>
    private static readonly (string Says, string Sql)[] Rules =
    [
        ("pages and indexes are sound", "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        ("every reference leads somewhere", "SELECT COUNT(*) FROM pragma_foreign_key_check"),
        ("a child has at most one live place in an edition", "SELECT COUNT(*) FROM (SELECT 1 FROM Enrollments WHERE Slot = 0 GROUP BY ParticipantId, EditionId HAVING COUNT(*) > 1)"),
        ("an ended place is told apart by its key", "SELECT COUNT(*) FROM Enrollments WHERE Slot <> 0 AND Slot <> Id"),
        ("a live place has not ended", "SELECT COUNT(*) FROM Enrollments WHERE (Slot = 0) <> (EndedAt IS NULL)"),
        ("a group counts its places right",
            "SELECT COUNT(*) FROM Groups g WHERE g.Taken <> (SELECT COUNT(*) FROM Enrollments e WHERE e.GroupId = g.Id AND e.Slot = 0 AND (e.Status IN (1, 2) OR (e.Status = 3 AND e.OfferExpiresAt IS NOT NULL)))"),
        ("a place lies in its group's site and edition", "SELECT COUNT(*) FROM Enrollments e JOIN Groups g ON g.Id = e.GroupId WHERE g.SiteId <> e.SiteId OR g.EditionId <> e.EditionId"),
        ("every child has a guardian", "SELECT COUNT(*) FROM Participants p WHERE p.MergedIntoId IS NULL AND NOT EXISTS (SELECT 1 FROM Guardianships t WHERE t.ParticipantId = p.Id) AND NOT EXISTS (SELECT 1 FROM NamelessFiles n WHERE n.ParticipantId = p.Id)"),
        ("every guardian has a child", "SELECT COUNT(*) FROM Guardians g WHERE NOT EXISTS (SELECT 1 FROM Guardianships t WHERE t.GuardianId = g.Id) AND NOT EXISTS (SELECT 1 FROM Consents c WHERE c.GuardianId = g.Id)"),
        ("a mark stands in a session of its edition",
            "SELECT COUNT(*) FROM AttendanceMarks m JOIN Sessions s ON s.Id = m.SessionId JOIN Enrollments e ON e.Id = m.EnrollmentId WHERE s.EditionId <> e.EditionId"),
        ("a certificate is its child's", "SELECT COUNT(*) FROM Certificates c JOIN Enrollments e ON e.Id = c.EnrollmentId WHERE c.ParticipantId <> e.ParticipantId"),
        ("a merged file leads to one that lives", "SELECT COUNT(*) FROM Participants p JOIN Participants into_ ON into_.Id = p.MergedIntoId WHERE into_.MergedIntoId IS NOT NULL"),
        ("a name has letters", "SELECT COUNT(*) FROM Participants WHERE GivenName IS NULL AND GivenNameAr IS NULL"),
        ("no event was given up", "SELECT COUNT(*) FROM Outbox WHERE State = 1"),
    ];

    /// <summary>What does not hold, with how often.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        var broken = new List<string>();
        foreach (var (says, sql) in Rules)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (await command.ExecuteScalarAsync() is long and > 0 and var count) broken.Add($"{says}: not so {count} times");
        }
        return broken;
    }
}
