using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>
/// Undoes a merge: what <see cref="MergeFiles"/> wrote down goes back as it was; what came after stays with the surviving file and is
/// listed. The last merge of a file is undone first, since a later one may stand on what the earlier one moved.
/// </summary>
/// <param name="session">The change; changes that merge or separate must wait for each other.</param>
/// <param name="scope">The caller's scope: every enrollment of the child must lie in it.</param>
public sealed class SeparateFiles(WriteSession session, AccessScope scope)
{
    private TrainingDbContext Db => session.Db;

    /// <summary>Separates, or refuses and leaves nothing.</summary>
    public async Task<Result<Separation>> SeparateAsync(Merge merge, string by, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LaterAsync(merge, cancellationToken) is { } later)
            return Error.Conflict("mergeNotLast", ("participant", ParticipantCode.FromKey(later.RetiredId).ToString()), ("into", ParticipantCode.FromKey(later.SurvivorId).ToString()));
        var enrollments = await Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.ParticipantId == merge.SurvivorId).ToListAsync(cancellationToken);
        if (!enrollments.TrueForAll(row => scope.Covers(row.SiteId, row.RegionId))) return Error.Rule("pairAcrossRegions");

        var moves = await Db.Set<MergeMove>().IgnoreQueryFilters().AsNoTracking().Where(row => row.MergeId == merge.Id).ToListAsync(cancellationToken);
        var returned = Rows(moves, MovedThing.Enrollment);
        await BringBackAsync(merge, moves, returned, cancellationToken);
        await BringGuardiansBackAsync(merge, moves, cancellationToken);
        var (reopened, notReopened, overfull) = await ReopenAsync(moves, by, now, cancellationToken);
        await AskForConsentAgainAsync(moves, cancellationToken);
        await new PairHandover(session).GiveBackAsync(merge, moves, cancellationToken);

        merge.Undo(by, why, now);
        Db.Update(merge);
        await Db.SaveChangesAsync(cancellationToken);
        return await ListKeptAsync(new Separation(merge, returned, reopened, notReopened, overfull, [], [], 0, 0), cancellationToken);
    }

    /// <summary>A merge that stands on this one; null when this is the last.</summary>
    private Task<Merge?> LaterAsync(Merge merge, CancellationToken cancellationToken) => Db.Set<Merge>().IgnoreQueryFilters().AsNoTracking()
        .Where(row => row.Slot == 0 && row.Id != merge.Id
            && (row.RetiredId == merge.SurvivorId || (row.SurvivorId == merge.SurvivorId && row.Id > merge.Id)))
        .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    private async Task BringBackAsync(Merge merge, List<MergeMove> moves, int[] returned, CancellationToken cancellationToken)
    {
        await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => returned.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, merge.RetiredId), cancellationToken);
        await Db.Set<Certificate>().IgnoreQueryFilters().Where(row => returned.Contains(row.EnrollmentId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, merge.RetiredId), cancellationToken);
        var consents = Rows(moves, MovedThing.Consent);
        await Db.Set<Consent>().IgnoreQueryFilters().Where(row => consents.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, merge.RetiredId), cancellationToken);
        var aliases = Rows(moves, MovedThing.Alias);
        await Db.Set<Participant>().IgnoreQueryFilters().Where(row => aliases.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, merge.RetiredId), cancellationToken);
        await Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == merge.RetiredId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.MergedIntoId, (int?)null).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);

        var files = await Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Id == merge.SurvivorId || row.Id == merge.RetiredId).ToDictionaryAsync(row => row.Id, cancellationToken);
        FilledParts.GiveBack(files[merge.SurvivorId], files[merge.RetiredId], merge.Filled);
        await FilledParts.SaveAsync(Db, files[merge.SurvivorId], cancellationToken);
    }

    private async Task BringGuardiansBackAsync(Merge merge, List<MergeMove> moves, CancellationToken cancellationToken)
    {
        var moved = Rows(moves, MovedThing.Guardian);
        await Db.Set<Guardianship>().IgnoreQueryFilters()
            .Where(row => row.ParticipantId == merge.SurvivorId && moved.Contains(row.GuardianId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var move in moves.Where(move => move.Thing is MovedThing.Guardian or MovedThing.SharedGuardian))
        {
            session.Rows.Insert(new Guardianship
            {
                ParticipantId = merge.RetiredId,
                GuardianId = move.RowId,
                Relationship = (Relationship)move.Extra,
                Position = move.Before,
            });
        }
    }

    /// <summary>Enrollments that the merge had ended live again, each where its child is now, even when the group has filled meanwhile.</summary>
    private async Task<(int[] Reopened, int[] NotReopened, int[] Overfull)> ReopenAsync(
        List<MergeMove> moves, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var move in moves.Where(move => move.Thing == MovedThing.ForwardedEnrollment))
        {
            await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id == move.RowId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, move.Before), cancellationToken);
        }
        List<int> reopened = [], notReopened = [], overfull = [];
        foreach (var move in moves.Where(move => move.Thing == MovedThing.EndedEnrollment))
        {
            var ended = await Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.Id == move.RowId, cancellationToken);
            var anew = await Db.Set<Enrollment>().IgnoreQueryFilters().AnyAsync(
                row => row.ParticipantId == ended.ParticipantId && row.EditionId == ended.EditionId && row.Slot == 0, cancellationToken);
            if (anew || ended.EndReason != Enrollment.Merged)
            {
                notReopened.Add(ended.Id);
                continue;
            }
            var status = (EnrollmentStatus)move.Before;
            await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id == ended.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, status).SetProperty(row => row.Slot, 0)
                    .SetProperty(row => row.EndedAt, (DateTimeOffset?)null).SetProperty(row => row.EndReason, (string?)null)
                    .SetProperty(row => row.MergedIntoId, (int?)null).SetProperty(row => row.Version, row => row.Version + 1),
                cancellationToken);
            session.Rows.Insert(new EnrollmentChange
            {
                EnrollmentId = ended.Id, Version = ended.Version + 1, Act = EnrollmentAct.Separated, By = by, At = now,
                FromSiteId = ended.SiteId, FromGroupId = ended.GroupId, FromStatus = ended.Status,
                ToSiteId = ended.SiteId, ToGroupId = ended.GroupId, ToStatus = status,
            });
            reopened.Add(ended.Id);
            if (status is EnrollmentStatus.Active or EnrollmentStatus.AwaitingConsent && await TakePlaceAsync(ended.GroupId, cancellationToken))
                overfull.Add(ended.GroupId);
        }
        return ([.. reopened], [.. notReopened], [.. overfull.Distinct()]);
    }

    /// <returns>True when the group has more children than places now.</returns>
    private async Task<bool> TakePlaceAsync(int groupId, CancellationToken cancellationToken)
    {
        var group = Db.Set<Group>().IgnoreQueryFilters().Where(row => row.Id == groupId);
        await group.ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken + 1), cancellationToken);
        return await group.AnyAsync(row => row.Taken > row.Capacity, cancellationToken);
    }

    /// <summary>An enrollment that was active by the other file's consent waits for its own again.</summary>
    private async Task AskForConsentAgainAsync(List<MergeMove> moves, CancellationToken cancellationToken)
    {
        foreach (var id in Rows(moves, MovedThing.ConsentedEnrollment))
        {
            var enrollment = await Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            if (await StandingConsents.CoverAsync(Db, enrollment, cancellationToken)) continue;
            await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id == id && row.Status == EnrollmentStatus.Active).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, EnrollmentStatus.AwaitingConsent).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        }
    }

    private async Task<Separation> ListKeptAsync(Separation separation, CancellationToken cancellationToken)
    {
        var (child, since) = (separation.Merge.SurvivorId, separation.Merge.MergedAt);
        return separation with
        {
            KeptEnrollments = await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.EnrolledAt > since)
                .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken),
            KeptCertificates = await Db.Set<Certificate>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.EarnedAt > since)
                .OrderBy(row => row.Id).Select(row => row.Number).ToListAsync(cancellationToken),
            KeptConsents = await Db.Set<Consent>().IgnoreQueryFilters().CountAsync(row => row.ParticipantId == child && row.RecordedAt > since, cancellationToken),
            KeptGuardians = await (from tie in Db.Set<Guardianship>().IgnoreQueryFilters()
                                   join guardian in Db.Set<Guardian>().IgnoreQueryFilters() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == child && guardian.CreatedAt > since
                                   select guardian.Id).CountAsync(cancellationToken),
        };
    }

    private static int[] Rows(IEnumerable<MergeMove> moves, MovedThing thing) => [.. moves.Where(move => move.Thing == thing).Select(move => move.RowId)];
}
