namespace Training.Domain.Directory;

/// <summary>Shares a national target between regions in proportion to their youth.</summary>
public static class ProportionalTargets
{
    /// <summary>
    /// Largest-remainder shares, so that the parts add up to the target exactly. Ties go to the earlier entry.
    /// </summary>
    /// <param name="target">The whole, in persons.</param>
    /// <param name="weights">One weight a region, in persons; at least one above zero.</param>
    public static int[] Share(int target, IReadOnlyList<int> weights)
    {
        var whole = weights.Sum(weight => (long)weight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(whole);
        var shares = weights.Select(weight => (int)((long)target * weight / whole)).ToArray();
        var byRemainder = Enumerable.Range(0, weights.Count).OrderByDescending(i => (long)target * weights[i] % whole);
        foreach (var i in byRemainder.Take(target - shares.Sum())) shares[i]++;
        return shares;
    }
}
