namespace Training.Domain.Reporting;

/// <summary>
/// Statistics must not point at a child: a count of persons below <see cref="Threshold"/> is withheld, and so much beside it that
/// it cannot be found by subtracting the others from the total. Zero is shown.
/// </summary>
public static class SmallCells
{
    /// <summary>Smallest count that is shown (default of the programme's statistics rules).</summary>
    public const int Threshold = 5;

    /// <summary>True when a count stands for so few that it is withheld on its own account.</summary>
    public static bool IsSmall(int count) => count is > 0 and < Threshold;

    /// <summary>
    /// Which counts of a partition to withhold when its total is shown beside it: those of few persons, and as many of the next
    /// smallest as it takes until at least two are withheld and together reach the threshold.
    /// </summary>
    /// <param name="counts">The counts that add up to the total; null where there is none.</param>
    /// <param name="few">True where so few persons stand behind a count that it is withheld whatever it is.</param>
    /// <param name="whole">True when that does not suffice, so that the total must be withheld too.</param>
    /// <returns>True at each place to withhold.</returns>
    public static bool[] Withhold(IReadOnlyList<int?> counts, IReadOnlyList<bool> few, out bool whole)
    {
        var withheld = new bool[counts.Count];
        var (number, sum) = (0, 0L);
        for (var i = 0; i < withheld.Length; i++)
        {
            if (counts[i] is not { } count || !(IsSmall(count) || (few[i] && count > 0))) continue;
            withheld[i] = true;
            number++;
            sum += count;
        }
        while (number > 0 && (number == 1 || sum < Threshold))
        {
            var next = -1;
            for (var i = 0; i < withheld.Length; i++)
            {
                if (withheld[i] || counts[i] is not > 0) continue;
                if (next < 0 || counts[i] < counts[next]) next = i;
            }
            if (next < 0) break;
            withheld[next] = true;
            number++;
            sum += counts[next]!.Value;
        }
        whole = number == 1 || (number > 0 && sum < Threshold);
        return withheld;
    }
}
