using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>Two files that a person found to be one child's.</summary>
/// <param name="MergeId">Key for the merge.</param>
/// <param name="SurvivorId">The file that goes on.</param>
/// <param name="RetiredId">The file that ends.</param>
/// <param name="By">Who says so, by the caller's stable name.</param>
/// <param name="Why">Why; null when nothing is said.</param>
/// <param name="Now">The time.</param>
public sealed record MergeOrder(int MergeId, int SurvivorId, int RetiredId, string By, string? Why, DateTimeOffset Now);

/// <summary>What undoing a merge brought back, and what stays with the surviving file because it came after the merge.</summary>
/// <param name="Merge">The merge, now undone.</param>
/// <param name="Returned">Enrollments that went back to their child.</param>
/// <param name="Reopened">Enrollments that had ended by the merge and live again.</param>
/// <param name="NotReopened">Ended enrollments whose child has enrolled anew in the edition since: they stay ended.</param>
/// <param name="Overfull">Groups that have more children than places now: the place was given away meanwhile.</param>
/// <param name="KeptEnrollments">Enrollments made since.</param>
/// <param name="KeptCertificates">Numbers of certificates earned since.</param>
/// <param name="KeptConsents">How many consents were recorded since.</param>
/// <param name="KeptGuardians">How many guardians were recorded since.</param>
public sealed record Separation(
    Merge Merge, IReadOnlyList<int> Returned, IReadOnlyList<int> Reopened, IReadOnlyList<int> NotReopened, IReadOnlyList<int> Overfull,
    IReadOnlyList<int> KeptEnrollments, IReadOnlyList<string> KeptCertificates, int KeptConsents, int KeptGuardians);
