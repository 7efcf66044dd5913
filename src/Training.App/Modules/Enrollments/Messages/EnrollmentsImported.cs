namespace Training.App.Modules.Enrollments.Messages;

/// <summary>A part of a list was registered: figures of these sites have changed.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="EditionId">Its edition.</param>
/// <param name="SiteIds">Sites with new enrollments in this part.</param>
public sealed record EnrollmentsImported(int ImportId, int EditionId, IReadOnlyList<int> SiteIds);
