using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Registry;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Figures that no roll-up holds, added up from the tallies of the sessions: as exact, and slower the more sessions there are, so no
/// page asks for them.
/// </summary>
internal sealed class TallyScan(ReadDb db)
{
    public async Task<List<RawRow>> ReadAsync(
        ReportSelection selection, Edition edition, int[]? places, RawColumns columns, bool persons, bool modules, CancellationToken cancellationToken)
    {
        var tallies = db.Set<SessionTally>().Where(row => row.EditionId == edition.Id && row.Status != SessionStatus.Cancelled);
        if (places is not null) tallies = tallies.Where(row => places.Contains(row.SiteId));
        if (selection.From is { } from) tallies = tallies.Where(row => row.Month >= from);
        if (selection.To is { } to) tallies = tallies.Where(row => row.Month <= to);
        if (selection.Group is { Id: var group }) tallies = tallies.Where(row => row.GroupId == group);

        var cohorts = ReportFigures.CohortsOf(selection, edition) ?? (byte.MinValue, byte.MaxValue);
        var sums = new Dictionary<CellKey, Figures>();
        await foreach (var tally in tallies.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var module in modules ? tally.ModuleIds() : [0])
            {
                if (selection.Module is { } wanted && wanted.Id != module) continue;
                if (persons) AddMarks(sums, selection.Sex, cohorts, tally, module, columns);
                else AddSession(sums, tally, module, columns);
            }
        }
        return [.. sums.Select(sum => new RawRow { First = sum.Key.A, Second = sum.Key.B, Third = sum.Key.C, Figures = sum.Value })];
    }

    private static void AddMarks(
        Dictionary<CellKey, Figures> sums, Sex? wanted, (byte First, byte Last) cohorts, SessionTally tally, int module, RawColumns columns)
    {
        foreach (var (sex, cohort, counts) in tally.Cells())
        {
            if ((wanted is not null && wanted != sex) || cohort < cohorts.First || cohort > cohorts.Last) continue;
            Add(sums, KeyOf(columns, tally, module, (int)sex, cohort), FiguresOf(counts));
        }
    }

    private static void AddSession(Dictionary<CellKey, Figures> sums, SessionTally tally, int module, RawColumns columns)
    {
        var marks = default(MarkCounts);
        foreach (var (_, _, counts) in tally.Cells()) marks += counts;
        Add(sums, KeyOf(columns, tally, module, 0, 0), FiguresOf(marks) with
        {
            Sessions = 1,
            Held = tally.Held ? 1 : 0,
            Closed = tally.Status == SessionStatus.Closed ? 1 : 0,
            Minutes = tally.Held ? tally.Minutes : 0,
        });
    }

    private static CellKey KeyOf(RawColumns columns, SessionTally tally, int module, int sex, int cohort)
    {
        return new CellKey(Value(columns.First), Value(columns.Second), Value(columns.Third));

        int Value(string column) => column switch
        {
            nameof(GroupCell.GroupId) => tally.GroupId,
            nameof(ModuleCell.ModuleId) => module,
            nameof(AttendanceCell.Month) => tally.Month,
            nameof(SiteCell.Sex) => sex,
            nameof(SiteCell.Cohort) => cohort,
            nameof(AttendanceCell.SiteId) => tally.SiteId,
            _ => tally.EditionId,
        };
    }

    private static Figures FiguresOf(MarkCounts counts) =>
        new() { OnTime = counts.Present, Late = counts.Late, Excused = counts.Excused, Absent = counts.Absent };

    private static void Add(Dictionary<CellKey, Figures> sums, CellKey key, Figures figures) => sums[key] = sums.GetValueOrDefault(key) + figures;
}
