using Microsoft.EntityFrameworkCore;
using Training.Data.Attendance;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Notifications;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Registry;

/// <summary>
/// Makes one file of two, in one change. Everything of the ended file goes over to the surviving one and is written down, so that
/// <see cref="SeparateFiles"/> can bring it back. No row is deleted except a guardian's second tie to the same child.
/// </summary>
/// <param name="session">The change; changes that merge or separate must wait for each other.</param>
/// <param name="scope">The caller's scope: every enrollment of both files must lie in it.</param>
public sealed class MergeFiles(WriteSession session, AccessScope scope)
{
    /// <summary>
    /// What belongs to a child and is dealt with here. Readings stay with the file that was read: they say who saw which paper. A
    /// decision about a row of a list stays too: the commit sees that its file was merged and asks again; so does a
    /// notice, whose sender follows the file to the one that goes on. A test finds every other
    /// entity that names a participant. Corrections stay with the file that was corrected. Requests stay with the file they were made for; a nameless file is nobody's.
    /// </summary>
    public static IReadOnlyList<Type> Covered { get; } =
        [typeof(Enrollment), typeof(Certificate), typeof(Consent), typeof(Guardianship), typeof(FileReading),
            typeof(ImportDecision), typeof(Notice), typeof(OneTimeCode), typeof(PersonalLink), typeof(ViewOnlyGuardian), typeof(ConsentObjection),
            typeof(RightsRequest), typeof(NamelessFile), typeof(FileCorrection)];

    private readonly List<MergeMove> moves = [];

    private TrainingDbContext Db => session.Db;

    /// <summary>Merges, or refuses and leaves nothing.</summary>
    public async Task<Result<Merge>> MergeAsync(MergeOrder order, CancellationToken cancellationToken)
    {
        var files = await Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Id == order.SurvivorId || row.Id == order.RetiredId).ToDictionaryAsync(row => row.Id, cancellationToken);
        if (files.Count != 2) return Error.NotFound("participantNotFound");
        if (files.Values.Any(file => file.MergedIntoId is not null)) return Error.Conflict("alreadyMerged");
        // What is proposed for one file must not come to rest in another.
        if (await Db.Set<FileCorrection>().IgnoreQueryFilters().AnyAsync(
                row => (row.ParticipantId == order.SurvivorId || row.ParticipantId == order.RetiredId) && row.Status == CorrectionStatus.Proposed, cancellationToken))
            return Error.Conflict("correctionWaits");
        var (survivor, retired) = (files[order.SurvivorId], files[order.RetiredId]);
        var enrollments = await Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.ParticipantId == order.SurvivorId || row.ParticipantId == order.RetiredId).ToListAsync(cancellationToken);
        if (!enrollments.TrueForAll(row => scope.Covers(row.SiteId, row.RegionId))) return Error.Rule("pairAcrossRegions");

        foreach (var edition in enrollments.Where(row => row.IsLive).GroupBy(row => row.EditionId).Where(edition => edition.Count() > 1))
            await EndOneAsync(order, [.. edition], cancellationToken);
        await MoveAsync(order, enrollments, cancellationToken);
        await MoveGuardiansAsync(order, cancellationToken);
        await PassConsentOnAsync(order, cancellationToken);
        var filled = await RetireAsync(order, survivor, retired, cancellationToken);
        await new PairHandover(session).TakeOverAsync(order, moves, cancellationToken);

        var merge = new Merge
        {
            Id = order.MergeId,
            SurvivorId = order.SurvivorId,
            RetiredId = order.RetiredId,
            Filled = filled,
            MergedBy = order.By,
            MergedAt = order.Now,
            Why = order.Why,
        };
        session.Rows.Insert(merge);
        await session.Rows.InsertAllAsync(moves, cancellationToken);
        return merge;
    }

    /// <summary>Of two live enrollments in one edition the one with a place goes on, then the one with more attendance, then the surviving file's own.</summary>
    private async Task EndOneAsync(MergeOrder order, Enrollment[] both, CancellationToken cancellationToken)
    {
        var marks = new Dictionary<int, int>();
        foreach (var row in both)
            marks[row.Id] = await MarksByEnrollment.In(Db).IgnoreQueryFilters().CountAsync(found => found.EnrollmentId == row.Id, cancellationToken);
        var ranked = both.OrderByDescending(row => row.HoldsPlace).ThenByDescending(row => marks[row.Id])
            .ThenByDescending(row => row.ParticipantId == order.SurvivorId).ToArray();
        var (kept, ended) = (ranked[0], ranked[1]);

        var earlier = await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.MergedIntoId == ended.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in earlier) Note(order, MovedThing.ForwardedEnrollment, id, before: ended.Id);
        await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.MergedIntoId == ended.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, kept.Id), cancellationToken);
        await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id == ended.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, EnrollmentStatus.Withdrawn).SetProperty(row => row.Slot, row => row.Id)
                .SetProperty(row => row.EndedAt, order.Now).SetProperty(row => row.EndReason, Enrollment.Merged)
                .SetProperty(row => row.OfferExpiresAt, (DateTimeOffset?)null)
                .SetProperty(row => row.MergedIntoId, kept.Id).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        Note(order, MovedThing.EndedEnrollment, ended.Id, before: (int)ended.Status);
        session.Rows.Insert(new EnrollmentChange
        {
            EnrollmentId = ended.Id, Version = ended.Version + 1, Act = EnrollmentAct.Merged, By = order.By, At = order.Now,
            FromSiteId = ended.SiteId, FromGroupId = ended.GroupId, FromStatus = ended.Status,
            ToSiteId = ended.SiteId, ToGroupId = ended.GroupId, ToStatus = EnrollmentStatus.Withdrawn,
        });
        if (!ended.HoldsPlace) return;
        await Db.Set<Group>().IgnoreQueryFilters().Where(row => row.Id == ended.GroupId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken - 1), cancellationToken);
    }

    private async Task MoveAsync(MergeOrder order, List<Enrollment> enrollments, CancellationToken cancellationToken)
    {
        foreach (var row in enrollments.Where(row => row.ParticipantId == order.RetiredId)) Note(order, MovedThing.Enrollment, row.Id);
        await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == order.RetiredId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, order.SurvivorId), cancellationToken);
        await Db.Set<Certificate>().IgnoreQueryFilters().Where(row => row.ParticipantId == order.RetiredId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, order.SurvivorId), cancellationToken);
        var consents = await Db.Set<Consent>().IgnoreQueryFilters().Where(row => row.ParticipantId == order.RetiredId).Select(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in consents) Note(order, MovedThing.Consent, id);
        await Db.Set<Consent>().IgnoreQueryFilters().Where(row => row.ParticipantId == order.RetiredId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, order.SurvivorId), cancellationToken);
    }

    private async Task MoveGuardiansAsync(MergeOrder order, CancellationToken cancellationToken)
    {
        var ties = await Db.Set<Guardianship>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.ParticipantId == order.SurvivorId || row.ParticipantId == order.RetiredId)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
        var own = ties.Where(tie => tie.ParticipantId == order.SurvivorId).ToDictionary(tie => tie.GuardianId);
        var position = own.Values.Select(tie => tie.Position).DefaultIfEmpty().Max();
        foreach (var tie in ties.Where(tie => tie.ParticipantId == order.RetiredId))
        {
            var shared = own.ContainsKey(tie.GuardianId);
            Note(order, shared ? MovedThing.SharedGuardian : MovedThing.Guardian, tie.GuardianId, tie.Position, (int)tie.Relationship);
            if (shared) continue;
            session.Rows.Insert(new Guardianship
            {
                ParticipantId = order.SurvivorId,
                GuardianId = tie.GuardianId,
                Relationship = tie.Relationship,
                Position = ++position,
            });
        }
        await Db.Set<Guardianship>().IgnoreQueryFilters().Where(row => row.ParticipantId == order.RetiredId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>A consent is the child's, whichever file it was written in.</summary>
    private async Task PassConsentOnAsync(MergeOrder order, CancellationToken cancellationToken)
    {
        var waiting = new List<int>();
        foreach (var row in await Db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking().Where(row => row.ParticipantId == order.SurvivorId
            && row.Slot == 0 && row.Status == EnrollmentStatus.AwaitingConsent).ToListAsync(cancellationToken))
        {
            if (await StandingConsents.CoverAsync(Db, row, cancellationToken)) waiting.Add(row.Id);
        }
        foreach (var id in waiting) Note(order, MovedThing.ConsentedEnrollment, id, (int)EnrollmentStatus.AwaitingConsent);
        await Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => waiting.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, EnrollmentStatus.Active).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }

    /// <summary>Ends the one file, lets every code that led to it lead on, and gives the other what it lacked.</summary>
    private async Task<FileParts> RetireAsync(MergeOrder order, Participant survivor, Participant retired, CancellationToken cancellationToken)
    {
        foreach (var id in await ParticipantAliases.OfAsync(Db, order.RetiredId, cancellationToken)) Note(order, MovedThing.Alias, id);
        await Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.MergedIntoId == order.RetiredId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, order.SurvivorId), cancellationToken);
        await Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == order.RetiredId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.MergedIntoId, order.SurvivorId).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        var filled = FilledParts.Missing(survivor, retired);
        FilledParts.Take(survivor, retired, filled);
        await FilledParts.SaveAsync(Db, survivor, cancellationToken);
        return filled;
    }

    private void Note(MergeOrder order, MovedThing thing, int rowId, int before = 0, int extra = 0) =>
        moves.Add(new MergeMove { MergeId = order.MergeId, Thing = thing, RowId = rowId, Before = before, Extra = extra });
}
