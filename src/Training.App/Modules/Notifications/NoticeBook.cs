using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Notifications;

namespace Training.App.Modules.Notifications;

/// <summary>Something a child's family is to know.</summary>
internal readonly record struct NoticeOrder(int SubjectId, int SubjectVersion, int ParticipantId, int SiteId, int RegionId);

/// <summary>Writes down what families are to know. The same order twice, or one while the former still waits, makes one notice.</summary>
internal sealed class NoticeBook(IWriteGate gate, NoticeOptions options, TimeProvider time)
{
    /// <summary>Rows written together: everybody else's changes wait for so long.</summary>
    private const int PartSize = 500;

    public async Task AddAsync(NoticeKind kind, IEnumerable<NoticeOrder> orders, CancellationToken cancellationToken)
    {
        foreach (var part in orders.Distinct().Chunk(PartSize))
            await gate.WriteAsync(AccessScope.Whole, (write, token) => AddPartAsync(write, kind, part, token), cancellationToken);
    }

    private async Task<Domain.Common.Result<int>> AddPartAsync(
        WriteSession write, NoticeKind kind, NoticeOrder[] orders, CancellationToken cancellationToken)
    {
        var subjects = orders.Select(order => order.SubjectId).Distinct().ToArray();
        var known = await write.Db.Set<Notice>().Where(row => row.Kind == kind && subjects.Contains(row.SubjectId))
            .Select(row => new { row.SubjectId, row.SubjectVersion, row.ParticipantId, row.State }).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = options.DueAfter(now);
        // The text is made of the facts of its hour: one that still waits will tell the newest by itself.
        var fresh = orders.Where(order => !known.Exists(row => row.SubjectId == order.SubjectId && row.ParticipantId == order.ParticipantId
            && (row.SubjectVersion == order.SubjectVersion || row.State is NoticeState.Waiting or NoticeState.ToTell))).ToArray();
        await write.Rows.InsertAllAsync(
            [.. fresh.Select(order => new Notice
            {
                ParticipantId = order.ParticipantId,
                SiteId = order.SiteId,
                RegionId = order.RegionId,
                Kind = kind,
                SubjectId = order.SubjectId,
                SubjectVersion = order.SubjectVersion,
                CreatedAt = now,
                DueAt = due,
            })],
            cancellationToken);
        return fresh.Length;
    }
}
