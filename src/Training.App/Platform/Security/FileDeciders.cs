using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Domain.Access;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Platform.Security;

/// <summary>Who gives the second look: a person who answers for a region in which the child takes part now, or for the nation.</summary>
internal sealed class FileDeciders(Caller caller)
{
    /// <summary>True when the caller is one. A machine never is: nobody looks through it.</summary>
    /// <param name="enrollments">Enrollments of the database that is read; a child's are looked at whoever sees them.</param>
    /// <param name="child">Key of the child.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IncludeCallerAsync(IQueryable<Enrollment> enrollments, int child, CancellationToken cancellationToken)
    {
        if (caller.Is(Role.Machine)) return false;
        if (caller.Coordinated.Nation) return true;
        if (caller.Coordinated.Regions.Length == 0) return false;
        var places = await enrollments.IgnoreQueryFilters().Where(row => row.ParticipantId == child)
            .Select(row => new { row.Id, row.RegionId, row.Slot, row.EndedAt }).ToListAsync(cancellationToken);
        var live = places.FindAll(place => place.Slot == 0);
        // Where the child takes part nowhere, its file stays with the region that it left last.
        if (live.Count == 0) live = [.. places.OrderByDescending(place => place.EndedAt).ThenByDescending(place => place.Id).Take(1)];
        return live.Exists(place => caller.Coordinated.Regions.Contains(place.RegionId));
    }

    /// <summary>The rows of those children for whom the caller gives the second look; whoever only proposes, as a machine does, follows what it sees.</summary>
    /// <param name="rows">What waits.</param>
    /// <param name="enrollments">Enrollments of the same database.</param>
    public IQueryable<FileCorrection> Narrow(IQueryable<FileCorrection> rows, IQueryable<Enrollment> enrollments)
    {
        if (caller.Is(Role.Machine)) return rows;
        // Nobody gives the second look to an own proposal.
        rows = rows.Where(row => row.By != caller.Name);
        if (caller.Coordinated.Nation) return rows;
        int[] regions = [.. caller.Coordinated.Regions];
        // Who decides is narrower than who sees, so the filters of scope are not needed; a place outside of them decides as well.
        var places = enrollments.IgnoreQueryFilters();
        return rows.Where(row => places.Any(place => place.ParticipantId == row.ParticipantId && place.Slot == 0)
            ? places.Any(place => place.ParticipantId == row.ParticipantId && place.Slot == 0 && regions.Contains(place.RegionId))
            : places.Where(place => place.ParticipantId == row.ParticipantId).OrderByDescending(place => place.EndedAt).ThenByDescending(place => place.Id)
                .Take(1).Any(place => regions.Contains(place.RegionId)));
    }
}
