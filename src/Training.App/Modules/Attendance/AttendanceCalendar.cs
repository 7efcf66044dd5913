using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Seeding;
using Training.Data;
using Training.Domain.Attendance;

namespace Training.App.Modules.Attendance;

/// <summary>
/// Holidays, legal time, cut-offs and settings in memory: read with every mark, seldom changed. Another process's change is seen
/// within a minute. Where nobody has set anything the shipped lists of the reference data hold.
/// </summary>
internal sealed class AttendanceCalendar(DbContextOptions<TrainingDbContext> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Lazy<ShippedCalendar> shipped = new(() => ShippedCalendar.Read(ReferenceFiles.DefaultFolder));
    private volatile CalendarSnapshot? current;

    /// <summary>A snapshot not older than a minute.</summary>
    public async ValueTask<CalendarSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (current is { } snapshot && now - snapshot.ReadAt < Life) return snapshot;
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (current is { } fresh && now - fresh.ReadAt < Life) return fresh;
            return current = await ReadAsync(now, cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Makes the next caller read anew; called after a change.</summary>
    public void Forget() => current = null;

    public void Dispose() => loading.Dispose();

    private async Task<CalendarSnapshot> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        var legal = await db.Set<LegalTimeChange>().AsNoTracking().ToListAsync(cancellationToken);
        return new CalendarSnapshot(
            now, shipped.Value.Holidays,
            await db.Set<Holiday>().AsNoTracking().ToListAsync(cancellationToken),
            legal.Count > 0 ? legal : shipped.Value.LegalTime,
            await db.Set<CutOff>().AsNoTracking().ToListAsync(cancellationToken),
            await db.Set<AttendanceSettings>().AsNoTracking().ToListAsync(cancellationToken));
    }
}

/// <summary>The lists that ship with the application: fixed public holidays, known and predicted changes of legal time.</summary>
/// <param name="Holidays">By month and day.</param>
/// <param name="LegalTime">Changes of legal time.</param>
internal sealed record ShippedCalendar(
    IReadOnlyDictionary<(int Month, int Day), (string Fr, string Ar)> Holidays, IReadOnlyList<LegalTimeChange> LegalTime)
{
    public static ShippedCalendar Read(string folder)
    {
        var holidays = new Dictionary<(int Month, int Day), (string Fr, string Ar)>();
        foreach (var row in ReferenceFiles.Rows(folder, "public-holidays.csv"))
        {
            // Religious holidays are announced year by year: they are set, not shipped.
            if (DateOnly.TryParseExact($"2024-{row("date_mm_dd")}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                holidays[(day.Month, day.Day)] = (row("name_fr"), row("name_ar"));
        }
        var legal = new List<LegalTimeChange>();
        foreach (var row in ReferenceFiles.Rows(folder, "legal-time.csv"))
        {
            var at = DateTime.ParseExact(row("change_at").Split(' ')[0], "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
            legal.Add(new LegalTimeChange
            {
                Date = DateOnly.FromDateTime(at), Time = TimeOnly.FromDateTime(at), OffsetMinutes = row("offset_after") == "UTC+0" ? 0 : 60,
            });
        }
        return new ShippedCalendar(holidays, legal);
    }
}

/// <summary>The calendar as it was at one instant.</summary>
internal sealed class CalendarSnapshot(
    DateTimeOffset readAt, IReadOnlyDictionary<(int Month, int Day), (string Fr, string Ar)> fixedHolidays, List<Holiday> holidays,
    IReadOnlyList<LegalTimeChange> legalTime, List<CutOff> cutOffs, List<AttendanceSettings> settings)
{
    private readonly Dictionary<DateOnly, Holiday> announced = holidays.ToDictionary(row => row.Date);
    private readonly ILookup<int, CutOff> cutOffs = cutOffs.ToLookup(row => row.EditionId);
    private readonly Dictionary<int, int> absences = settings.ToDictionary(row => row.EditionId, row => row.AbsencesToCall);

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; } = readAt;

    /// <summary>Legal time.</summary>
    public LegalTime Legal { get; } = new(legalTime);

    /// <summary>The changes of legal time that hold.</summary>
    public IReadOnlyList<LegalTimeChange> LegalTime { get; } = legalTime;

    /// <summary>Holidays that were set beside the fixed ones, in order.</summary>
    public IEnumerable<Holiday> Announced => announced.Values.OrderBy(row => row.Date);

    /// <summary>The holiday on a day; null when there is none.</summary>
    public (string Fr, string Ar)? HolidayOn(DateOnly day) =>
        announced.TryGetValue(day, out var set) ? (set.NameFr, set.NameAr)
        : fixedHolidays.TryGetValue((day.Month, day.Day), out var known) ? known
        : null;

    /// <summary>An edition's cut-offs in order.</summary>
    public IEnumerable<CutOff> CutOffsOf(int editionId) => cutOffs[editionId].OrderBy(row => row.Through);

    /// <summary>True when the cut-off for a session's day has passed.</summary>
    public bool IsLocked(int editionId, DateOnly day, DateOnly today) => CutOff.HasPassed(cutOffs[editionId], day, today);

    /// <summary>Absences in a row after which a family is called.</summary>
    public int AbsencesToCall(int editionId) => absences.GetValueOrDefault(editionId, AttendanceSettings.AbsencesToCallByDefault);
}
