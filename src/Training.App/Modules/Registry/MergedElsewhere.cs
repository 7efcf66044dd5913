using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry;

/// <summary>
/// A site whose place ended because its child had a second file elsewhere is told where the child goes on: its people wrote the code on
/// the family's paper. To anybody else the code stays one that does not exist.
/// </summary>
internal sealed class MergedElsewhere(ReadDb db, DirectoryCatalog catalog)
{
    /// <summary>What to say instead of "not found".</summary>
    /// <param name="key">The file that goes on, which the caller does not see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>fileMerged</c> with the code and the site that go on; null when the caller's sites have nothing to do with it.</returns>
    public async Task<Error?> ExplainAsync(int key, CancellationToken cancellationToken)
    {
        var ended = await db.Set<Enrollment>().Where(row => row.ParticipantId == key && row.EndReason == Enrollment.Merged)
            .OrderByDescending(row => row.Id).Select(row => row.MergedIntoId).FirstOrDefaultAsync(cancellationToken);
        if (ended is not { } into) return null;
        var place = await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id == into).Select(row => row.SiteId).SingleAsync(cancellationToken);
        var site = (await catalog.SnapshotAsync(cancellationToken)).Site(place);
        return new Error(ErrorKind.NotFound, "fileMerged")
        {
            Facts = new Dictionary<string, object?>
            {
                ["participant"] = ParticipantCode.FromKey(key).ToString(),
                ["siteCode"] = site.Code,
                ["site"] = Languages.Current == "ar" ? site.NameAr : site.NameFr,
            },
        };
    }
}
