using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>A session that was called off or moved concerns the families of its group or squad, as long as it is still to come.</summary>
internal sealed class TellOfSessions(ReadDb db, NoticeBook book, TimeProvider time)
    : IConsumer<SessionCancelled>, IConsumer<SessionRescheduled>, IConsumer<SessionHoursMoved>
{
    public Task Consume(ConsumeContext<SessionCancelled> context) =>
        TellAsync(NoticeKind.SessionCancelled, db.Set<Session>().Where(row => row.Id == context.Message.SessionId), context.CancellationToken);

    public Task Consume(ConsumeContext<SessionRescheduled> context) =>
        TellAsync(NoticeKind.SessionMoved, db.Set<Session>().Where(row => row.Id == context.Message.SessionId), context.CancellationToken);

    public Task Consume(ConsumeContext<SessionHoursMoved> context) => TellAsync(
        NoticeKind.SessionMoved,
        db.Set<Session>().Where(row => db.Set<SessionChange>().Any(change => change.SessionId == row.Id && change.MoveId == context.Message.MoveId)),
        context.CancellationToken);

    private async Task TellAsync(NoticeKind kind, IQueryable<Session> sessions, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var status = kind == NoticeKind.SessionCancelled ? SessionStatus.Cancelled : SessionStatus.Open;
        foreach (var session in await sessions.Where(row => row.Date >= today && row.Status == status).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            var children = session.SquadId is { } squad
                ? from player in db.Set<SquadPlayer>()
                  join enrollment in db.Set<Enrollment>() on player.EnrollmentId equals enrollment.Id
                  where player.SquadId == squad && enrollment.Slot == 0
                  select enrollment
                : db.Set<Enrollment>().Where(row => row.GroupId == session.GroupId && row.Slot == 0
                    && (row.Status == EnrollmentStatus.Active || row.Status == EnrollmentStatus.AwaitingConsent));
            var orders = await children.Select(row => new NoticeOrder(session.Id, session.Version, row.ParticipantId, row.SiteId, row.RegionId)).ToListAsync(cancellationToken);
            await book.AddAsync(kind, orders, cancellationToken);
        }
    }
}

/// <summary>A certificate can be downloaded.</summary>
internal sealed class TellOfCertificates(ReadDb db, NoticeBook book) : IConsumer<CertificatesIssued>
{
    public async Task Consume(ConsumeContext<CertificatesIssued> context)
    {
        var ids = context.Message.CertificateIds;
        var orders = await db.Set<Certificate>().Where(row => ids.Contains(row.Id) && row.Status == CertificateStatus.Issued)
            .Select(row => new NoticeOrder(row.Id, 1, row.ParticipantId, row.SiteId, row.RegionId)).ToListAsync(context.CancellationToken);
        await book.AddAsync(NoticeKind.CertificateReady, orders, context.CancellationToken);
    }
}

/// <summary>A place is offered, or the guardian's word is missing. Whoever wants no messages is asked for it by the site's people, who see it on their lists.</summary>
internal sealed class TellOfEnrollments(ReadDb db, NoticeBook book) : IConsumer<EnrollmentChanged>, IConsumer<ConsentAwaited>
{
    public Task Consume(ConsumeContext<EnrollmentChanged> context) => TellAsync(context.Message.EnrollmentId, context.CancellationToken);

    public Task Consume(ConsumeContext<ConsentAwaited> context) => TellAsync(context.Message.EnrollmentId, context.CancellationToken);

    private async Task TellAsync(int id, CancellationToken cancellationToken)
    {
        var row = await db.Set<Enrollment>().SingleOrDefaultAsync(row => row.Id == id && row.Slot == 0, cancellationToken);
        if (row is null) return;
        NoticeKind? kind = row.IsOffered ? NoticeKind.PlaceOffered
            : row.Status == EnrollmentStatus.AwaitingConsent && await MayWriteAsync(row.ParticipantId, cancellationToken) ? NoticeKind.ConsentMissing
            : null;
        if (kind is { } what) await book.AddAsync(what, [new NoticeOrder(row.Id, row.Version, row.ParticipantId, row.SiteId, row.RegionId)], cancellationToken);
    }

    private Task<bool> MayWriteAsync(int participantId, CancellationToken cancellationToken) => db.Set<Consent>().AnyAsync(
        row => row.ParticipantId == participantId && row.Purpose == ConsentPurpose.Messages && row.WithdrawnAt == null
            && !db.Set<ConsentObjection>().Any(no => no.ParticipantId == participantId && no.Purpose == row.Purpose && no.EndedAt == null), cancellationToken);
}
