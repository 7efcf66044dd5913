using Training.App.Modules.Enrollments.Imports;

namespace Training.App.Pages.Enrollments;

/// <summary>Rows of a list of one kind, as a page shows them.</summary>
/// <param name="Kind">What is to become of them: <c>new</c>, <c>matched</c>, <c>alreadyEnrolled</c>, <c>enrolledElsewhere</c> or <c>refused</c>.</param>
/// <param name="Rows">The rows.</param>
/// <param name="More">Where all of them stand; null when these are all.</param>
internal sealed record ListedRows(string Kind, IReadOnlyList<ListRows.Item> Rows, string? More)
{
    /// <summary>True when a row names a group.</summary>
    public bool HasGroups => Rows.Any(row => row.Group is not null);

    /// <summary>True when the rows go to several sites.</summary>
    public bool HasSites => Rows.Select(row => row.Site).Distinct().Count() > 1;

    /// <summary>True when something is to be said of each row.</summary>
    public bool HasReasons => Kind is "refused" or "enrolledElsewhere";
}
