using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Data.Enrollments;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle.RollOver;

/// <summary>Makes the enrollments of youths who are taken over, and opens the groups they come with. The caller holds the site's lock.</summary>
internal sealed class YouthCarrier(EnrollmentDesk desk, ConsentBook consents, KeyAllocator keys, ReadDb db, TimeProvider time)
{
    /// <summary>First keys of what may be written.</summary>
    internal sealed record Keys(int Enrollment, int Consent, int Group);

    /// <summary>Reserves the keys, before the change begins.</summary>
    public async Task<Keys> ReserveAsync(RollOverPlace place, IReadOnlyList<TakeOver.Child> children, CancellationToken cancellationToken)
    {
        var groups = await db.Set<Group>().CountAsync(row => row.SiteId == place.Site.Id && row.EditionId == place.From.Id, cancellationToken);
        return new Keys(
            await keys.ReserveAsync<Enrollment>(children.Count, cancellationToken),
            await keys.ReserveAsync<Consent>(children.Count, cancellationToken),
            await keys.ReserveAsync<Group>(Math.Max(1, groups), cancellationToken));
    }

    /// <summary>Takes each over, or says why not; in their order.</summary>
    public async Task<IReadOnlyList<Result<Enrollment>>> CarryAsync(
        WriteSession session, RollOverPlace place, IReadOnlyList<TakeOver.Child> children, Keys first, CancellationToken cancellationToken)
    {
        var world = await World.ReadAsync(session, place, children, first.Group, cancellationToken);
        var carried = new Result<Enrollment>[children.Count];
        for (var i = 0; i < carried.Length; i++)
        {
            carried[i] = await CarryAsync(session, place, world, children[i], first.Enrollment + i, first.Consent + i, cancellationToken);
            if (carried[i].Succeeded) world.Enrolled.Add(carried[i].Value.ParticipantId);
        }
        return carried;
    }

    private async Task<Result<Enrollment>> CarryAsync(
        WriteSession session, RollOverPlace place, World world, TakeOver.Child child, int key, int consentKey, CancellationToken cancellationToken)
    {
        if (!world.Before.TryGetValue(OpaqueId.ParseEnrollment(child.Enrollment) ?? 0, out var found)) return Error.NotFound("enrollmentNotFound");
        var (before, birthDate) = found;
        if (world.Enrolled.Contains(before.ParticipantId)) return Error.Conflict("alreadyEnrolled");
        if (Registration.Eligibility(place.To, birthDate, time.Today()) is { } refusal) return refusal;
        if (await SignatureRefusalAsync(session, before.ParticipantId, child.Consent, cancellationToken) is { } unsigned) return unsigned;
        if (world.GroupFor(session, place, before.GroupId, child.Group) is not { } group) return Error.NotFound("groupNotFound");

        var hasPlace = await WaitingList.IsOpenToNewcomersAsync(session, group, cancellationToken)
            && SitePlaces.Take(session.Sql, group);
        var carried = new Enrollment
        {
            Id = key,
            ParticipantId = before.ParticipantId,
            EditionId = place.To.Id,
            SiteId = place.Site.Id,
            RegionId = place.Site.RegionId,
            GroupId = group,
            Status = hasPlace ? EnrollmentStatus.AwaitingConsent : EnrollmentStatus.Waitlisted,
            EnrolledAt = time.GetUtcNow(),
        };
        session.Rows.Insert(carried);
        desk.Note(session, carried, Standing.Of(before), EnrollmentAct.RolledOver);
        if (child.Consent is null) return carried;
        await consents.GiveAsync(
            session, before.ParticipantId, child.Consent.Guardian, ConsentPurpose.Participation, child.Consent.GivenOn!.Value, consentKey, cancellationToken);
        return await session.Db.Set<Enrollment>().AsNoTracking().SingleAsync(row => row.Id == key, cancellationToken);
    }

    /// <summary>The fault itself: a child's answer names no field of the request.</summary>
    private static async Task<Error?> SignatureRefusalAsync(
        WriteSession session, int participant, TakeOver.SignedConsent? signed, CancellationToken cancellationToken)
    {
        if (signed is null) return null;
        var check = await ConsentBook.CheckAsync(session, participant, signed.Guardian, ConsentPurpose.Participation, signed.GivenOn!.Value, cancellationToken);
        return check.Error?.Fields?.Values.First()[0] is { } fault ? new Error(ErrorKind.Conflict, fault.Code) { Facts = fault.Facts } : null;
    }

    /// <summary>What the whole request needs of the database, read once.</summary>
    private sealed class World
    {
        private readonly Dictionary<int, Group> groupsBefore;
        private readonly Dictionary<int, string> groups;
        private int nextGroup;

        private World(Dictionary<int, Group> groupsBefore, Dictionary<int, string> groups, int nextGroup) =>
            (this.groupsBefore, this.groups, this.nextGroup) = (groupsBefore, groups, nextGroup);

        /// <summary>The enrollments asked for that the caller sees, with the birth date.</summary>
        public required IReadOnlyDictionary<int, (Enrollment Row, DateOnly BirthDate)> Before { get; init; }

        /// <summary>Who is enrolled in the edition to come, at any site.</summary>
        public required HashSet<int> Enrolled { get; init; }

        public static async Task<World> ReadAsync(
            WriteSession session, RollOverPlace place, IReadOnlyList<TakeOver.Child> children, int firstGroup, CancellationToken cancellationToken)
        {
            var db = session.Db;
            var asked = children.Select(child => OpaqueId.ParseEnrollment(child.Enrollment) ?? 0).ToArray();
            var before = await (from row in db.Set<Enrollment>().AsNoTracking()
                                where row.SiteId == place.Site.Id && row.EditionId == place.From.Id && row.Slot == 0 && EF.Parameter(asked).Contains(row.Id)
                                join child in db.Set<Participant>() on row.ParticipantId equals child.Id
                                select new { Row = row, child.BirthDate }).ToDictionaryAsync(row => row.Row.Id, row => (row.Row, row.BirthDate), cancellationToken);
            var people = before.Values.Select(row => row.Row.ParticipantId).ToArray();
            var enrolled = await db.Set<Enrollment>().IgnoreQueryFilters()
                .Where(row => row.EditionId == place.To.Id && row.Slot == 0 && EF.Parameter(people).Contains(row.ParticipantId))
                .Select(row => row.ParticipantId).ToHashSetAsync(cancellationToken);
            var groups = await db.Set<Group>().AsNoTracking()
                .Where(row => row.SiteId == place.Site.Id && (row.EditionId == place.From.Id || row.EditionId == place.To.Id)).ToListAsync(cancellationToken);
            return new World(
                groups.Where(row => row.EditionId == place.From.Id).ToDictionary(row => row.Id),
                groups.Where(row => row.EditionId == place.To.Id).ToDictionary(row => row.Id, row => row.Name), firstGroup)
            {
                Before = before,
                Enrolled = enrolled,
            };
        }

        /// <summary>The group asked for, or that of the same name, opened when there is none; null when the one asked for is no group of the site.</summary>
        public int? GroupFor(WriteSession session, RollOverPlace place, int groupBefore, string? asked)
        {
            if (asked is not null) return OpaqueId.ParseGroup(asked) is { } key && groups.ContainsKey(key) ? key : null;
            var like = groupsBefore[groupBefore];
            foreach (var (id, name) in groups)
                if (string.Equals(name, like.Name, StringComparison.OrdinalIgnoreCase)) return id;
            var opened = new Group
            {
                Id = nextGroup++,
                SiteId = place.Site.Id,
                RegionId = place.Site.RegionId,
                EditionId = place.To.Id,
                Name = like.Name,
                Capacity = like.Capacity,
            };
            session.Rows.Insert(opened);
            groups.Add(opened.Id, opened.Name);
            return opened.Id;
        }
    }
}
