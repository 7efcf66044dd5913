using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Faults;

/// <summary>Reads the database behind the application's back and says whether all is there, once.</summary>
internal sealed class Ledger(string storage)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What must hold of a season beside what holds of every database: nothing twice, nothing half.</summary>
    private static readonly (string What, string Sql)[] Never =
    [
        ("children whose name, birth date and phone came twice", "SELECT COUNT(*) FROM (SELECT 1 FROM Participants p JOIN Guardianships s ON s.ParticipantId = p.Id JOIN Guardians g ON g.Id = s.GuardianId GROUP BY p.GivenName, p.FamilyName, p.BirthDate, g.Phone HAVING COUNT(*) > 1)"),
        ("enrollments whose beginning was not kept", "SELECT COUNT(*) FROM Enrollments e WHERE e.ImportId IS NULL AND (SELECT COUNT(*) FROM EnrollmentChanges c WHERE c.EnrollmentId = e.Id AND c.Version = 1) <> 1"),
        ("sessions closed twice", "SELECT COUNT(*) FROM (SELECT 1 FROM SessionChanges WHERE Kind = 1 GROUP BY SessionId HAVING COUNT(*) > 1)"),
        ("certificates issued twice", "SELECT COUNT(*) FROM (SELECT 1 FROM Certificates GROUP BY EnrollmentId, Kind HAVING COUNT(*) > 1)"),
        ("certificate numbers given twice", "SELECT COUNT(*) FROM (SELECT 1 FROM Certificates GROUP BY Number HAVING COUNT(*) > 1)"),
        ("families told twice of one thing", "SELECT COUNT(*) FROM (SELECT 1 FROM Notices GROUP BY Kind, SubjectId, SubjectVersion, ParticipantId HAVING COUNT(*) > 1)"),
        ("certificates of which a family is told twice", "SELECT COUNT(*) FROM (SELECT 1 FROM Notices WHERE Kind = 3 GROUP BY SubjectId HAVING COUNT(*) > 1)"),
    ];

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a count is what it must be.</summary>
    public async Task BecomesAsync(string what, string sql, long expected)
    {
        long seen = 0;
        await Poll.UntilAsync(async () => (seen = await CountAsync(sql)) == expected, () => Task.FromResult($"{what}: {seen} of {expected}"), Patience);
    }

    /// <summary>Everything of a season is there, once: children, sessions, marks, certificates, what families are told, figures.</summary>
    /// <param name="season">What was acknowledged.</param>
    /// <param name="told">False where messages were purged on purpose: nobody promises a notice again.</param>
    public async Task HasAsync(Season season, bool told = true)
    {
        var children = season.Clubs * Season.Children;
        await BecomesAsync("deliveries that wait", "SELECT COUNT(*) FROM Outbox WHERE State = 0", 0);
        await BecomesAsync("certificates issued", "SELECT COUNT(*) FROM Certificates WHERE Status = 2", children);
        Assert.That(await CountAsync("SELECT COUNT(*) FROM Participants"), Is.EqualTo(children + season.Listed), "children");
        Assert.That(await CountAsync("SELECT COUNT(*) FROM Sessions"), Is.EqualTo(season.Clubs * Season.Sessions), "sessions");
        Assert.That(await CountAsync("SELECT COUNT(*) FROM AttendanceMarks"), Is.EqualTo(children * Season.Sessions), "marks");
        await HoldsAsync();
        if (told) await BecomesAsync("certificates of which families are told", "SELECT COUNT(*) FROM Notices WHERE Kind = 3", children);
        await BecomesAsync("marks in the figures", "SELECT COALESCE(SUM(Present), 0) FROM SiteCells", children * Season.Sessions);
        await BecomesAsync("children in the figures", "SELECT COALESCE(SUM(Active), 0) FROM SiteEnrollmentCells", children + season.Listed);
        await BecomesAsync("certificates in the figures", "SELECT COALESCE(SUM(Certificates), 0) FROM SiteEnrollmentCells", children);
    }

    /// <summary>What must never be, is not.</summary>
    public async Task HoldsAsync()
    {
        foreach (var (what, sql) in Never) Assert.That(await CountAsync(sql), Is.Zero, what);
        Assert.That(await Invariants.BrokenAsync(Path.Combine(storage, "training.db")), Is.Empty);
        foreach (var hash in await TextsAsync("SELECT FileHash FROM Certificates WHERE Status = 2"))
        {
            var bytes = await StoredFiles.ReadAsync(storage, StoredFiles.PathOf(storage, hash));
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo(hash), "a document is whole");
        }
    }

    private async Task<List<string>> TextsAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
