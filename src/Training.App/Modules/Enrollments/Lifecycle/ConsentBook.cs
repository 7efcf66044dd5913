using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>A child's consents as they are given and withdrawn after the registration. Enrollments follow the consent to participation in the same change.</summary>
internal sealed class ConsentBook(EnrollmentDesk desk, TimeProvider time)
{
    /// <summary>Writes a consent signed on paper; it takes the place of the one that stood, and nothing is deleted.</summary>
    /// <param name="session">The change.</param>
    /// <param name="child">The child's key.</param>
    /// <param name="position">Order of contact of the guardian who signed, from 1; null: the first.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="givenOn">The day of the signature.</param>
    /// <param name="id">Key of the new consent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ids of the enrollments that followed, or <c>unknownGuardian</c>.</returns>
    public async Task<Result<string[]>> GiveAsync(
        WriteSession session, int child, int? position, ConsentPurpose purpose, DateOnly givenOn, int id, CancellationToken cancellationToken)
    {
        var guardians = await session.Db.Set<Guardianship>().IgnoreQueryFilters().AsNoTracking().Where(tie => tie.ParticipantId == child)
            .OrderBy(tie => tie.Position).Select(tie => tie.GuardianId).ToListAsync(cancellationToken);
        var chosen = (position ?? 1) - 1;
        if (chosen < 0 || chosen >= guardians.Count) return Faults.Only("guardian", "unknownGuardian");
        await EndAsync(session, child, purpose, cancellationToken);
        session.Rows.Insert(new Consent
        {
            Id = id,
            ParticipantId = child,
            GuardianId = guardians[chosen],
            Purpose = purpose,
            Method = ConsentMethod.Paper,
            GivenOn = givenOn,
            TextVersion = Consent.CurrentTextVersion,
            RecordedAt = time.GetUtcNow(),
        });
        return await FollowAsync(session, child, purpose, given: true, cancellationToken);
    }

    /// <summary>Notes that a guardian withdrew a consent.</summary>
    /// <returns>Ids of the enrollments that followed, or <c>noConsent</c>.</returns>
    public async Task<Result<string[]>> WithdrawAsync(
        WriteSession session, int child, ConsentPurpose purpose, CancellationToken cancellationToken) =>
        await EndAsync(session, child, purpose, cancellationToken) == 0
            ? Error.Conflict("noConsent")
            : await FollowAsync(session, child, purpose, given: false, cancellationToken);

    private Task<int> EndAsync(WriteSession session, int child, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return session.Db.Set<Consent>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Purpose == purpose && row.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, now), cancellationToken);
    }

    /// <summary>All live enrollments of the child, also those at another site: the consent is the child's.</summary>
    private async Task<string[]> FollowAsync(
        WriteSession session, int child, ConsentPurpose purpose, bool given, CancellationToken cancellationToken)
    {
        if (purpose != ConsentPurpose.Participation) return [];
        var sites = await session.Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Slot == 0)
            .Select(row => row.SiteId).Distinct().OrderBy(site => site).ToListAsync(cancellationToken);
        foreach (var site in sites) await desk.LockSiteAsync(session, site, cancellationToken);
        var rows = await session.Db.Set<Enrollment>().IgnoreQueryFilters().AsTracking()
            .Where(row => row.ParticipantId == child && row.Slot == 0).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var followed = rows.Select(row => (Row: row, Before: Standing.Of(row))).Where(pair => pair.Row.FollowConsent(given)).ToList();
        await session.Db.SaveChangesAsync(cancellationToken);
        foreach (var (row, before) in followed)
            desk.Note(session, row, before, given ? EnrollmentAct.ConsentGiven : EnrollmentAct.ConsentWithdrawn);
        return [.. followed.Select(pair => OpaqueId.Enrollment(pair.Row.Id))];
    }
}
