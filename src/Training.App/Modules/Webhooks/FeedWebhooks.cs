using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>
/// Writes down for each webhook what it is to be told. Hearing of something twice, late or out of order adds nothing: the row of a
/// webhook, event, subject and version is there once.
/// </summary>
[Unordered(4)]
internal sealed class FeedWebhooks(WebhookBook book, ReadDb db, IWriteGate gate, DirectoryCatalog catalog, WebhookSignal signal, TimeProvider time)
    : IConsumer<ParticipantEnrolled>, IConsumer<EnrollmentChanged>, IConsumer<EnrollmentsImported>, ICoalesce<EnrollmentsImported>,
        IConsumer<SessionClosed>, IConsumer<CertificatesIssued>, IConsumer<CertificateRevoked>
{
    private const int PartSize = 500;

    public Task Consume(ConsumeContext<ParticipantEnrolled> context) => TellOfEnrollmentAsync(context.Message.EnrollmentId, context.CancellationToken);

    /// <summary>A first version is an enrollment that was not there before: for another season, or after one that had ended.</summary>
    public Task Consume(ConsumeContext<EnrollmentChanged> context) =>
        context.Message.Version == 1 ? TellOfEnrollmentAsync(context.Message.EnrollmentId, context.CancellationToken) : Task.CompletedTask;

    /// <summary>A list is many events; what earlier parts of it brought and was written down already is passed over by the database.</summary>
    public async Task Consume(ConsumeContext<EnrollmentsImported> context)
    {
        var directory = await catalog.SnapshotAsync(context.CancellationToken);
        foreach (var line in await book.ActiveAsync(context.CancellationToken))
        {
            if (!line.Events.HasFlag(WebhookEvents.EnrollmentCreated)) continue;
            var (last, id, region, since) = (0, line.Id, line.RegionId, line.CreatedAt);
            while (true)
            {
                var part = await db.Set<Enrollment>()
                    .Where(row => row.ImportId == context.Message.ImportId && row.Id > last && row.EnrolledAt >= since && (region == null || row.RegionId == region)
                        && row.EndReason != Enrollment.Erased
                        && !db.Set<WebhookDelivery>().Any(known => known.WebhookId == id && known.Event == WebhookEvents.EnrollmentCreated && known.SubjectId == row.Id))
                    .OrderBy(row => row.Id).Take(PartSize).ToListAsync(context.CancellationToken);
                await AddAsync(line, [.. part.Select(row => WebhookFact.Of(row, directory))], context.CancellationToken);
                if (part.Count < PartSize) break;
                last = part[^1].Id;
            }
        }
    }

    public string KeyOf(EnrollmentsImported message) => FormattableString.Invariant($"{message.ImportId}");

    public async Task Consume(ConsumeContext<SessionClosed> context)
    {
        if (!await IsAskedAsync(WebhookEvents.AttendanceClosed, context.CancellationToken)) return;
        var id = context.Message.SessionId;
        if (await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == id, context.CancellationToken) is not { } session) return;
        var directory = await catalog.SnapshotAsync(context.CancellationToken);
        await TellAsync([WebhookFact.Of(session, context.Message.Version, time.GetUtcNow(), directory)], context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<CertificatesIssued> context)
    {
        if (!await IsAskedAsync(WebhookEvents.CertificateIssued, context.CancellationToken)) return;
        var ids = context.Message.CertificateIds;
        // One that was revoked or replaced before this was heard was issued all the same; one made anew will be told of then.
        var rows = await db.Set<Certificate>().Where(row => ids.Contains(row.Id) && row.Status != CertificateStatus.Earned).ToListAsync(context.CancellationToken);
        var directory = await catalog.SnapshotAsync(context.CancellationToken);
        var now = time.GetUtcNow();
        await TellAsync([.. rows.Select(row => WebhookFact.Of(row, WebhookEvents.CertificateIssued, row.Revision, now, directory))], context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<CertificateRevoked> context)
    {
        if (!await IsAskedAsync(WebhookEvents.CertificateRevoked, context.CancellationToken)) return;
        var id = context.Message.CertificateId;
        if (await db.Set<Certificate>().SingleOrDefaultAsync(row => row.Id == id, context.CancellationToken) is not { } row) return;
        var directory = await catalog.SnapshotAsync(context.CancellationToken);
        await TellAsync(
            [WebhookFact.Of(row, WebhookEvents.CertificateRevoked, context.Message.Revision, row.RevokedAt ?? time.GetUtcNow(), directory)], context.CancellationToken);
    }

    private async Task TellOfEnrollmentAsync(int id, CancellationToken cancellationToken)
    {
        if (!await IsAskedAsync(WebhookEvents.EnrollmentCreated, cancellationToken)) return;
        var row = await db.Set<Enrollment>().SingleOrDefaultAsync(row => row.Id == id && row.EndReason != Enrollment.Erased, cancellationToken);
        if (row is not null) await TellAsync([WebhookFact.Of(row, await catalog.SnapshotAsync(cancellationToken))], cancellationToken);
    }

    private async Task<bool> IsAskedAsync(WebhookEvents one, CancellationToken cancellationToken) =>
        (await book.ActiveAsync(cancellationToken)).Any(line => line.Events.HasFlag(one));

    private async Task TellAsync(IReadOnlyList<WebhookFact> facts, CancellationToken cancellationToken)
    {
        foreach (var line in await book.ActiveAsync(cancellationToken))
            await AddAsync(line, [.. facts.Where(fact => line.Asks(fact.Event, fact.RegionId) && fact.At >= line.CreatedAt)], cancellationToken);
    }

    private async Task AddAsync(WebhookBook.Line line, IReadOnlyList<WebhookFact> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0) return;
        await gate.WriteUnhurriedAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                // Stopped or removed since the book was read: then nothing is left waiting.
                if (!await write.Db.Set<Webhook>().AnyAsync(row => row.Id == line.Id && row.DisabledAt == null, token)) return default(Done);
                var (what, subjects) = (facts[0].Event, facts.Select(fact => fact.SubjectId).ToArray());
                var known = await write.Db.Set<WebhookDelivery>().Where(row => row.WebhookId == line.Id && row.Event == what && subjects.Contains(row.SubjectId))
                    .Select(row => new { row.SubjectId, row.SubjectVersion }).ToListAsync(token);
                var now = time.GetUtcNow();
                await write.Rows.InsertAllAsync(
                    [.. facts.Where(fact => !known.Exists(row => row.SubjectId == fact.SubjectId && row.SubjectVersion == fact.SubjectVersion))
                        .Select(fact => fact.For(line.Id, now))],
                    token);
                return default(Done);
            },
            cancellationToken);
        signal.Wake();
    }
}
