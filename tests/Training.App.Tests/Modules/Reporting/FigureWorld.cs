using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Modules.Reporting;
using Training.App.Platform.Directory;
using Training.App.Platform.Messaging;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>Writes the source rows that figures are made of, and hands events to the reporting consumers when the test says so.</summary>
internal sealed class FigureWorld(IServiceProvider services)
{
    private readonly IWriteGate gate = services.GetRequiredService<IWriteGate>();
    private readonly KeyAllocator keys = services.GetRequiredService<KeyAllocator>();
    private readonly Dictionary<string, MassTransit.Mediator.IMediator> mediators = [];
    private DirectorySnapshot? directory;

    /// <summary>What has happened and may be told, in the order of happening.</summary>
    public List<object> Events { get; } = [];

    public async Task<DirectorySnapshot> DirectoryAsync() =>
        directory ??= await services.GetRequiredService<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);

    public async Task<Group> AddGroupAsync(string site, string name, string edition = "football-2026")
    {
        var places = await DirectoryAsync();
        var at = places.FindSite(site)!;
        var group = new Group
        {
            Id = await keys.NextAsync<Group>(CancellationToken.None),
            SiteId = at.Id,
            RegionId = at.RegionId,
            EditionId = places.FindEdition(edition)!.Id,
            Name = name,
            Capacity = 500,
        };
        await ChangeAsync(db => db.Add(group));
        return group;
    }

    public async Task<Enrollment[]> EnrollAsync(
        Group group, int count, Sex sex = Sex.Female, int birthYear = 2014, EnrollmentStatus status = EnrollmentStatus.Active)
    {
        var enrollments = new List<Enrollment>();
        for (var i = 0; i < count; i++)
        {
            var participant = new Participant
            {
                Id = await keys.NextAsync<Participant>(CancellationToken.None),
                GivenName = "Enfant",
                FamilyName = "Exemple",
                BirthDate = new DateOnly(birthYear, 3, 12),
                Sex = sex,
                ClaimHash = 0,
                CreatedAt = TrainingApplication.Start,
            };
            enrollments.Add(new Enrollment
            {
                Id = await keys.NextAsync<Enrollment>(CancellationToken.None),
                ParticipantId = participant.Id,
                EditionId = group.EditionId,
                SiteId = group.SiteId,
                RegionId = group.RegionId,
                GroupId = group.Id,
                Status = status,
                EnrolledAt = TrainingApplication.Start,
            });
            await ChangeAsync(db =>
            {
                db.Add(participant);
                db.Add(enrollments[^1]);
            });
            Events.Add(new ParticipantEnrolled(enrollments[^1].Id, group.SiteId, group.EditionId));
        }
        return [.. enrollments];
    }

    public async Task<Session> AddSessionAsync(Group group, DateOnly date, params string[] modules)
    {
        var places = await DirectoryAsync();
        var session = new Session
        {
            Id = await keys.NextAsync<Session>(CancellationToken.None),
            GroupId = group.Id,
            SiteId = group.SiteId,
            RegionId = group.RegionId,
            EditionId = group.EditionId,
            Kind = SessionKind.Training,
            Date = date,
            Start = new TimeOnly(16, 30),
            Minutes = 90,
            CreatedAt = TrainingApplication.Start,
        };
        Events.Add(new SessionScheduled(session.Id, session.Version));
        await ChangeAsync(db =>
        {
            db.Add(session);
            foreach (var module in modules)
                db.Add(new SessionModule { SessionId = session.Id, ModuleId = places.FindModule(group.EditionId, module)!.Id });
        });
        return session;
    }

    public async Task MarkAsync(int sessionId, params (int Enrollment, AttendanceStatus Status)[] marks)
    {
        var version = await ChangeAsync(async db =>
        {
            var session = await db.Set<Session>().SingleAsync(row => row.Id == sessionId);
            session.MarksChanged();
            foreach (var (enrollment, status) in marks)
            {
                var mark = await db.Set<AttendanceMark>().FindAsync(sessionId, enrollment);
                if (mark is null)
                {
                    db.Add(new AttendanceMark { SessionId = sessionId, EnrollmentId = enrollment, Status = status, Version = session.Version });
                    if (await db.Set<MarkedGroup>().FindAsync(session.GroupId, enrollment) is null) db.Add(new MarkedGroup { GroupId = session.GroupId, EnrollmentId = enrollment });
                }
                else (mark.Status, mark.Version) = (status, session.Version);
            }
            return session.Version;
        });
        Events.Add(new AttendanceRecorded(sessionId, version));
    }

    public Task CloseAsync(int sessionId) =>
        ChangeSessionAsync(sessionId, session => session.Close(TrainingApplication.Start), version => new SessionClosed(sessionId, version));

    public Task ReopenAsync(int sessionId) =>
        ChangeSessionAsync(sessionId, session => session.Reopen(), version => new SessionReopened(sessionId, version));

    public Task CancelAsync(int sessionId) =>
        ChangeSessionAsync(sessionId, session => session.Cancel(), version => new SessionCancelled(sessionId, version));

    public Task MoveAsync(int sessionId, DateOnly date, int minutes) => ChangeSessionAsync(
        sessionId, session => Alongside(session).MoveTo(new SessionTime(date, session.Start, minutes)), version => new SessionRescheduled(sessionId, version));

    private static Session Alongside(Session session)
    {
        session.StandAlongside();
        return session;
    }

    private async Task ChangeSessionAsync(int sessionId, Func<Session, bool> change, Func<int, object> told)
    {
        var version = await ChangeAsync(async db =>
        {
            var session = await db.Set<Session>().SingleAsync(row => row.Id == sessionId);
            return change(session) ? session.Version : 0;
        });
        if (version > 0) Events.Add(told(version));
    }

    public Task WithdrawAsync(Enrollment enrollment) => ChangeAsync(async db =>
    {
        var row = await db.Set<Enrollment>().SingleAsync(row => row.Id == enrollment.Id);
        row.Withdraw("leftProgramme", TrainingApplication.Start);
        return 0;
    });

    public async Task CertifyAsync(Enrollment enrollment, CertificateStatus status = CertificateStatus.Issued)
    {
        var id = await keys.NextAsync<Certificate>(CancellationToken.None);
        await ChangeAsync(db => db.Add(new Certificate
        {
            Id = id,
            EnrollmentId = enrollment.Id,
            ParticipantId = enrollment.ParticipantId,
            EditionId = enrollment.EditionId,
            SiteId = enrollment.SiteId,
            RegionId = enrollment.RegionId,
            Kind = CertificateKind.Completion,
            Number = $"2026-{id:D7}",
            VerificationCode = $"{id:D26}",
            Status = status,
            BirthDate = new DateOnly(2014, 3, 12),
            Sex = Sex.Female,
            Minutes = 600,
            IssuedOn = new DateOnly(2026, 11, 23),
            EarnedAt = TrainingApplication.Start,
        }));
    }

    /// <summary>Hands an event to every reporting consumer of its type, as the relay would.</summary>
    public async Task DeliverAsync(object message)
    {
        foreach (var route in services.GetRequiredService<EventRoutes>().Consumers)
        {
            if (route.Message != message.GetType() || !route.Consumer.Namespace!.EndsWith(".Reporting", StringComparison.Ordinal)) continue;
            if (!mediators.TryGetValue(route.Name, out var mediator))
                mediators.Add(route.Name, mediator = route.CreateMediator(services.GetRequiredService<IServiceScopeFactory>()));
            await route.SendAsync(mediator, message, Guid.NewGuid(), CancellationToken.None);
        }
    }

    /// <summary>Counts the enrollments that a delivered event asked for, as the worker would.</summary>
    public Task SweepAsync() => services.GetRequiredService<EnrollmentCounter>().SweepAsync(CancellationToken.None);

    /// <summary>Hands over everything that happened.</summary>
    public async Task DeliverAllAsync()
    {
        foreach (var message in Events) await DeliverAsync(message);
        Events.Clear();
        await SweepAsync();
    }

    private Task ChangeAsync(Action<TrainingDbContext> change) => ChangeAsync(db =>
    {
        change(db);
        return Task.FromResult(0);
    });

    private async Task<int> ChangeAsync(Func<TrainingDbContext, Task<int>> change)
    {
        var result = await gate.WriteAsync<int>(
            AccessScope.Whole,
            async (session, token) =>
            {
                var value = await change(session.Db);
                await session.Db.SaveChangesAsync(token);
                return value;
            },
            CancellationToken.None);
        return result.Value;
    }
}
