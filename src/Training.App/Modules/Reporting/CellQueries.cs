using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Training.Data.Reporting;
using Training.Domain.Registry;

namespace Training.App.Modules.Reporting;

/// <summary>By which columns of a roll-up its rows are added up; at most three, the last one repeated where there are fewer.</summary>
internal sealed record RawColumns(string First, string Second, string Third)
{
    public static RawColumns Of(IReadOnlyList<string> names) => names.Count switch
    {
        0 => new(nameof(AttendanceCell.EditionId), nameof(AttendanceCell.EditionId), nameof(AttendanceCell.EditionId)),
        1 => new(names[0], names[0], names[0]),
        2 => new(names[0], names[1], names[1]),
        _ => new(names[0], names[1], names[2]),
    };
}

/// <summary>A row of a roll-up's sums.</summary>
internal sealed class RawRow
{
    public int First { get; init; }

    public int Second { get; init; }

    public int Third { get; init; }

    public Figures Figures { get; init; }
}

/// <summary>One grouped query for each roll-up. What is summed is always everything the roll-up knows; the sums cost less than a second query.</summary>
internal static class CellQueries
{
    public static async Task<List<RawRow>> MarksAsync(IQueryable<SiteCell> cells, RawColumns by, CancellationToken cancellationToken) =>
        [.. (await cells.GroupBy(Key<SiteCell>(by)).Select(cell => new
        {
            cell.Key,
            OnTime = cell.Sum(row => row.Present),
            Late = cell.Sum(row => row.Late),
            Excused = cell.Sum(row => row.Excused),
            Absent = cell.Sum(row => row.Absent),
        }).ToListAsync(cancellationToken)).Select(row => Row(row.Key, new Figures
        {
            OnTime = row.OnTime, Late = row.Late, Excused = row.Excused, Absent = row.Absent,
        }))];

    public static async Task<List<RawRow>> SessionsAsync<TCell>(IQueryable<TCell> cells, RawColumns by, CancellationToken cancellationToken)
        where TCell : SessionCell =>
        [.. (await cells.GroupBy(Key<TCell>(by)).Select(cell => new
        {
            cell.Key,
            OnTime = cell.Sum(row => row.Present),
            Late = cell.Sum(row => row.Late),
            Excused = cell.Sum(row => row.Excused),
            Absent = cell.Sum(row => row.Absent),
            Sessions = cell.Sum(row => row.Sessions),
            Held = cell.Sum(row => row.Held),
            Closed = cell.Sum(row => row.Closed),
            Minutes = cell.Sum(row => row.Minutes),
        }).ToListAsync(cancellationToken)).Select(row => Row(row.Key, new Figures
        {
            OnTime = row.OnTime, Late = row.Late, Excused = row.Excused, Absent = row.Absent,
            Sessions = row.Sessions, Held = row.Held, Closed = row.Closed, Minutes = row.Minutes,
        }))];

    public static async Task<List<RawRow>> EnrollmentsAsync<TCell>(IQueryable<TCell> cells, RawColumns by, CancellationToken cancellationToken)
        where TCell : EnrollmentCell =>
        [.. (await cells.GroupBy(Key<TCell>(by)).Select(cell => new
        {
            cell.Key,
            Active = cell.Sum(row => row.Active),
            Awaiting = cell.Sum(row => row.Awaiting),
            Girls = cell.Sum(row => row.Sex == Sex.Female ? row.Active + row.Awaiting : 0),
            Waiting = cell.Sum(row => row.Waiting),
            Withdrawn = cell.Sum(row => row.Withdrawn),
            Completed = cell.Sum(row => row.Completed),
            Certificates = cell.Sum(row => row.Certificates),
        }).ToListAsync(cancellationToken)).Select(row => Row(row.Key, new Figures
        {
            Active = row.Active, Awaiting = row.Awaiting, Girls = row.Girls, Waiting = row.Waiting, Withdrawn = row.Withdrawn,
            Completed = row.Completed, Certificates = row.Certificates,
        }))];

    private static RawRow Row(RawKey key, Figures figures) => new() { First = key.First, Second = key.Second, Third = key.Third, Figures = figures };

    private static Expression<Func<TCell, RawKey>> Key<TCell>(RawColumns by)
    {
        var row = Expression.Parameter(typeof(TCell), "row");
        Expression Column(string name) => Expression.Property(row, name) is var column && column.Type == typeof(int) ? column : Expression.Convert(column, typeof(int));
        return Expression.Lambda<Func<TCell, RawKey>>(
            Expression.MemberInit(
                Expression.New(typeof(RawKey)),
                Expression.Bind(typeof(RawKey).GetProperty(nameof(RawKey.First))!, Column(by.First)),
                Expression.Bind(typeof(RawKey).GetProperty(nameof(RawKey.Second))!, Column(by.Second)),
                Expression.Bind(typeof(RawKey).GetProperty(nameof(RawKey.Third))!, Column(by.Third))),
            row);
    }

    private sealed class RawKey
    {
        public int First { get; init; }

        public int Second { get; init; }

        public int Third { get; init; }
    }
}
