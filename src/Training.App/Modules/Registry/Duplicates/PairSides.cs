using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Access;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>One file of a pair, as far as the caller may see it.</summary>
/// <param name="Participant">Participant code.</param>
/// <param name="Name">Name; initials where the file is out of the caller's reach or the caller sees initials only.</param>
/// <param name="NameAr">Arabic name or initials; null when unknown.</param>
/// <param name="BirthDate">Birth date; null where only initials are shown.</param>
/// <param name="BirthYear">Birth year.</param>
/// <param name="InScope">True when the caller may open the file.</param>
/// <param name="WhollyInScope">True when every enrollment of the child lies in the caller's perimeter: then the caller may decide.</param>
/// <param name="Regions">Codes of the regions of the child's sites: whom to call.</param>
internal sealed record PairSide(
    string Participant, string? Name, string? NameAr, DateOnly? BirthDate, int BirthYear, bool InScope, bool WhollyInScope, IReadOnlyList<string> Regions);

/// <summary>Shows files of pairs by the rule that another's child is initials, a year and a region.</summary>
internal sealed class PairSides(ReadDb db, DirectoryCatalog catalog, Caller caller)
{
    /// <summary>The directorate opens a child's file only with a reason.</summary>
    public bool SeesInitials => caller.Is(Role.Directorate) && !caller.Is(Role.Machine);

    /// <summary>The files, by key.</summary>
    /// <param name="keys">Keys of files.</param>
    /// <param name="open">True when the caller has said why and the names may be shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Dictionary<int, PairSide>> ReadAsync(IReadOnlyCollection<int> keys, bool open, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var files = await db.Set<Participant>().IgnoreQueryFilters().Where(row => keys.Contains(row.Id)).ToListAsync(cancellationToken);
        // What a merged file had hangs on the one that goes on.
        var holders = files.Select(file => file.MergedIntoId ?? file.Id).ToHashSet();
        var places = (await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => holders.Contains(row.ParticipantId))
            .Select(row => new { row.ParticipantId, row.SiteId, row.RegionId }).Distinct().ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId);
        return files.ToDictionary(file => file.Id, file =>
        {
            var of = places[file.MergedIntoId ?? file.Id].ToArray();
            var inScope = caller.Scope.Nation || of.Any(place => caller.Scope.Covers(place.SiteId, place.RegionId));
            var wholly = caller.Scope.Nation || (of.Length > 0 && of.All(place => caller.Scope.Covers(place.SiteId, place.RegionId)));
            var named = inScope && (open || !SeesInitials);
            return new PairSide(
                ParticipantCode.FromKey(file.Id).ToString(),
                named ? DisplayName.Join(file.GivenName, file.FamilyName) : DisplayName.Initials(file.GivenName, file.FamilyName),
                named ? DisplayName.Join(file.GivenNameAr, file.FamilyNameAr) : DisplayName.Initials(file.GivenNameAr, file.FamilyNameAr),
                named ? file.BirthDate : null, file.BirthDate.Year, inScope, wholly,
                [.. of.Select(place => place.RegionId).Distinct().Order().Select(id => directory.Region(id).Code)]);
        });
    }
}
