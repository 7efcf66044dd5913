using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Registry.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data.Providers;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Counts anew what a merge, its undoing or a correction may have changed: the sites of the child's enrollments, and the sessions that were marked
/// under them, since sex and age band are those of the file they hang on now. No session has a new version by it, so the count is forced.
/// </summary>
internal sealed class RecountMerged(ReadDb db, EnrollmentCounter counter, IWriteGate gate, IDatabaseProvider provider, DirectoryCatalog catalog, TimeProvider time)
    : IConsumer<ParticipantsMerged>, IConsumer<ParticipantsSeparated>, IConsumer<FileCorrected>
{
    public Task Consume(ConsumeContext<ParticipantsMerged> context) =>
        RecountAsync([context.Message.SurvivorId, context.Message.RetiredId], context.CancellationToken);

    public Task Consume(ConsumeContext<ParticipantsSeparated> context) =>
        RecountAsync([context.Message.SurvivorId, context.Message.RetiredId], context.CancellationToken);

    public Task Consume(ConsumeContext<FileCorrected> context) => RecountAsync([context.Message.ParticipantId], context.CancellationToken);

    private async Task RecountAsync(int[] children, CancellationToken cancellationToken)
    {
        var enrollments = await db.Set<Enrollment>().Where(row => children.Contains(row.ParticipantId))
            .Select(row => new { row.Id, row.EditionId, row.SiteId }).ToListAsync(cancellationToken);
        foreach (var edition in enrollments.GroupBy(row => row.EditionId, row => row.SiteId))
            await counter.AskAsync(edition.Key, [.. edition], cancellationToken);

        var keys = enrollments.Select(row => row.Id).ToArray();
        var sessions = await (from found in db.Marks()
                              join tally in db.Set<SessionTally>() on found.Session.Id equals tally.SessionId
                              where keys.Contains(found.EnrollmentId)
                              select tally.SessionId).Distinct().ToListAsync(cancellationToken);
        var directory = await catalog.SnapshotAsync(cancellationToken);
        foreach (var id in sessions)
        {
            await gate.WriteUnhurriedAsync<Done>(
                AccessScope.Whole,
                async (change, token) =>
                {
                    var site = await change.Db.Set<Session>().Where(row => row.Id == id).Select(row => row.SiteId).SingleAsync(token);
                    await provider.SerializeAsync(change.Db, SiteTallies.LockOf(site), token);
                    var session = await change.Db.Set<Session>().AsNoTracking().SingleAsync(row => row.Id == id, token);
                    await SessionTallies.ReplaceAsync(change, session, directory.Edition(session.EditionId), time.GetUtcNow(), token, force: true);
                    return new Done();
                },
                cancellationToken);
        }
    }
}
