namespace Training.Domain.Reporting;

/// <summary>
/// Decides what a set of figures may show. Statistics must not point at a child: a count of few is withheld, and so much beside it
/// that it cannot be found by subtraction from a sum that is shown. Zero is shown.
/// </summary>
/// <param name="cells">From which count on a figure is shown.</param>
/// <param name="within">What adds up within each row of figures that is said to be one, numbered from the row's first; null: nothing.</param>
public sealed class Disclosure(SmallCells cells, IReadOnlyList<(int Whole, int[] Parts)>? within = null)
{
    private readonly List<int> values = [];
    private readonly List<bool> withheld = [];
    private readonly List<(int Whole, int[] Parts, int Shift)> sums = [];
    private readonly List<int> rows = [];

    /// <summary>Adds a figure.</summary>
    /// <param name="value">The count.</param>
    /// <param name="isFew">True when it is withheld whatever it is, because few stand behind it.</param>
    /// <returns>Its number here.</returns>
    public int Add(int value, bool isFew = false)
    {
        values.Add(value);
        withheld.Add(value > 0 && (isFew || cells.IsSmall(value)));
        return values.Count - 1;
    }

    /// <summary>Makes room for so many figures more.</summary>
    public void Expect(int figures)
    {
        values.EnsureCapacity(values.Count + figures);
        withheld.EnsureCapacity(withheld.Count + figures);
    }

    /// <summary>Says that a row of figures begins at a figure's number.</summary>
    public void AddRow(int first) => rows.Add(first);

    /// <summary>Says that a figure is the sum of others, so that each could be found from the rest.</summary>
    public void Relate(int whole, params int[] parts) => sums.Add((whole, parts, 0));

    /// <summary>Says the same of figures that stand at the same distance behind each of these; one array serves for all of them.</summary>
    /// <param name="whole">Number of the first figure of the sum.</param>
    /// <param name="parts">Numbers of the first figures of its parts.</param>
    /// <param name="shift">How far behind them the figures stand.</param>
    public void RelateShifted(int whole, int[] parts, int shift) => sums.Add((whole + shift, parts, shift));

    /// <summary>Withholds a figure that another answer withholds.</summary>
    public void Withhold(int figure) => withheld[figure] |= values[figure] > 0;

    /// <summary>True when a figure is not to be shown; final once <see cref="Settle"/> has run.</summary>
    public bool IsWithheld(int figure) => withheld[figure];

    /// <summary>
    /// Withholds the next smallest figure of a sum, until of every sum either nothing is withheld or at least two figures are, and
    /// its withheld parts reach the threshold together where the sum is shown.
    /// </summary>
    public void Settle()
    {
        bool again;
        do
        {
            again = false;
            foreach (var row in rows)
            {
                foreach (var (whole, parts) in within ?? []) again |= Protect(row + whole, parts, row);
            }
            foreach (var (whole, parts, shift) in sums) again |= Protect(whole, parts, shift);
        }
        while (again);
    }

    private bool Protect(int whole, int[] parts, int shift)
    {
        var changed = false;
        while (true)
        {
            var (number, sum) = (withheld[whole] ? 1 : 0, 0L);
            foreach (var first in parts)
            {
                var part = first + shift;
                if (!withheld[part]) continue;
                number++;
                sum += values[part];
            }
            if (number == 0 || (number > 1 && (withheld[whole] || sum >= cells.Threshold))) return changed;
            var next = -1;
            foreach (var first in parts)
            {
                var part = first + shift;
                if (!withheld[part] && values[part] > 0 && (next < 0 || values[part] < values[next])) next = part;
            }
            if (next < 0 && !withheld[whole]) next = whole;
            if (next < 0 || values[next] == 0) return changed;
            withheld[next] = true;
            changed = true;
        }
    }
}
