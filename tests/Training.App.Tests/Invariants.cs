using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Training.Data;

namespace Training.App.Tests;

/// <summary>
/// What must hold in every database at any time, asked of the tables themselves behind the application's back: for whoever has done
/// something to one (generated requests, killed processes, merges).
/// </summary>
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
        ("a place lies in its site's region", "SELECT COUNT(*) FROM Enrollments e JOIN Sites s ON s.Id = e.SiteId WHERE s.RegionId <> e.RegionId"),
        ("every child has a place", "SELECT COUNT(*) FROM Participants p WHERE p.MergedIntoId IS NULL AND NOT EXISTS (SELECT 1 FROM Enrollments e WHERE e.ParticipantId = p.Id)"),
        ("every child has a guardian", "SELECT COUNT(*) FROM Participants p WHERE p.MergedIntoId IS NULL AND NOT EXISTS (SELECT 1 FROM Guardianships t WHERE t.ParticipantId = p.Id) AND NOT EXISTS (SELECT 1 FROM NamelessFiles n WHERE n.ParticipantId = p.Id)"),
        ("a child's guardians are in one order", "SELECT COUNT(*) FROM (SELECT 1 FROM Guardianships GROUP BY ParticipantId, Position HAVING COUNT(*) > 1)"),
        ("every guardian has a child", "SELECT COUNT(*) FROM Guardians g WHERE NOT EXISTS (SELECT 1 FROM Guardianships t WHERE t.GuardianId = g.Id) AND NOT EXISTS (SELECT 1 FROM Consents c WHERE c.GuardianId = g.Id)"),
        ("who only looks is a guardian of the child", "SELECT COUNT(*) FROM ViewOnlyGuardians v WHERE NOT EXISTS (SELECT 1 FROM Guardianships t WHERE t.ParticipantId = v.ParticipantId AND t.GuardianId = v.GuardianId)"),
        ("a mark stands in a session of its edition",
            "SELECT COUNT(*) FROM AttendanceMarks m JOIN Sessions s ON s.Id = m.SessionId JOIN Enrollments e ON e.Id = m.EnrollmentId WHERE s.EditionId <> e.EditionId"),
        ("every mark is found from its enrollment",
            "SELECT COUNT(*) FROM AttendanceMarks m JOIN Sessions s ON s.Id = m.SessionId WHERE NOT EXISTS (SELECT 1 FROM MarkedGroups g WHERE g.GroupId = s.GroupId AND g.EnrollmentId = m.EnrollmentId)"),
        ("a certificate is its child's", "SELECT COUNT(*) FROM Certificates c JOIN Enrollments e ON e.Id = c.EnrollmentId WHERE c.ParticipantId <> e.ParticipantId"),
        ("an issued certificate has its document", "SELECT COUNT(*) FROM Certificates WHERE Status = 2 AND FileHash IS NULL AND ErasedAt IS NULL"),
        ("a merged file leads to one that lives", "SELECT COUNT(*) FROM Participants p JOIN Participants into_ ON into_.Id = p.MergedIntoId WHERE into_.MergedIntoId IS NOT NULL"),
        ("a merged file has nothing of its own", "SELECT COUNT(*) FROM Participants p WHERE p.MergedIntoId IS NOT NULL AND EXISTS (SELECT 1 FROM Enrollments e WHERE e.ParticipantId = p.Id AND e.Slot = 0)"),
        ("a name has letters", "SELECT COUNT(*) FROM Participants WHERE GivenName IS NULL AND GivenNameAr IS NULL"),
        ("nobody is born in a year to come or long ago", "SELECT COUNT(*) FROM Participants WHERE BirthDate > date('now', '+1 year') OR BirthDate < '1900'"),
        ("a phone is written one way", "SELECT COUNT(*) FROM Guardians WHERE Phone IS NOT NULL AND Phone NOT GLOB '+[0-9]*'"),
        ("no two files have the same official code",
            "SELECT COUNT(*) FROM (SELECT 1 FROM Participants WHERE MassarCode IS NOT NULL AND MergedIntoId IS NULL GROUP BY MassarCode HAVING COUNT(*) > 1)"),
        ("no event was given up", "SELECT COUNT(*) FROM Outbox WHERE State = 1"),
    ];

    /// <summary>Columns that name a row of a table although no foreign key says so, by the word before "Id".</summary>
    private static readonly Dictionary<string, string> Leads = new()
    {
        ["Account"] = "Accounts", ["Certificate"] = "Certificates", ["Edition"] = "Editions", ["Enrollment"] = "Enrollments", ["Follows"] = "Editions", ["FromGroup"] = "Groups",
        ["FromRegion"] = "Regions", ["FromSite"] = "Sites", ["Group"] = "Groups", ["Guardian"] = "Guardians", ["High"] = "Participants", ["HostSite"] = "Sites", ["Import"] = "Imports",
        ["League"] = "Leagues", ["Link"] = "PersonalLinks", ["Low"] = "Participants", ["Module"] = "CurriculumModules", ["Move"] = "HoursMoves", ["Participant"] = "Participants",
        ["Province"] = "Provinces", ["Region"] = "Regions", ["Request"] = "RightsRequests", ["Retired"] = "Participants", ["Session"] = "Sessions", ["Site"] = "Sites", ["Squad"] = "Squads", ["Survivor"] = "Participants",
        ["ToGroup"] = "Groups", ["ToRegion"] = "Regions", ["ToSite"] = "Sites", ["Tournament"] = "Tournaments", ["Webhook"] = "Webhooks", ["Schedule"] = "Schedules",
    };

    /// <summary>Columns that may lead nowhere, or whose table another column names.</summary>
    private static readonly Dictionary<string, string?> Exceptions = new()
    {
        ["Enrollments.MergedIntoId"] = "Enrollments", ["Participants.MergedIntoId"] = "Participants", ["ReportOrders.ScheduleId"] = null, ["ReportSchedules.PendingOrderId"] = "ReportOrders", ["RoleGrants.GroupSiteId"] = "Sites",
        // What was done and asked stays when the child's file is gone; what it was about is known by kind.
        ["FileReadings.ParticipantId"] = null, ["RightsRequests.ParticipantId"] = null, ["Notices.SubjectId"] = null, ["WebhookDeliveries.SubjectId"] = null, ["MergeMoves.RowId"] = null,
    };

    /// <summary>What does not hold, with how often.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        var broken = new List<string>();
        foreach (var (says, sql) in Rules.Concat(References()))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (await command.ExecuteScalarAsync() is long and > 0 and var count) broken.Add($"{says}: not so {count} times");
        }
        return broken;
    }

    /// <summary>Every column of the model that is called after a row elsewhere. One whose word is new must be named above.</summary>
    public static IEnumerable<(string Says, string Sql)> References()
    {
        using var db = new TrainingDbContext(new DbContextOptionsBuilder<TrainingDbContext>().UseSqlite("Data Source=:memory:").Options);
        foreach (var type in db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null))
        {
            foreach (var property in type.GetProperties().Where(property => property.Name.Length > 2 && property.Name.EndsWith("Id", StringComparison.Ordinal) && !property.IsForeignKey()))
            {
                if (property.ClrType != typeof(int) && property.ClrType != typeof(int?)) continue;
                var (table, column) = (type.GetTableName()!, property.GetColumnName());
                var target = Exceptions.TryGetValue($"{table}.{column}", out var special) ? special
                    : Leads.GetValueOrDefault(property.Name[..^2]) ?? throw new InvalidOperationException($"Say in {nameof(Invariants)} where {table}.{column} leads.");
                if (target is null) continue;
                yield return ($"{table}.{column} leads to {target}",
                    $"SELECT COUNT(*) FROM \"{table}\" t WHERE t.\"{column}\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"{target}\" r WHERE r.Id = t.\"{column}\")");
            }
        }
    }
}
