using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>The figures about persons of one row, in the order in which a <see cref="Disclosure"/> numbers them; boys and missed marks are not written, only found by subtraction.</summary>
internal enum Measure
{
    Enrolled,
    Active,
    Awaiting,
    Girls,
    Boys,
    Waiting,
    Withdrawn,
    Completed,
    Certificates,
    Marked,
    Attended,
    OnTime,
    Late,
    Missed,
    Excused,
    Absent,
}

/// <summary>
/// Says of the figures of many rows which are withheld: what is small, and what would give it away, by the sums across the rows and by
/// those within each row.
/// </summary>
/// <param name="cells">From which count on a figure is shown.</param>
/// <param name="hasEnrollments">True when a row tells how many stand behind it.</param>
/// <param name="population">How many youths stand behind all of it.</param>
internal sealed class ShownFigures(SmallCells cells, bool hasEnrollments, int population)
{
    private static readonly Measure[] All = Enum.GetValues<Measure>();

    /// <summary>What adds up within a row, numbered from its beginning.</summary>
    private static readonly (int Whole, int[] Parts)[] WithinRow =
    [
        ((int)Measure.Enrolled, [(int)Measure.Active, (int)Measure.Awaiting]),
        ((int)Measure.Enrolled, [(int)Measure.Girls, (int)Measure.Boys]),
        ((int)Measure.Attended, [(int)Measure.OnTime, (int)Measure.Late]),
        // A rate always stands with its counts, "83 % (10/12)": how many marks were not attended is told, and why, only where it is many.
        ((int)Measure.Missed, [(int)Measure.Excused, (int)Measure.Absent]),
    ];

    private readonly Disclosure disclosure = new(cells, WithinRow);

    /// <summary>Adds a row.</summary>
    /// <returns>Its number here.</returns>
    public int Add(Figures figures)
    {
        var isFew = cells.IsSmall(population) || (hasEnrollments && cells.IsSmall(figures.Enrolled));
        ReadOnlySpan<int> values =
        [
            figures.Enrolled, figures.Active, figures.Awaiting, figures.Girls, figures.Enrolled - figures.Girls, figures.Waiting, figures.Withdrawn,
            figures.Completed, figures.Certificates, figures.Marked, figures.Attended, figures.OnTime, figures.Late, figures.Marked - figures.Attended,
            figures.Excused, figures.Absent,
        ];
        var row = disclosure.Add(values[0], isFew);
        foreach (var value in values[1..]) disclosure.Add(value, isFew);
        disclosure.AddRow(row);
        return row;
    }

    /// <summary>Says that a row is the sum of others.</summary>
    public void Relate(int whole, IReadOnlyCollection<int> parts)
    {
        int[] rows = [.. parts];
        foreach (var measure in All) disclosure.RelateShifted(whole, rows, (int)measure);
    }

    /// <summary>Adds rows that stand along two axes: they add up both ways, and all of them to the whole.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="down">Where a row stands along the first axis.</param>
    /// <param name="across">Where it stands along the second.</param>
    /// <param name="whole">Number of the sum of all.</param>
    /// <returns>The numbers of the rows, and of the sums across.</returns>
    public Grid Cross(IReadOnlyDictionary<CellKey, Figures> table, Func<CellKey, CellKey> down, Func<CellKey, int> across, int whole)
    {
        disclosure.Expect(table.Count * All.Length);
        var rows = new Dictionary<CellKey, int>(table.Count);
        foreach (var (key, figures) in table) rows.Add(key, Add(figures));
        Margins(down);
        return new Grid(rows, Margins(across));

        Dictionary<TAxis, int> Margins<TAxis>(Func<CellKey, TAxis> axis)
            where TAxis : notnull
        {
            var sums = new Dictionary<TAxis, int>();
            foreach (var line in table.Keys.GroupBy(axis))
            {
                var sum = Add(line.Aggregate(default(Figures), (all, key) => all + table[key]));
                sums.Add(line.Key, sum);
                Relate(sum, [.. line.Select(key => rows[key])]);
            }
            Relate(whole, sums.Values);
            return sums;
        }
    }

    /// <summary>Withholds what another answer to the same caller withholds.</summary>
    public void Withhold(int row, IEnumerable<Measure> measures)
    {
        foreach (var measure in measures) disclosure.Withhold(row + (int)measure);
    }

    /// <summary>Decides; afterwards the figures can be asked for.</summary>
    public void Settle() => disclosure.Settle();

    /// <summary>What is withheld of a row.</summary>
    public Measure[] Withheld(int row) => [.. All.Where(measure => disclosure.IsWithheld(row + (int)measure))];

    /// <summary>Numbers of the rows, and of the sums of those that stand at one place across.</summary>
    internal sealed record Grid(IReadOnlyDictionary<CellKey, int> Rows, IReadOnlyDictionary<int, int> Across);
}
