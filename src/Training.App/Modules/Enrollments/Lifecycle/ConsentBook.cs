using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>A child's consents as they are given and withdrawn after the registration. Enrollments follow the consent to participation in the same change.</summary>
internal sealed class ConsentBook(EnrollmentDesk desk, TimeProvider time)
{
    /// <summary>Whether a consent signed on paper can be written down.</summary>
    /// <param name="session">The change.</param>
    /// <param name="child">The child's key.</param>
    /// <param name="position">Order of contact of the guardian who signed, from 1; null: the first.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="givenOn">The day of the signature.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Key of the guardian, or <c>unknownGuardian</c> under <c>guardian</c> and what <see cref="ConsentHistory.Refusal"/> says under <c>givenOn</c>.</returns>
    public static async Task<Result<int>> CheckAsync(
        WriteSession session, int child, int? position, ConsentPurpose purpose, DateOnly givenOn, CancellationToken cancellationToken)
    {
        var guardians = await session.Db.Set<Guardianship>().IgnoreQueryFilters().AsNoTracking().Where(tie => tie.ParticipantId == child)
            .OrderBy(tie => tie.Position).Select(tie => tie.GuardianId).ToListAsync(cancellationToken);
        var chosen = (position ?? 1) - 1;
        if (chosen < 0 || chosen >= guardians.Count) return Faults.Only("guardian", "unknownGuardian");
        var history = new ConsentHistory(await session.Db.Set<Consent>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.ParticipantId == child && row.Purpose == purpose).ToListAsync(cancellationToken));
        return history.Refusal(guardians[chosen], givenOn, LocalTime.DayOf) is { } refusal ? Faults.Only("givenOn", refusal) : guardians[chosen];
    }

    /// <summary>Writes a consent signed on paper beside those on file, which stand as they stood.</summary>
    /// <param name="session">The change.</param>
    /// <param name="child">The child's key.</param>
    /// <param name="position">Order of contact of the guardian who signed, from 1; null: the first.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="givenOn">The day of the signature.</param>
    /// <param name="id">Key of the new consent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ids of the enrollments that followed, or what <see cref="CheckAsync"/> refuses.</returns>
    public async Task<Result<string[]>> GiveAsync(
        WriteSession session, int child, int? position, ConsentPurpose purpose, DateOnly givenOn, int id, CancellationToken cancellationToken)
    {
        var guardian = await CheckAsync(session, child, position, purpose, givenOn, cancellationToken);
        if (!guardian.Succeeded) return guardian.Error;
        await EndObjectionsAsync(session, child, guardian.Value, purpose, cancellationToken);
        session.Rows.Insert(new Consent
        {
            Id = id,
            ParticipantId = child,
            GuardianId = guardian.Value,
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
        WriteSession session, int child, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await session.Db.Set<Consent>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Purpose == purpose && row.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, now), cancellationToken);
        return ended == 0 ? Error.Conflict("noConsent") : await FollowAsync(session, child, purpose, given: false, cancellationToken);
    }

    /// <summary>A guardian consents by the family's own door, proven by a code to the phone, and is no longer against it.</summary>
    /// <returns>Ids of the enrollments that followed; none while another guardian is against it.</returns>
    public async Task<Result<string[]>> SayYesAsync(
        WriteSession session, int child, int guardianId, ConsentPurpose purpose, int id, CancellationToken cancellationToken)
    {
        var lifted = await EndObjectionsAsync(session, child, guardianId, purpose, cancellationToken);
        var stands = await session.Db.Set<Consent>().IgnoreQueryFilters().AnyAsync(
            row => row.ParticipantId == child && row.GuardianId == guardianId && row.Purpose == purpose && row.WithdrawnAt == null, cancellationToken);
        if (stands && lifted == 0) return Array.Empty<string>();
        if (!stands)
        {
            session.Rows.Insert(new Consent
            {
                Id = id,
                ParticipantId = child,
                GuardianId = guardianId,
                Purpose = purpose,
                Method = ConsentMethod.SmsCode,
                GivenOn = time.Today(),
                TextVersion = Consent.CurrentTextVersion,
                RecordedAt = time.GetUtcNow(),
            });
        }
        return await FollowAsync(session, child, purpose, given: true, cancellationToken);
    }

    /// <summary>
    /// A guardian withdraws the own consent. What another guardian consented to stays on file, since only its own word may end it, and an
    /// objection beside it: the purpose counts as refused until both say the same.
    /// </summary>
    /// <returns>Ids of the enrollments that followed, or <c>noConsent</c>.</returns>
    public async Task<Result<string[]>> SayNoAsync(
        WriteSession session, int child, int guardianId, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var standing = session.Db.Set<Consent>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Purpose == purpose && row.WithdrawnAt == null);
        var ended = await standing.Where(row => row.GuardianId == guardianId).ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, now), cancellationToken);
        var others = await standing.AnyAsync(row => row.GuardianId != guardianId, cancellationToken);
        if (ended == 0 && !others) return Error.Conflict("noConsent");
        var known = await session.Db.Set<ConsentObjection>().IgnoreQueryFilters().AnyAsync(
            row => row.ParticipantId == child && row.GuardianId == guardianId && row.Purpose == purpose && row.EndedAt == null, cancellationToken);
        if (others && !known)
        {
            session.Rows.Insert(new ConsentObjection
            {
                ParticipantId = child,
                GuardianId = guardianId,
                Purpose = purpose,
                TextVersion = Consent.CurrentTextVersion,
                SaidAt = now,
            });
        }
        return await FollowAsync(session, child, purpose, given: false, cancellationToken);
    }

    private Task<int> EndObjectionsAsync(WriteSession session, int child, int guardianId, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return session.Db.Set<ConsentObjection>().IgnoreQueryFilters()
            .Where(row => row.ParticipantId == child && row.GuardianId == guardianId && row.Purpose == purpose && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
    }

    /// <summary>
    /// All live enrollments of the child that the consent holds good for, also those at another site: the consent is the child's.
    /// </summary>
    private async Task<string[]> FollowAsync(
        WriteSession session, int child, ConsentPurpose purpose, bool given, CancellationToken cancellationToken)
    {
        if (purpose != ConsentPurpose.Participation) return [];
        var sites = await session.Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Slot == 0)
            .Select(row => row.SiteId).Distinct().OrderBy(site => site).ToListAsync(cancellationToken);
        foreach (var site in sites) await desk.LockSiteAsync(session, site, cancellationToken);
        var rows = await session.Db.Set<Enrollment>().IgnoreQueryFilters().AsTracking()
            .Where(row => row.ParticipantId == child && row.Slot == 0).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var followed = new List<(Enrollment Row, Standing Before)>();
        foreach (var row in rows)
        {
            var before = Standing.Of(row);
            if ((!given || await StandingConsents.CoverAsync(session.Db, row, cancellationToken)) && row.FollowConsent(given)) followed.Add((row, before));
        }
        await session.Db.SaveChangesAsync(cancellationToken);
        foreach (var (row, before) in followed)
            desk.Note(session, row, before, given ? EnrollmentAct.ConsentGiven : EnrollmentAct.ConsentWithdrawn);
        return [.. followed.Select(pair => OpaqueId.Enrollment(pair.Row.Id))];
    }
}
