using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Messaging;
using Training.Data.Providers;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Brings the attendance figures up to a session's newest version. What is counted is the source, not the message: so a repeat,
/// a late delivery or one served for several gives the same figures.
/// </summary>
[Unordered(8)]
internal sealed class CountSession(ReadDb db, IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, CountPace pace, TimeProvider time)
    : IConsumer<SessionScheduled>, IConsumer<AttendanceRecorded>, IConsumer<SessionClosed>, IConsumer<SessionReopened>, IConsumer<SessionCancelled>,
    IConsumer<SessionRescheduled>, IConsumer<SessionHoursMoved>, ICoalesce<AttendanceRecorded>, ICoalesce<SessionClosed>
{
    public Task Consume(ConsumeContext<SessionScheduled> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    public Task Consume(ConsumeContext<AttendanceRecorded> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionClosed> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionReopened> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionCancelled> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionRescheduled> context) =>
        CountAsync(context.Message.SessionId, context.Message.Version, context.CancellationToken);

    /// <summary>Hours count once a session was held, and it is then counted anyway: only what had marks already is counted here.</summary>
    public async Task Consume(ConsumeContext<SessionHoursMoved> context)
    {
        var moved = await (from change in db.Set<SessionChange>()
                           where change.MoveId == context.Message.MoveId
                           join session in db.Set<Session>() on change.SessionId equals session.Id
                           join tally in db.Set<SessionTally>() on session.Id equals tally.SessionId
                           where tally.Version < session.Version
                           select new { session.Id, session.Version }).Distinct().ToListAsync(context.CancellationToken);
        foreach (var session in moved) await CountAsync(session.Id, session.Version, context.CancellationToken);
    }

    public string KeyOf(AttendanceRecorded message) => OpaqueKey(message.SessionId);

    public string KeyOf(SessionClosed message) => OpaqueKey(message.SessionId);

    private static string OpaqueKey(int sessionId) => sessionId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task CountAsync(int sessionId, int version, CancellationToken cancellationToken)
    {
        var counted = await db.Set<SessionTally>().Where(row => row.SessionId == sessionId).Select(row => (int?)row.Version)
            .SingleOrDefaultAsync(cancellationToken);
        if (counted >= version) return;
        await pace.WaitAsync(cancellationToken);
        var directory = await catalog.SnapshotAsync(cancellationToken);
        await gate.WriteUnhurriedAsync<Done>(
            AccessScope.Whole,
            async (change, token) =>
            {
                var site = await change.Db.Set<Session>().Where(row => row.Id == sessionId).Select(row => row.SiteId).SingleAsync(token);
                await provider.SerializeAsync(change.Db, SiteTallies.LockOf(site), token);
                // Read under the lock: the version must not be newer than the marks that are counted under it.
                var session = await change.Db.Set<Session>().AsNoTracking().SingleAsync(row => row.Id == sessionId, token);
                await SessionTallies.ReplaceAsync(change, session, directory.Edition(session.EditionId), time.GetUtcNow(), token);
                return new Done();
            },
            cancellationToken);
    }
}
