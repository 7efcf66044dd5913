using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Directory;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Certificates;

[TestFixture]
[Category("Kill")]
internal sealed class CertificateKillTests
{
    private const int Children = 2000;

    private string storage = null!;

    [SetUp]
    public void Open() => storage = System.IO.Directory.CreateTempSubdirectory("training-kill-").FullName;

    [TearDown]
    public void Clean()
    {
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Killed_while_it_issues_two_thousand_certificates_it_issues_each_once(CancellationToken cancellationToken)
    {
        await FillAsync();

        await using (var first = await AppProcess.StartAsync(storage))
        {
            await UntilIssuedAsync(200);
            await first.KillAsync();
        }
        var atKill = await CountIssuedAsync();
        Assert.That(atKill, Is.InRange(200, Children - 1), "The kill must come in the middle.");

        await using (var second = await AppProcess.StartAsync(storage)) await UntilIssuedAsync(Children);
        await CheckAsync(cancellationToken);
    }

    /// <summary>Every child has one certificate, and the file store holds exactly the bytes of its hash.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "EnrollmentId", "FileHash", "FileBytes" FROM "Certificates" """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var enrollments = new HashSet<int>();
        var hashes = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            Assert.That(enrollments.Add(reader.GetInt32(0)), "A second certificate for one enrollment.");
            var hash = reader.GetString(1);
            hashes.Add(hash);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(storage, "files", hash[..2], hash), cancellationToken);
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo(hash));
            Assert.That(bytes, Has.Length.EqualTo(reader.GetInt32(2)));
        }
        Assert.That((enrollments.Count, hashes.Count), Is.EqualTo((Children, Children)));
    }

    private Task UntilIssuedAsync(int count) => Poll.UntilAsync(
        async () => await CountIssuedAsync() >= count, async () => $"{await CountIssuedAsync()} are issued", TimeSpan.FromMinutes(2));

    private async Task<int> CountIssuedAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT COUNT(*) FROM "Certificates" WHERE "Status" = {(int)CertificateStatus.Issued}""";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), null);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Children who have all attended the two closed sessions that the rule asks for; nobody has judged them yet.</summary>
    private async Task FillAsync()
    {
        await using var app = new TrainingApplication(TrainingApplication.OnSqlite, ("Storage:Root", storage), ("App:Roles", "Web"));
        await app.InsideAsync(async services =>
        {
            var directory = await services.GetRequiredService<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);
            var keys = services.GetRequiredService<KeyAllocator>();
            var first = (
                Child: await keys.ReserveAsync<Participant>(Children, CancellationToken.None),
                Enrollment: await keys.ReserveAsync<Enrollment>(Children, CancellationToken.None),
                Guardian: await keys.ReserveAsync<Guardian>(1, CancellationToken.None),
                Consent: await keys.ReserveAsync<Consent>(Children, CancellationToken.None),
                Group: await keys.ReserveAsync<Group>(1, CancellationToken.None),
                Session: await keys.ReserveAsync<Session>(2, CancellationToken.None));
            var (edition, site) = (directory.FindEdition("football-2026")!, directory.FindSite("RSB")!);
            var group = new Group
            {
                Id = first.Group, SiteId = site.Id, RegionId = site.RegionId, EditionId = edition.Id, Name = "Kill", Capacity = Children, Taken = Children,
            };
            var people = Enumerable.Range(0, Children).ToArray();
            var numbers = people.Select(i => (Child: first.Child + i, Enrollment: first.Enrollment + i, Consent: first.Consent + i)).ToArray();
            var guardian = new Guardian { Id = first.Guardian, Name = "Tutrice Exemple", Language = FamilyLanguage.Arabic, CreatedAt = TrainingApplication.Start };
            return await services.GetRequiredService<IWriteGate>().WriteBulkAsync<Done>(
                async (write, token) =>
                {
                    write.Rows.Insert(group);
                    write.Rows.Insert(guardian);
                    await write.Rows.InsertAllAsync<Participant>([.. numbers.Select(row => ChildOf(row.Child))], token);
                    await write.Rows.InsertAllAsync<Consent>([.. numbers.Select(row => ConsentOf(row.Consent, row.Child, guardian.Id))], token);
                    await write.Rows.InsertAllAsync<Enrollment>([.. numbers.Select(row => EnrollmentOf(row.Enrollment, row.Child, group))], token);
                    for (var i = 0; i < 2; i++)
                    {
                        var session = SessionOf(first.Session + i, group, new DateOnly(2026, 11, 10).AddDays(i));
                        write.Rows.Insert(session);
                        foreach (var module in directory.Modules(edition.Id)) write.Rows.Insert(new SessionModule { SessionId = session.Id, ModuleId = module.Id });
                        await write.Rows.InsertAllAsync<AttendanceMark>(
                            [.. numbers.Select(row => new AttendanceMark { SessionId = session.Id, EnrollmentId = row.Enrollment, Status = AttendanceStatus.Present, Version = 2 })],
                            token);
                    }
                    return default(Done);
                },
                CancellationToken.None);
        });
    }

    private static Participant ChildOf(int id) => new()
    {
        Id = id,
        GivenName = "Yasmine",
        FamilyName = "El Alaoui",
        GivenNameAr = "ياسمين",
        FamilyNameAr = "العلوي",
        BirthDate = new DateOnly(2014, 3, 12),
        Sex = Sex.Female,
        ClaimHash = id,
        CreatedAt = TrainingApplication.Start,
    };

    private static Consent ConsentOf(int id, int child, int guardian) => new()
    {
        Id = id,
        ParticipantId = child,
        GuardianId = guardian,
        Purpose = ConsentPurpose.Participation,
        Method = ConsentMethod.Paper,
        GivenOn = new DateOnly(2026, 10, 1),
        TextVersion = Consent.CurrentTextVersion,
        RecordedAt = TrainingApplication.Start,
    };

    private static Enrollment EnrollmentOf(int id, int child, Group group) => new()
    {
        Id = id,
        ParticipantId = child,
        EditionId = group.EditionId,
        SiteId = group.SiteId,
        RegionId = group.RegionId,
        GroupId = group.Id,
        Status = EnrollmentStatus.Active,
        EnrolledAt = TrainingApplication.Start,
    };

    private static Session SessionOf(int id, Group group, DateOnly date)
    {
        var session = new Session
        {
            Id = id,
            GroupId = group.Id,
            SiteId = group.SiteId,
            RegionId = group.RegionId,
            EditionId = group.EditionId,
            Kind = SessionKind.Workshop,
            Date = date,
            Start = new TimeOnly(10, 0),
            Minutes = 400,
            CreatedAt = TrainingApplication.Start,
        };
        session.Close(TrainingApplication.Start);
        return session;
    }
}
