using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Enrollments;

/// <summary>
/// Writes one registration with plain inserts: the hottest path of the system. The scope comes as a parameter and decides which
/// group is within reach; looking for duplicates spans the country.
/// </summary>
/// <param name="session">The change.</param>
/// <param name="scope">The caller's scope.</param>
public sealed class RegistrationStore(WriteSession session, AccessScope scope)
{
    /// <summary>Code of the inner refusal that asks for a group key; never leaves the handler.</summary>
    public const string NeedsGroup = "needsGroup";

    private static readonly Func<TrainingDbContext, int, int, Task<Group?>> FirstWithPlace =
        EF.CompileAsyncQuery((TrainingDbContext db, int siteId, int editionId) => db.Set<Group>().AsNoTracking()
            .Where(row => row.SiteId == siteId && row.EditionId == editionId && row.Taken < row.Capacity)
            .OrderBy(row => row.Id).FirstOrDefault());

    private static readonly Func<TrainingDbContext, int, Task<Group?>> ById =
        EF.CompileAsyncQuery((TrainingDbContext db, int id) => db.Set<Group>().AsNoTracking().FirstOrDefault(row => row.Id == id));

    private static readonly Func<TrainingDbContext, string, IAsyncEnumerable<KnownGuardian>> ByPhone =
        EF.CompileAsyncQuery((TrainingDbContext db, string phone) => db.Set<Guardian>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Phone == phone).Select(row => new KnownGuardian(row.Id, row.Name)));

    private TrainingDbContext Db => session.Db;

    /// <summary>Writes the registration, or refuses and leaves nothing.</summary>
    public async Task<Result<(Participant Participant, Enrollment Enrollment)>> WriteAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        var child = await ChildAsync(order, cancellationToken);
        if (!child.Succeeded) return child.Error;
        var group = await TakePlaceAsync(order, cancellationToken);
        if (!group.Succeeded) return group.Error;

        var participant = child.Value.Child;
        if (child.Value.IsNew) session.Rows.Insert(participant);
        var guardianIds = await TieGuardiansAsync(order, participant.Id, child.Value.IsNew, cancellationToken);
        for (var i = 0; i < order.Registration.Consents.Count; i++)
        {
            var consent = order.Registration.Consents[i];
            session.Rows.Insert(consent.Record(order.ConsentIds[i], participant.Id, guardianIds[consent.Guardian], order.Now));
        }
        var enrollment = order.Registration.Enroll(order.EnrollmentId, participant.Id, group.Value.Group, group.Value.HasPlace, order.Now);
        session.Rows.Insert(enrollment);
        return (participant, enrollment);
    }

    private async Task<Result<(Participant Child, bool IsNew)>> ChildAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        var search = new DuplicateSearch(Db, scope);
        if (order.SameAs is { } known)
        {
            var child = await Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == known, cancellationToken);
            if (child is null || !await search.IsPlausibleAsync(order.Registration, child, cancellationToken))
                return Error.NotFound("participantNotFound");
            var enrolled = await Db.Set<Enrollment>().IgnoreQueryFilters()
                .AnyAsync(row => row.ParticipantId == known && row.EditionId == order.Edition.Id && row.Slot == 0, cancellationToken);
            return enrolled ? Error.Conflict("alreadyEnrolled") : (child, false);
        }
        if (!order.IsNotADuplicate)
        {
            var candidates = await search.FindAsync(order.Registration, cancellationToken);
            if (candidates.Count > 0) return Error.Conflict("possibleDuplicate") with { Details = candidates };
        }
        var hash = ClaimCode.Derive(order.ClaimSecret, order.ParticipantId, issue: 1).LookupHash();
        return (order.Registration.OpenFile(order.ParticipantId, hash, order.Now), true);
    }

    private async Task<Result<(Group Group, bool HasPlace)>> TakePlaceAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        if (order.GroupId is { } asked)
        {
            var group = await ById(Db, asked);
            if (group is null || group.SiteId != order.Site.Id || group.EditionId != order.Edition.Id) return Error.NotFound("groupNotFound");
            return (group, await RaiseAsync(group.Id, cancellationToken));
        }
        if (await FirstWithPlace(Db, order.Site.Id, order.Edition.Id) is { } open && await RaiseAsync(open.Id, cancellationToken))
            return (open, true);
        if (order.NewGroupId is not { } id) return Error.Of(ErrorKind.Busy, NeedsGroup);

        var number = await Db.Set<Group>().CountAsync(row => row.SiteId == order.Site.Id && row.EditionId == order.Edition.Id, cancellationToken) + 1;
        var opened = new Group
        {
            Id = id,
            SiteId = order.Site.Id,
            RegionId = order.Site.RegionId,
            EditionId = order.Edition.Id,
            Name = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Capacity = order.Edition.DefaultGroupCapacity,
            Taken = 1,
        };
        session.Rows.Insert(opened);
        return (opened, true);
    }

    private async Task<bool> RaiseAsync(int groupId, CancellationToken cancellationToken) =>
        await Db.Set<Group>().Where(row => row.Id == groupId && row.Taken < row.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Taken, row => row.Taken + 1), cancellationToken) == 1;

    private async Task<int[]> TieGuardiansAsync(RegistrationOrder order, int participantId, bool isNewChild, CancellationToken cancellationToken)
    {
        var guardians = order.Registration.Guardians;
        var ids = new int[guardians.Count];
        var position = 1;
        for (var i = 0; i < guardians.Count; i++)
        {
            ids[i] = await GuardianAsync(guardians[i], order.GuardianIds[i], order.Now, cancellationToken);
            var known = !isNewChild && await Db.Set<Guardianship>().IgnoreQueryFilters()
                .AnyAsync(tie => tie.ParticipantId == participantId && tie.GuardianId == ids[i], cancellationToken);
            if (known || Array.IndexOf(ids, ids[i], 0, i) >= 0) continue;
            session.Rows.Insert(new Guardianship
            {
                ParticipantId = participantId,
                GuardianId = ids[i],
                Relationship = guardians[i].Relationship,
                Position = position++,
            });
        }
        return ids;
    }

    /// <summary>The same phone and the same name, spelling aside, is the same guardian; a phone alone never is.</summary>
    private async Task<int> GuardianAsync(CheckedGuardian guardian, int newId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!guardian.Phone.IsEmpty)
        {
            await foreach (var known in ByPhone(Db, guardian.Phone.ToString()).WithCancellation(cancellationToken))
            {
                if (NameKeys.SearchSkeletons(known.Name) == NameKeys.SearchSkeletons(guardian.Name)) return known.Id;
            }
        }
        session.Rows.Insert(guardian.Record(newId, now));
        return newId;
    }

    private sealed record KnownGuardian(int Id, string Name);
}
