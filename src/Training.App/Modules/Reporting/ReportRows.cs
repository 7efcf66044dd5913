using System.Collections;

namespace Training.App.Modules.Reporting;

/// <summary>
/// The rows of a report, written as they are asked for: a row written is some 400 bytes, the figures behind it a quarter of that, and a
/// report may have 200,000.
/// </summary>
internal sealed class ReportRows(
    ReportSelection selection, IReadOnlyList<ReportRow> rows, IReadOnlyDictionary<CellKey, Figures> figures,
    IReadOnlyDictionary<CellKey, Measure[]> withheld, ReportTargets targets) : IReadOnlyList<AttendanceReport.Item>
{
    public int Count => rows.Count;

    public AttendanceReport.Item this[int index]
    {
        get
        {
            var row = rows[index];
            return new ReportItem(selection, figures.GetValueOrDefault(row.Id), withheld.GetValueOrDefault(row.Id, [])).Write(row.Keys, row.Label, targets.Of(row.Id));
        }
    }

    public IEnumerator<AttendanceReport.Item> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
