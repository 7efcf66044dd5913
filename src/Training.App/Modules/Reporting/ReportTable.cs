using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>The rows of a report with small figures withheld, column by column, so that none is found by subtraction.</summary>
/// <param name="selection">The question.</param>
/// <param name="population">How many youths stand behind the whole report.</param>
/// <param name="total">All rows together.</param>
internal sealed class ReportTable(ReportSelection selection, int population, Figures total)
{
    private readonly List<(ReportRow Row, Figures Figures, int? Target)> rows = [];
    private Column[]? columns;

    public void Add(ReportRow row, Figures figures, int? target) => rows.Add((row, figures, target));

    public AttendanceReport.Item Total(string label, int? target)
    {
        var shown = Columns().Select(column => column.Total).ToArray();
        return Item("total", label, target, shown, Columns().Any(column => column.TotalWithheld));
    }

    public IReadOnlyList<AttendanceReport.Item> Items() =>
        [.. rows.Select((entry, i) => Item(
            entry.Row.Key, entry.Row.Label, entry.Target, [.. Columns().Select(column => column.Parts[i])], Columns().Any(column => column.Withheld[i])))];

    private static AttendanceReport.Item Item(string key, string label, int? target, int?[] shown, bool withheld)
    {
        double? rate = shown[3] is > 0 and var marked && shown[4] is { } attended ? Math.Round((double)attended / marked, 4) : null;
        return new AttendanceReport.Item(key, label, target, shown[0], shown[1], shown[2], shown[3], shown[4], rate, withheld);
    }

    private Column[] Columns() => columns ??=
    [
        Build(figures => figures.Enrolled, selection.HasEnrollments),
        Build(figures => figures.Completed, selection.HasEnrollments),
        Build(figures => figures.Certificates, selection.HasEnrollments),
        Build(figures => figures.Marked, true),
        Build(figures => figures.Attended, true),
    ];

    private Column Build(Func<Figures, int> read, bool exists)
    {
        if (!exists) return new Column(new int?[rows.Count], new bool[rows.Count], null, false);
        var counts = rows.Select(entry => (int?)read(entry.Figures)).ToArray();
        var fewInAll = SmallCells.IsSmall(population);
        var few = rows.Select(entry => fewInAll || (selection.HasEnrollments && SmallCells.IsSmall(entry.Figures.Enrolled))).ToArray();
        var withheld = SmallCells.Withhold(counts, few, out var whole);
        var sum = read(total);
        var totalWithheld = sum > 0 && (whole || fewInAll || SmallCells.IsSmall(sum));
        return new Column(
            [.. counts.Select((count, i) => withheld[i] ? null : count)], withheld, totalWithheld ? null : sum, totalWithheld);
    }

    private sealed record Column(int?[] Parts, bool[] Withheld, int? Total, bool TotalWithheld);
}
