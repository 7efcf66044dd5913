namespace Training.App.Modules.Enrollments.Messages;

/// <summary>Enrollments of these sites were withdrawn together, by the undo of an import: figures have changed and places are free.</summary>
/// <param name="ImportId">The import that was undone.</param>
/// <param name="EditionId">Its edition.</param>
/// <param name="SiteIds">Sites with withdrawn enrollments.</param>
public sealed record EnrollmentsWithdrawn(int ImportId, int EditionId, IReadOnlyList<int> SiteIds);
