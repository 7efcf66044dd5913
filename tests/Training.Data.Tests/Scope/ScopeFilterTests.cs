using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Mapping;
using Training.Data.Scope;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Tests.Scope;

internal sealed class ScopeFilterTests
{
    private const int SiteA = 11;
    private const int SiteB = 12;
    private const int RegionA = 4;
    private const int RegionB = 6;

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        database = await TestDatabase.SqliteAsync();
        await AddChildAsync(1, SiteA, RegionA);
        await AddChildAsync(2, SiteB, RegionB);
    }

    [OneTimeTearDown]
    public async Task Close() => await database.DisposeAsync();

    [Test]
    public void Every_entity_that_leads_to_a_person_carries_the_scope_filter()
    {
        using var db = database.Open(AccessScope.None);

        var leading = db.Model.GetEntityTypes().Where(LeadsToAPerson).ToList();

        Assert.That(leading.Select(type => type.ClrType), Does.Contain(typeof(Participant)).And.Contain(typeof(AttendanceMark)));
        Assert.That(leading.Where(type => !IsFiltered(type)).Select(type => type.DisplayName()), Is.Empty);
    }

    [Test]
    public async Task Everything_is_hidden_from_nobody_in_particular()
    {
        foreach (var (type, count) in await CountsAsync(AccessScope.None)) Assert.That(count, Is.Zero, type);
    }

    [Test]
    public async Task The_nation_sees_both_children()
    {
        foreach (var (type, count) in await CountsAsync(AccessScope.Whole)) Assert.That(count, Is.EqualTo(2), type);
    }

    [TestCase(SiteA, 1)]
    [TestCase(SiteB, 2)]
    public async Task A_coach_sees_the_own_site_and_nothing_of_another(int site, int child) => await SeesOnlyAsync(AccessScope.Site(site), child);

    [TestCase(RegionA, 1)]
    [TestCase(RegionB, 2)]
    public async Task A_coordinator_sees_the_own_region_and_nothing_of_another(int region, int child) =>
        await SeesOnlyAsync(AccessScope.Region(region), child);

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_family_sees_its_own_child(int child) => await SeesOnlyAsync(AccessScope.Family(child), child);

    /// <summary>Names, sessions and marks, and no way on to the family, the consents or the certificates.</summary>
    [Test]
    public async Task An_assistant_sees_the_own_group_and_no_family()
    {
        var counts = (await CountsAsync(AccessScope.None with { Groups = [1] })).ToDictionary(row => row.Type, row => row.Count);

        string[] open = [nameof(Participant), nameof(Enrollment), nameof(Session), nameof(AttendanceMark), nameof(MarkedGroup)];
        foreach (var (type, count) in counts) Assert.That(count, Is.EqualTo(open.Contains(type) ? 1 : 0), type);
        await using var db = database.Open(AccessScope.None with { Groups = [1] });
        Assert.That((await db.Set<Participant>().SingleAsync()).Id, Is.EqualTo(1));
    }

    [Test]
    public async Task A_site_without_children_sees_none()
    {
        foreach (var (type, count) in await CountsAsync(AccessScope.Site(99))) Assert.That(count, Is.Zero, type);
    }

    [Test]
    public async Task A_club_that_a_child_has_left_keeps_its_own_rows_and_not_the_file()
    {
        const int left = 31, region = 9;
        await using var own = await TestDatabase.SqliteAsync();
        (database, var shared) = (own, database);
        try
        {
            await AddChildAsync(3, left, region, ended: true);
            await using var club = own.Open(AccessScope.Site(left));
            Assert.That((await club.Set<Enrollment>().CountAsync(), await club.Set<AttendanceMark>().CountAsync()), Is.EqualTo((1, 1)));
            Assert.That((await club.Set<Participant>().CountAsync(), await club.Set<Guardian>().CountAsync(), await club.Set<Consent>().CountAsync()), Is.EqualTo((0, 0, 0)));
            await using var coordinator = own.Open(AccessScope.Region(region));
            Assert.That(await coordinator.Set<Participant>().CountAsync(), Is.EqualTo(1));
            await using var family = own.Open(AccessScope.Family(3));
            Assert.That(await family.Set<Participant>().CountAsync(), Is.EqualTo(1));
        }
        finally
        {
            database = shared;
        }
    }

    private async Task SeesOnlyAsync(AccessScope scope, int child)
    {
        foreach (var (type, count) in await CountsAsync(scope)) Assert.That(count, Is.EqualTo(1), type);
        await using var db = database.Open(scope);
        Assert.That((await db.Set<Participant>().SingleAsync()).Id, Is.EqualTo(child));
        Assert.That((await db.Set<Guardian>().SingleAsync()).Id, Is.EqualTo(child));
        Assert.That((await db.Set<AttendanceMark>().SingleAsync()).EnrollmentId, Is.EqualTo(child));
        Assert.That(await db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == 3 - child), Is.Null);
    }

    /// <summary>How many rows of each kind of personal data are visible; a family sees no import of others.</summary>
    private async Task<List<(string Type, int Count)>> CountsAsync(AccessScope scope)
    {
        await using var db = database.Open(scope);
        return
        [
            (nameof(Participant), await db.Set<Participant>().CountAsync()),
            (nameof(Guardian), await db.Set<Guardian>().CountAsync()),
            (nameof(Guardianship), await db.Set<Guardianship>().CountAsync()),
            (nameof(Consent), await db.Set<Consent>().CountAsync()),
            (nameof(Enrollment), await db.Set<Enrollment>().CountAsync()),
            (nameof(Session), await db.Set<Session>().CountAsync()),
            (nameof(AttendanceMark), await db.Set<AttendanceMark>().CountAsync()),
            (nameof(MarkedGroup), await db.Set<MarkedGroup>().CountAsync()),
            (nameof(Certificate), await db.Set<Certificate>().CountAsync()),
        ];
    }

    private static bool LeadsToAPerson(IEntityType type) =>
        type.ClrType == typeof(Participant) || type.ClrType == typeof(Guardian)
        || type.GetProperties().Any(property => property.Name is "ParticipantId" or "GuardianId" or "EnrollmentId" or "LowId" or "RetiredId" or "MergeId" or "CertificateId");

    private static bool IsFiltered(IEntityType type) => type.GetDeclaredQueryFilters().Any(filter => filter.Key == ScopeFilters.Name);

    /// <summary>A child with the same key in every table, so that a leak shows.</summary>
    private async Task AddChildAsync(int id, int site, int region, bool ended = false)
    {
        await using var db = database.Open(AccessScope.Whole);
        var sample = new Sample(db, id * 100);
        db.Add(sample.Of<Participant>(("Id", id)));
        db.Add(sample.Of<Guardian>(("Id", id)));
        db.Add(sample.Of<Guardianship>(("ParticipantId", id), ("GuardianId", id)));
        db.Add(sample.Of<Consent>(("Id", id), ("ParticipantId", id), ("GuardianId", id)));
        db.Add(sample.Of<Domain.Directory.Group>(("Id", id), ("SiteId", site), ("RegionId", region)));
        db.Add(sample.Of<Enrollment>(("Id", id), ("ParticipantId", id), ("SiteId", site), ("RegionId", region), ("GroupId", id), ("Slot", ended ? id : 0)));
        db.Add(sample.Of<EnrollmentChange>(("EnrollmentId", id)));
        db.Add(sample.Of<Session>(("Id", id), ("GroupId", id), ("SiteId", site), ("RegionId", region)));
        db.Add(sample.Of<AttendanceMark>(("SessionId", id), ("EnrollmentId", id)));
        db.Add(sample.Of<MarkedGroup>(("GroupId", id), ("EnrollmentId", id)));
        db.Add(sample.Of<Certificate>(("Id", id), ("ParticipantId", id), ("EnrollmentId", id), ("SiteId", site), ("RegionId", region)));
        await db.SaveChangesAsync();
    }
}
