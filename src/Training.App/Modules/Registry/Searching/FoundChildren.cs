using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Access;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Searching;

/// <summary>What is shown of the children found: enough to choose one, with the enrollments the caller sees; to the directorate, initials.</summary>
internal sealed class FoundChildren(DirectoryCatalog catalog, ReadDb db, Caller caller)
{
    private bool SeesInitials => caller.Is(Role.Directorate) && !caller.Is(Role.Machine);

    /// <summary>A few children in one question to the database: the way of a code, which is asked for most.</summary>
    public async Task<IReadOnlyList<SearchParticipants.Item>> DescribeAsync(IQueryable<Participant> few, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var enrollments = db.Set<Enrollment>();
        var rows = await few.OrderBy(row => row.Id)
            .Select(row => new { Child = row, Places = enrollments.Where(place => place.ParticipantId == row.Id).OrderByDescending(place => place.Id).ToList() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => ItemOf(row.Child, [.. row.Places.Select(place => ItemOf(place, directory))]))];
    }

    /// <summary>A part of a list.</summary>
    public async Task<IReadOnlyList<SearchParticipants.Item>> DescribeAsync(IReadOnlyList<Participant> children, CancellationToken cancellationToken)
    {
        if (children.Count == 0) return [];
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var ids = children.Select(child => child.Id).ToArray();
        var enrollments = (await db.Set<Enrollment>().Where(row => EF.Parameter(ids).Contains(row.ParticipantId)).OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId, row => ItemOf(row, directory));
        return [.. children.Select(child => ItemOf(child, [.. enrollments[child.Id]]))];
    }

    private SearchParticipants.Item ItemOf(Participant child, IReadOnlyList<SearchParticipants.EnrollmentItem> enrollments)
    {
        var code = ParticipantCode.FromKey(child.Id).ToString();
        return SeesInitials
            ? new(code, DisplayName.Initials(child.GivenName, child.FamilyName), DisplayName.Initials(child.GivenNameAr, child.FamilyNameAr), null, child.Sex, enrollments)
            : new(code, DisplayName.Join(child.GivenName, child.FamilyName), DisplayName.Join(child.GivenNameAr, child.FamilyNameAr), child.BirthDate, child.Sex, enrollments);
    }

    private static SearchParticipants.EnrollmentItem ItemOf(Enrollment row, DirectorySnapshot directory) =>
        new(OpaqueId.Enrollment(row.Id), directory.Edition(row.EditionId).Code, directory.Site(row.SiteId).Code, row.Status);
}
