using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Scope;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Who may have rows registered or withdrawn: the people of the site whose list it is, the uploader, or someone who reaches as far as
/// the uploader did.
/// </summary>
internal static class ImportReach
{
    public static bool Covers(Caller caller, Import import, DirectorySnapshot directory)
    {
        if (caller.Scope.Nation || import.UploadedBy == caller.Name) return true;
        // Every row of such a list is the site's own, whoever sent it.
        if (import is { SiteInFile: false, SiteId: { } only }) return caller.Scope.Covers(only, directory.Site(only).RegionId);
        var uploader = AccessScope.Parse(import.UploaderScope);
        return !uploader.Nation && uploader.Regions.All(region => caller.Scope.Regions.Contains(region))
            && uploader.Sites.All(site => caller.Scope.Covers(site, directory.Site(site).RegionId));
    }
}
