using Training.App.Platform.Directory;
using Training.Data.Scope;

namespace Training.App.Modules.Reporting;

/// <summary>The targets beside the figures. One is held only against figures that cover the whole region.</summary>
internal sealed class ReportTargets
{
    private readonly ReportSelection selection;
    private readonly DirectorySnapshot directory;
    private readonly AccessScope scope;

    public ReportTargets(ReportSelection selection, DirectorySnapshot directory, AccessScope scope)
    {
        (this.selection, this.directory, this.scope) = (selection, directory, scope);
        Regions = selection switch
        {
            { Region: { } one } => [one.Id],
            { HasTarget: true } => [.. directory.Regions.Select(region => region.Id).Where(CoversWhole)],
            _ => [],
        };
    }

    /// <summary>Regions that stand in the report even with nothing in them.</summary>
    public HashSet<int> Regions { get; }

    /// <summary>The target of all of it; null when there is none.</summary>
    public int? Whole
    {
        get
        {
            if (!selection.HasTarget) return null;
            if (selection.Region is null && scope.Nation) return selection.Editions[0].Target;
            return Regions.Count > 0 && Regions.All(CoversWhole) ? Regions.Sum(id => directory.Target(selection.Editions[0].Id, id)) : null;
        }
    }

    /// <summary>The target of a row; null when there is none.</summary>
    public int? Of(CellKey key) => selection is { By: [ReportDimension.Region], HasTarget: true } && CoversWhole(key.A)
        ? directory.Target(selection.Editions[0].Id, key.A)
        : null;

    private bool CoversWhole(int regionId) => scope.Nation || scope.Regions.Contains(regionId);
}
