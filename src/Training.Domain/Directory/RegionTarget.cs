using Training.Domain.Common;

namespace Training.Domain.Directory;

/// <summary>A region's part of an edition's target: by arithmetic, or as the directorate has said.</summary>
public sealed class RegionTarget
{
    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The region.</summary>
    public required int RegionId { get; init; }

    /// <summary>Youths to enroll.</summary>
    public required int Target { get; set; }

    /// <summary>Who said so, by the caller's stable name; null while it is the arithmetic's.</summary>
    public string? SetBy { get; private set; }

    /// <summary>When; null while it is the arithmetic's.</summary>
    public DateTimeOffset? SetAt { get; private set; }

    /// <summary>Says it.</summary>
    public void Set(int target, string by, DateTimeOffset at) => (Target, SetBy, SetAt) = (target, by, at);

    /// <summary>Goes back to the arithmetic.</summary>
    public void Compute(int target) => (Target, SetBy, SetAt) = (target, null, null);

    /// <summary>
    /// Checks a table of parts: every region has one, none is more than the whole. Their sum may differ from the national target; whoever
    /// reads the table sees both.
    /// </summary>
    /// <param name="targets">Youths by the region's code, as they came in.</param>
    /// <param name="regions">Codes of all regions.</param>
    /// <param name="national">The edition's target.</param>
    /// <param name="faults">Receives <c>missing</c>, <c>outOfRange</c> and <c>notAmong</c>, each at <c>targets.CODE</c>.</param>
    public static void Check(IReadOnlyDictionary<string, int?> targets, IReadOnlyCollection<string> regions, int national, Faults faults)
    {
        foreach (var code in regions)
        {
            if (!targets.TryGetValue(code, out var target) || target is null) faults.Add($"targets.{code}", "missing");
            else if (target < 0 || target > national) faults.Add($"targets.{code}", "outOfRange", ("min", 0), ("max", national));
        }
        if (targets.Keys.Any(code => !regions.Contains(code))) faults.Add("targets", "notAmong", ("possible", string.Join(", ", regions)));
    }
}
