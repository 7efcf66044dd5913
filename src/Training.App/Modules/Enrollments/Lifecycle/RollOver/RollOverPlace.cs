using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Lifecycle.RollOver;

/// <summary>From where to where youths are taken over.</summary>
/// <param name="Site">The site, within the caller's scope.</param>
/// <param name="From">The edition they took part in.</param>
/// <param name="To">The edition that follows it.</param>
internal sealed record RollOverPlace(Site Site, Edition From, Edition To)
{
    /// <summary>Reads codes.</summary>
    public static Result<RollOverPlace> Find(DirectorySnapshot directory, Caller caller, string? site, string? to)
    {
        if (directory.FindSite(site) is not { } place || !caller.Scope.Covers(place.Id, place.RegionId)) return Error.NotFound("siteNotFound");
        if (directory.FindEdition(to) is not { } edition) return Error.NotFound("editionNotFound");
        if (edition.SiteKind != place.Kind) return Error.Rule("siteOfOtherTrack");
        return edition.FollowsId is { } before
            ? new RollOverPlace(place, directory.Edition(before), edition)
            : Error.Rule("editionFollowsNone");
    }
}
