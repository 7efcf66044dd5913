using Microsoft.EntityFrameworkCore;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Scope;

/// <summary>
/// What the people of a site go on seeing of children whom they withdrew themselves, so that a withdrawal can be taken back: the name, for
/// as long as the edition runs and the child takes part in it nowhere else. Files as such stay closed to them by <c>ScopeFilters</c>:
/// whoever reads by this shows names, birth date and the site's own rows, never guardians, consents or official codes, and writes nothing.
/// A child that was transferred, merged or taken in by an undone list is no longer theirs.
/// </summary>
public static class FormerChildren
{
    /// <summary>Withdrawn places within the context's scope.</summary>
    /// <param name="db">The context, with its scope.</param>
    /// <param name="editions">Keys of the editions that run.</param>
    public static IQueryable<Enrollment> Places(TrainingDbContext db, int[] editions)
    {
        var (nation, sites, regions) = (db.Scope.Nation, db.Scope.Sites, db.Scope.Regions);
        string?[] reasons = [.. WithdrawalReasons.All];
        var places = db.Set<Enrollment>().IgnoreQueryFilters();
        // Not one condition with "or", which no index would serve for those who see sites alone.
        if (!nation) places = regions.Length == 0 ? places.Where(place => sites.Contains(place.SiteId)) : places.Where(place => sites.Contains(place.SiteId) || regions.Contains(place.RegionId));
        return places.Where(place => place.Status == EnrollmentStatus.Withdrawn
            && editions.Contains(place.EditionId) && reasons.Contains(place.EndReason)
            && !db.Set<Enrollment>().Any(live => live.ParticipantId == place.ParticipantId && live.EditionId == place.EditionId && live.Slot == 0));
    }

    /// <summary>The children of those places at the scope's own sites; a region and the nation see the files themselves.</summary>
    /// <param name="db">The context, with its scope.</param>
    /// <param name="editions">Keys of the editions that run.</param>
    public static IQueryable<Participant> Of(TrainingDbContext db, int[] editions)
    {
        var sites = db.Scope.Sites;
        var places = Places(db, editions).Where(place => sites.Contains(place.SiteId)).Select(place => place.ParticipantId);
        return db.Set<Participant>().IgnoreQueryFilters().Where(child => child.MergedIntoId == null && places.Contains(child.Id));
    }
}
