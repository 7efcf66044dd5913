using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.Data.Registry;
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

    /// <summary>
    /// Key under which a chunk of a list waits for everybody who registers, moves or merges children, and they for it: the chunk holds
    /// it, the others share it. So neither misses a child whom the other is just writing.
    /// </summary>
    public const string AllChildren = "children";

    private const string FirstWithPlace =
        "SELECT MIN(\"Id\") FROM \"Groups\" WHERE \"SiteId\" = @p0 AND \"EditionId\" = @p1 AND \"Taken\" < \"Capacity\" AND " + SitePlaces.NobodyWaits;

    private const string FirstOfSite = "SELECT MIN(\"Id\") FROM \"Groups\" WHERE \"SiteId\" = @p0 AND \"EditionId\" = @p1 AND \"Capacity\" > 0";

    private const string GroupsOfSite = "SELECT COUNT(*) FROM \"Groups\" WHERE \"SiteId\" = @p0 AND \"EditionId\" = @p1";
    private const string GroupsNamed = GroupsOfSite + " AND \"Name\" = @p2";

    private const string GuardiansByPhone = "SELECT \"Id\", \"Name\" FROM \"Guardians\" WHERE \"Phone\" = @p0";

    private TrainingDbContext Db => session.Db;

    /// <summary>Writes the registration, or refuses and leaves nothing.</summary>
    public async Task<Result<(Participant Participant, Enrollment Enrollment)>> WriteAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        var child = await ChildAsync(order, cancellationToken);
        if (!child.Succeeded) return child.Error;
        var different = order is { IsNotADuplicate: true, SameAs: null }
            ? await new DuplicateSearch(session, scope).DifferentAsync(order.Registration, order.ParticipantId, order.Caller, order.Now, cancellationToken)
            : [];
        var group = await TakePlaceAsync(order, cancellationToken);
        if (!group.Succeeded) return group.Error;

        var participant = child.Value.Child;
        if (child.Value.IsNew) Insert(participant);
        if (different.Count > 0) await new PairMemory(session).RememberNewAsync(different, cancellationToken);
        var guardianIds = await TieGuardiansAsync(order, participant.Id, child.Value.IsNew, cancellationToken);
        var signed = order.Registration.Consents
            .Select((consent, i) => consent.Record(order.ConsentIds[i], participant.Id, guardianIds[consent.Guardian], order.Now)).ToList();
        if (!child.Value.IsNew && await LeaveOutAsync(order, participant.Id, signed, cancellationToken) is { } older) return older;
        foreach (var consent in signed) session.Rows.Insert(consent);
        var enrollment = order.Registration.Enroll(order.EnrollmentId, participant.Id, group.Value.Group, group.Value.HasPlace, order.Now);
        if (!child.Value.IsNew && enrollment.Status != EnrollmentStatus.Waitlisted)
        {
            var covered = await StandingConsents.CoverAsync(Db, enrollment, signed, cancellationToken);
            enrollment.Status = covered ? EnrollmentStatus.Active : EnrollmentStatus.AwaitingConsent;
        }
        session.Rows.Insert(enrollment);
        session.Rows.Insert(EnrollmentChange.Registered(enrollment, order.Caller));
        return (participant, enrollment);
    }

    private async Task<Result<(Participant Child, bool IsNew)>> ChildAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        var search = new DuplicateSearch(session, scope);
        if (order.SameAs is { } known)
        {
            var child = await Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == known, cancellationToken);
            if (child is null || !await search.IsPlausibleAsync(order.Registration, child, cancellationToken))
                return Error.NotFound("participantNotFound");
            var enrolled = await Db.Set<Enrollment>().IgnoreQueryFilters()
                .AnyAsync(row => row.ParticipantId == known && row.EditionId == order.Edition.Id && row.Slot == 0, cancellationToken);
            if (enrolled) return Error.Conflict("alreadyEnrolled");
            await FilledParts.FillAsync(Db, child, order.Registration, order.Now, cancellationToken);
            return (child, false);
        }
        if (!order.IsNotADuplicate)
        {
            var candidates = await search.FindAsync(order.Registration, cancellationToken);
            if (candidates.Count > 0) return Error.Conflict("possibleDuplicate") with { Details = candidates };
        }
        return (order.Registration.OpenFile(order.ParticipantId, order.ClaimHash, order.Now), true);
    }

    private void Insert(Participant child)
    {
        session.Rows.Insert(child);
        session.Birthdays?.Registered(child);
    }

    private async Task<Result<(Group Group, bool HasPlace)>> TakePlaceAsync(RegistrationOrder order, CancellationToken cancellationToken)
    {
        if (order.GroupId is { } asked)
        {
            var group = await Db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == asked, cancellationToken);
            if (group is null || group.SiteId != order.Site.Id || group.EditionId != order.Edition.Id) return Error.NotFound("groupNotFound");
            return (group, SitePlaces.TakeAsNewcomer(session.Sql, group.Id));
        }
        var first = FirstGroup(FirstWithPlace, order);
        if (first is { } free && SitePlaces.TakeAsNewcomer(session.Sql, free)) return (GroupOf(order, free), true);
        // A full site opens no further group: the child waits where a place may come free.
        if (SitePlaces.IsClosed(session.Sql, order.Site.Id, order.Edition.Id) && (first ?? FirstGroup(FirstOfSite, order)) is { } list)
            return (GroupOf(order, list), false);
        if (order.NewGroupId is not { } id) return Error.Of(ErrorKind.Busy, NeedsGroup);

        var opened = GroupOf(order, id);
        opened.Name = FreeName(order);
        opened.Taken = 1;
        session.Rows.Insert(opened);
        return (opened, true);
    }

    /// <summary>The first number that no group of the site bears; people name groups as they like, also "2".</summary>
    private string FreeName(RegistrationOrder order)
    {
        var number = 1 + Count(GroupsOfSite, order.Site.Id, order.Edition.Id);
        string name;
        do name = number++.ToString(CultureInfo.InvariantCulture);
        while (Count(GroupsNamed, order.Site.Id, order.Edition.Id, name) > 0);
        return name;
    }

    private int Count(string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = session.Sql.Query(sql, values);
        return rows.Next() ? rows.Number(0) : 0;
    }

    private int? FirstGroup(string sql, RegistrationOrder order)
    {
        using var rows = session.Sql.Query(sql, order.Site.Id, order.Edition.Id);
        return rows.Next() && !rows.IsNull(0) ? rows.Number(0) : null;
    }

    private static Group GroupOf(RegistrationOrder order, int id) => new()
    {
        Id = id,
        SiteId = order.Site.Id,
        RegionId = order.Site.RegionId,
        EditionId = order.Edition.Id,
        Name = "",
        Capacity = order.Edition.DefaultGroupCapacity,
    };

    /// <summary>
    /// Takes out the papers that add nothing to a consent that stands. Where none stands, one signed before a withdrawal is refused: the
    /// guardian has taken back what it says.
    /// </summary>
    private async Task<Error?> LeaveOutAsync(RegistrationOrder order, int child, List<Consent> signed, CancellationToken cancellationToken)
    {
        var known = await KnownConsents.LoadAsync(Db, [child], cancellationToken);
        var faults = new Faults();
        for (var i = 0; i < signed.Count; i++)
        {
            if (!known.Stands(child, signed[i].Purpose) && known.Refusal(signed[i], order.DayOf) is { } refusal) faults.Add($"consents[{i}].givenOn", refusal);
        }
        signed.RemoveAll(consent => known.Refusal(consent, order.DayOf) is not null);
        return faults.None ? null : faults.ToError();
    }

    private async Task<int[]> TieGuardiansAsync(RegistrationOrder order, int participantId, bool isNewChild, CancellationToken cancellationToken)
    {
        var guardians = order.Registration.Guardians;
        var ids = new int[guardians.Count];
        var last = isNewChild ? null : await Db.Set<Guardianship>().IgnoreQueryFilters()
            .Where(tie => tie.ParticipantId == participantId).MaxAsync(tie => (int?)tie.Position, cancellationToken);
        var position = (last ?? 0) + 1;
        for (var i = 0; i < guardians.Count; i++)
        {
            ids[i] = GuardianOf(guardians[i], order.GuardianIds[i], order.Now);
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
    private int GuardianOf(CheckedGuardian guardian, int newId, DateTimeOffset now)
    {
        if (!guardian.Phone.IsEmpty)
        {
            using var rows = session.Sql.Query(GuardiansByPhone, guardian.Phone.ToString());
            while (rows.Next())
            {
                if (NameKeys.SearchSkeletons(rows.Text(1)) == NameKeys.SearchSkeletons(guardian.Name)) return rows.Number(0);
            }
        }
        session.Rows.Insert(guardian.Record(newId, now));
        return newId;
    }
}
