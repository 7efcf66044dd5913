using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Registry;

namespace Training.Data.Reporting;

/// <summary>Differences to be added to the roll-ups of one site in one edition.</summary>
internal sealed class CellChanges(int editionId, int siteId, int regionId)
{
    private readonly Dictionary<(int Month, Sex Sex, byte Cohort), MarkCounts> sites = [];
    private readonly Dictionary<int, SessionCounts> months = [];
    private readonly Dictionary<(int Group, int Month), SessionCounts> groups = [];
    private readonly Dictionary<(int Module, int Month), SessionCounts> modules = [];

    /// <summary>Counts a session in (1) or out (−1).</summary>
    public void Add(SessionTally tally, int sign)
    {
        if (tally.Status == SessionStatus.Cancelled) return;
        var all = default(MarkCounts);
        foreach (var (sex, cohort, counts) in tally.Cells())
        {
            Slot(sites, (tally.Month, sex, cohort)) += counts * sign;
            all += counts * sign;
        }
        var held = tally.Held ? sign : 0;
        var whole = new SessionCounts(sign, held, tally.Status == SessionStatus.Closed ? sign : 0, held * tally.Minutes, all);
        Slot(months, tally.Month) += whole;
        Slot(groups, (tally.GroupId, tally.Month)) += whole;
        foreach (var module in tally.ModuleIds()) Slot(modules, (module, tally.Month)) += whole;
    }

    /// <summary>Writes every cell as new; the old ones must be gone.</summary>
    public async Task InsertAsync(IRowWriter rows, CancellationToken cancellationToken)
    {
        await rows.InsertAllAsync([.. sites.Select(entry => Filled(NewCell(entry.Key), entry.Value))], cancellationToken);
        await rows.InsertAllAsync([.. months.Select(entry => Filled(NewMonth(entry.Key), entry.Value))], cancellationToken);
        await rows.InsertAllAsync([.. groups.Select(entry => Filled(NewGroup(entry.Key), entry.Value))], cancellationToken);
        await rows.InsertAllAsync([.. modules.Select(entry => Filled(NewModule(entry.Key), entry.Value))], cancellationToken);
    }

    /// <summary>Adds the differences to the tracked cells; the caller saves.</summary>
    public async Task AddToAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var cells = Changed(sites);
        if (cells.Count > 0)
        {
            var touched = cells.Select(entry => entry.Key.Month).Distinct().ToArray();
            var known = await Of(db.Set<SiteCell>()).Where(row => touched.Contains(row.Month))
                .ToDictionaryAsync(row => (row.Month, row.Sex, row.Cohort), cancellationToken);
            foreach (var (key, counts) in cells) Filled(Tracked(db, known, key, NewCell), counts);
        }
        var sums = Changed(months);
        if (sums.Count > 0)
        {
            var known = await Of(db.Set<MonthCell>()).Where(row => months.Keys.Contains(row.Month))
                .ToDictionaryAsync(row => row.Month, cancellationToken);
            foreach (var (key, counts) in sums) Filled(Tracked(db, known, key, NewMonth), counts);
        }
        var teams = Changed(groups);
        if (teams.Count > 0)
        {
            var touched = teams.Select(entry => entry.Key.Group).Distinct().ToArray();
            var known = await Of(db.Set<GroupCell>()).Where(row => touched.Contains(row.GroupId))
                .ToDictionaryAsync(row => (row.GroupId, row.Month), cancellationToken);
            foreach (var (key, counts) in teams) Filled(Tracked(db, known, key, NewGroup), counts);
        }
        var lessons = Changed(modules);
        if (lessons.Count > 0)
        {
            var touched = lessons.Select(entry => entry.Key.Module).Distinct().ToArray();
            var known = await Of(db.Set<ModuleCell>()).Where(row => touched.Contains(row.ModuleId))
                .ToDictionaryAsync(row => (row.ModuleId, row.Month), cancellationToken);
            foreach (var (key, counts) in lessons) Filled(Tracked(db, known, key, NewModule), counts);
        }
    }

    private IQueryable<TCell> Of<TCell>(DbSet<TCell> cells)
        where TCell : AttendanceCell => cells.AsTracking().Where(row => row.EditionId == editionId && row.SiteId == siteId);

    private SiteCell NewCell((int Month, Sex Sex, byte Cohort) key) => new()
    {
        EditionId = editionId, SiteId = siteId, RegionId = regionId, Month = key.Month, Sex = key.Sex, Cohort = key.Cohort,
    };

    private MonthCell NewMonth(int month) => new() { EditionId = editionId, SiteId = siteId, RegionId = regionId, Month = month };

    private GroupCell NewGroup((int Group, int Month) key) => new()
    {
        EditionId = editionId, SiteId = siteId, RegionId = regionId, GroupId = key.Group, Month = key.Month,
    };

    private ModuleCell NewModule((int Module, int Month) key) => new()
    {
        EditionId = editionId, SiteId = siteId, RegionId = regionId, ModuleId = key.Module, Month = key.Month,
    };

    private static TCell Tracked<TKey, TCell>(TrainingDbContext db, Dictionary<TKey, TCell> known, TKey key, Func<TKey, TCell> create)
        where TKey : notnull
        where TCell : class
    {
        if (known.TryGetValue(key, out var cell)) return cell;
        cell = create(key);
        db.Add(cell);
        return cell;
    }

    private static SiteCell Filled(SiteCell cell, MarkCounts counts)
    {
        cell.Add(counts);
        return cell;
    }

    private static TCell Filled<TCell>(TCell cell, SessionCounts counts)
        where TCell : SessionCell
    {
        cell.Add(counts.Marks);
        cell.Sessions += counts.Sessions;
        cell.Held += counts.Held;
        cell.Closed += counts.Closed;
        cell.Minutes += counts.Minutes;
        return cell;
    }

    private static List<KeyValuePair<TKey, TCounts>> Changed<TKey, TCounts>(Dictionary<TKey, TCounts> differences)
        where TKey : notnull
        where TCounts : struct, IEquatable<TCounts> => [.. differences.Where(entry => !entry.Value.Equals(default))];

    private static ref TCounts Slot<TKey, TCounts>(Dictionary<TKey, TCounts> differences, TKey key)
        where TKey : notnull
        where TCounts : struct => ref CollectionsMarshal.GetValueRefOrAddDefault(differences, key, out _);

    private readonly record struct SessionCounts(int Sessions, int Held, int Closed, int Minutes, MarkCounts Marks)
    {
        public static SessionCounts operator +(SessionCounts left, SessionCounts right) =>
            new(left.Sessions + right.Sessions, left.Held + right.Held, left.Closed + right.Closed, left.Minutes + right.Minutes, left.Marks + right.Marks);
    }
}
