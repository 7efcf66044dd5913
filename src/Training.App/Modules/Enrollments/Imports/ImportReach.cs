using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Scope;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Who may have rows registered or withdrawn: that is done with the uploader's reach, so the word must come from the uploader or from
/// someone who reaches as far.
/// </summary>
internal static class ImportReach
{
    public static bool Covers(Caller caller, Import import, DirectorySnapshot directory)
    {
        if (caller.Scope.Nation || import.UploadedBy == caller.Name) return true;
        var uploader = AccessScope.Parse(import.UploaderScope);
        return !uploader.Nation && uploader.Regions.All(region => caller.Scope.Regions.Contains(region))
            && uploader.Sites.All(site => caller.Scope.Covers(site, directory.Site(site).RegionId));
    }
}
