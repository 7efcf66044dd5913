using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Data.Scope;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The values that a returned workbook proposes: only sites and groups within the reader's own perimeter.</summary>
internal sealed class ProposedValues(Import import, DirectorySnapshot directory, ReadDb db, Texts texts)
{
    /// <summary>More are no help in a list to choose from.</summary>
    private const int Most = 1_000;

    private static readonly string[] CategoryHeadings =
        [.. new[] { "catégorie", "cat", "catégorie d'âge", "category", "age category", "الفئة", "الفئة العمرية", "فئة" }.Select(ImportColumns.Fold)];

    /// <summary>The drop-downs of a list's columns.</summary>
    public async Task<IReadOnlyList<DropDown>> ForAsync(RefusedList list, CancellationToken cancellationToken)
    {
        var proposed = new List<DropDown>();
        Add(ImportField.Sex, Words("sexes"));
        Add(ImportField.GuardianRelationship, Words("relationships"));
        Add(ImportField.Language, Words("languages"));
        if (list.PlaceOf(ImportField.Site) >= 0) Add(ImportField.Site, Sites());
        if (list.PlaceOf(ImportField.Group) >= 0) Add(ImportField.Group, await GroupsAsync(cancellationToken));
        if (directory.Edition(import.EditionId).Track == Track.Football && list.PlaceOf(IsCategory) is var category and >= 0)
            proposed.Add(new DropDown(category, [.. AgeCategory.All.Select(each => each.Code)]));
        return proposed;

        void Add(ImportField field, IReadOnlyList<string> values)
        {
            if (list.PlaceOf(field) is var place and >= 0 && values.Count > 0) proposed.Add(new DropDown(place, values));
        }
    }

    /// <summary>Categories are computed from the birth date; the column is the club's own, and only proposed.</summary>
    private static bool IsCategory(string heading) => CategoryHeadings.Contains(ImportColumns.Fold(heading));

    private string[] Words(string key) => texts[$"imports.{key}"].Split('|');

    private string[] Sites()
    {
        var kind = directory.Edition(import.EditionId).SiteKind;
        var scope = AccessScope.Parse(import.UploaderScope);
        return [.. directory.Sites
            .Where(site => site.IsOpen && site.Kind == kind && scope.Covers(site.Id, site.RegionId) && (import.SiteId is null || import.SiteId == site.Id))
            .Select(site => site.Code).Order(StringComparer.Ordinal).Take(Most)];
    }

    private async Task<string[]> GroupsAsync(CancellationToken cancellationToken)
    {
        var scope = AccessScope.Parse(import.UploaderScope);
        var groups = db.Set<Group>().Where(row => row.EditionId == import.EditionId && row.Capacity > 0);
        if (import.SiteId is { } site) groups = groups.Where(row => row.SiteId == site);
        else if (!scope.Nation) groups = groups.Where(row => scope.Sites.Contains(row.SiteId) || scope.Regions.Contains(row.RegionId));
        return await groups.Select(row => row.Name).Distinct().OrderBy(name => name).Take(Most).ToArrayAsync(cancellationToken);
    }
}
