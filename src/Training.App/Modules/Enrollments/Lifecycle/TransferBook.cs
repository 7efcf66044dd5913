using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>Writes down that a transfer is asked for, whichever side asks.</summary>
internal sealed class TransferBook(Caller caller, TimeProvider time)
{
    /// <summary>What is asked.</summary>
    /// <param name="To">The receiving site.</param>
    /// <param name="Group">Group id; null: the receiving site's first with a place.</param>
    /// <param name="Reason">Cleaned; null when nothing is said.</param>
    /// <param name="MayWait">True when the asking side agrees to the waiting list.</param>
    /// <param name="ByReceiver">True when the receiving side asks.</param>
    internal sealed record Wish(Site To, string? Group, string? Reason, bool MayWait, bool ByReceiver);

    /// <summary>Writes the request; the caller holds the lock of the giving site.</summary>
    public async Task<Result<Transfer>> AskAsync(
        WriteSession session, Enrollment row, Wish wish, int key, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        if (!row.IsLive) return Error.Conflict("enrollmentEnded");
        if (row.SiteId == wish.To.Id) return Error.Conflict("sameSite");
        if (wish.To.Kind != directory.Edition(row.EditionId).SiteKind) return Error.Rule("siteOfOtherTrack");
        if (await session.Db.Set<Transfer>().IgnoreQueryFilters().AnyAsync(open => open.EnrollmentId == row.Id && open.Slot == 0, cancellationToken))
            return Error.Conflict("transferOpen");
        int? group = null;
        if (wish.Group is not null)
        {
            group = OpaqueId.ParseGroup(wish.Group) ?? 0;
            if (!await session.Db.Set<Group>().AnyAsync(other => other.Id == group && other.SiteId == wish.To.Id && other.EditionId == row.EditionId, cancellationToken))
                return Error.NotFound("groupNotFound");
        }
        var transfer = new Transfer
        {
            Id = key,
            EnrollmentId = row.Id,
            FromSiteId = row.SiteId,
            FromRegionId = row.RegionId,
            ToSiteId = wish.To.Id,
            ToRegionId = wish.To.RegionId,
            ToGroupId = group,
            MayWait = wish.MayWait,
            Reason = wish.Reason,
            AskedByReceiver = wish.ByReceiver,
            AskedBy = caller.Name,
            AskedAt = time.GetUtcNow(),
        };
        session.Rows.Insert(transfer);
        session.Events.Add(new TransferChanged(key, transfer.FromSiteId, transfer.ToSiteId, transfer.Version));
        return transfer;
    }
}
