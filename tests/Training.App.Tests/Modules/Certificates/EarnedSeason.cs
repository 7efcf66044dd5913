using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Directory;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>A season that is over and was never judged: written row by row, since no list and no roster is that large.</summary>
internal static class EarnedSeason
{
    /// <summary>Children who have all attended the two closed sessions that the rule asks for; nobody has judged them yet.</summary>
    /// <param name="storage">The application's folder; the application does not run.</param>
    /// <param name="count">How many children.</param>
    /// <param name="nameOf">A child's names by its place in the row.</param>
    public static async Task FillAsync(string storage, int count, Func<int, (string Given, string Family, string GivenAr, string FamilyAr)> nameOf)
    {
        await using var app = new TrainingApplication(TrainingApplication.OnSqlite, ("Storage:Root", storage), ("App:Roles", "Web"));
        await app.InsideAsync(async services =>
        {
            var directory = await services.GetRequiredService<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);
            var keys = services.GetRequiredService<KeyAllocator>();
            var first = (
                Child: await keys.ReserveAsync<Participant>(count, CancellationToken.None),
                Enrollment: await keys.ReserveAsync<Enrollment>(count, CancellationToken.None),
                Guardian: await keys.ReserveAsync<Guardian>(1, CancellationToken.None),
                Consent: await keys.ReserveAsync<Consent>(count, CancellationToken.None),
                Group: await keys.ReserveAsync<Group>(1, CancellationToken.None),
                Session: await keys.ReserveAsync<Session>(2, CancellationToken.None));
            var (edition, site) = (directory.FindEdition("football-2026")!, directory.FindSite("RSB")!);
            var group = new Group
            {
                Id = first.Group, SiteId = site.Id, RegionId = site.RegionId, EditionId = edition.Id, Name = "Tous", Capacity = count, Taken = count,
            };
            var people = Enumerable.Range(0, count).ToArray();
            var numbers = people.Select(i => (Child: first.Child + i, Enrollment: first.Enrollment + i, Consent: first.Consent + i)).ToArray();
            var guardian = new Guardian { Id = first.Guardian, Name = "Tutrice Exemple", Language = FamilyLanguage.Arabic, CreatedAt = TrainingApplication.Start };
            return await services.GetRequiredService<IWriteGate>().WriteBulkAsync<Done>(
                async (write, token) =>
                {
                    write.Rows.Insert(group);
                    write.Rows.Insert(guardian);
                    await write.Rows.InsertAllAsync<Participant>([.. numbers.Select((row, i) => ChildOf(row.Child, nameOf(i)))], token);
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
                    await write.Rows.InsertAllAsync<MarkedGroup>([.. numbers.Select(row => new MarkedGroup { GroupId = group.Id, EnrollmentId = row.Enrollment })], token);
                    return default(Done);
                },
                CancellationToken.None);
        });
    }

    private static Participant ChildOf(int id, (string Given, string Family, string GivenAr, string FamilyAr) name) => new()
    {
        Id = id,
        GivenName = name.Given,
        FamilyName = name.Family,
        GivenNameAr = name.GivenAr,
        FamilyNameAr = name.FamilyAr,
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
