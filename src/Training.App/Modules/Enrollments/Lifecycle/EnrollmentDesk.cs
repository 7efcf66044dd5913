using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Http;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>How an enrollment stood before an act.</summary>
internal readonly record struct Standing(int SiteId, int GroupId, EnrollmentStatus Status, bool HeldPlace)
{
    public static Standing Of(Enrollment row) => new(row.SiteId, row.GroupId, row.Status, row.HoldsPlace);
}

/// <summary>
/// What every act on an enrollment shares: acts at one site wait for each other, the version somebody saw is compared, the history
/// gets its line and the event its promise in the same change.
/// </summary>
internal sealed class EnrollmentDesk(IWriteGate gate, IDatabaseProvider provider, Caller caller, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Runs an act once an Idempotency-Key.</summary>
    public async Task<Result<T>> ChangeAsync<T>(Func<WriteSession, CancellationToken, Task<Result<T>>> act, CancellationToken cancellationToken)
    {
        if (idempotency.TryReplay<T>(out var earlier)) return earlier;
        return await gate.WriteAsync(
            caller.Scope, (session, token) => idempotency.OnceAsync(session, () => act(session, token), token), cancellationToken);
    }

    /// <summary>Acts that give or take places of a site wait for each other, and for a list that is being registered.</summary>
    public async Task LockSiteAsync(WriteSession session, int siteId, CancellationToken cancellationToken)
    {
        await provider.ShareAsync(session.Db, RegistrationStore.AllChildren, cancellationToken);
        await provider.SerializeAsync(session.Db, SitePlaces.LockOf(siteId), cancellationToken);
    }

    /// <summary>The enrollment, to be changed.</summary>
    /// <param name="session">The change.</param>
    /// <param name="id">Public id.</param>
    /// <param name="version">The version the person saw; null when the caller keeps none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Enrollment>> FindAsync(WriteSession session, string? id, int? version, CancellationToken cancellationToken)
    {
        var key = OpaqueId.ParseEnrollment(id) ?? 0;
        var site = await session.Db.Set<Enrollment>().Where(row => row.Id == key).Select(row => (int?)row.SiteId).SingleOrDefaultAsync(cancellationToken);
        if (site is null) return Error.NotFound("enrollmentNotFound");
        await LockSiteAsync(session, site.Value, cancellationToken);
        var row = await session.Db.Set<Enrollment>().AsTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
        if (row is null) return Error.NotFound("enrollmentNotFound");
        return row.SiteId != site || (version is { } seen && seen != row.Version) ? Changed(row.Version) : row;
    }

    /// <summary>Somebody else was quicker.</summary>
    public static Error Changed(int version) => Error.Conflict("changedMeanwhile", ("version", version));

    /// <summary>Writes the history's line and promises the event.</summary>
    public void Note(WriteSession session, Enrollment row, Standing before, EnrollmentAct act, string? reason = null, string? note = null)
    {
        session.Rows.Insert(new EnrollmentChange
        {
            EnrollmentId = row.Id,
            Version = row.Version,
            Act = act,
            By = caller.Name,
            At = time.GetUtcNow(),
            FromSiteId = before.SiteId,
            FromGroupId = before.GroupId,
            FromStatus = before.Status,
            ToSiteId = row.SiteId,
            ToGroupId = row.GroupId,
            ToStatus = row.Status,
            Reason = reason,
            Note = note,
        });
        session.Events.Add(new EnrollmentChanged(row.Id, row.EditionId, row.SiteId, before.SiteId, row.Version));
    }
}
