using System.Globalization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.Domain.Attendance;

/// <summary>A session as somebody wants to hold it; any part may be missing or wrong.</summary>
/// <param name="Kind">The kind; null when not given.</param>
/// <param name="Date">Local day; null when not given.</param>
/// <param name="Start">Local start as <c>HH:mm</c>; null when not given.</param>
/// <param name="Minutes">Length in minutes; null when not given.</param>
/// <param name="Modules">Codes of the modules it will cover; may be empty.</param>
public sealed record SessionInput(SessionKind? Kind, DateOnly? Date, string? Start, int? Minutes, IReadOnlyList<string?> Modules);

/// <summary>A session whose input was found good.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Date">Local day (Africa/Casablanca).</param>
/// <param name="Start">Local start.</param>
/// <param name="Minutes">Length in minutes.</param>
/// <param name="Modules">The modules it covers; may be empty.</param>
public sealed record SessionPlan(SessionKind Kind, DateOnly Date, TimeOnly Start, int Minutes, IReadOnlyList<CurriculumModule> Modules)
{
    /// <summary>Shortest session, in minutes.</summary>
    public const int MinutesMin = 15;

    /// <summary>How many days before the first and after the last day of an edition a session may still lie: openings and make-up days.</summary>
    public const int EditionSlackDays = 14;

    private const int MinutesOfDay = 24 * 60;

    /// <summary>Checks an input against its edition; every fault at once.</summary>
    public static Result<SessionPlan> Check(SessionInput input, Edition edition, IEnumerable<CurriculumModule> curriculum)
    {
        var faults = new Faults();
        if (input.Kind is not { } kind) faults.Add("kind", "missing");
        else if (!Enum.IsDefined(kind)) faults.Add("kind", "unknownValue");
        CheckDate(input.Date, edition, faults);
        var start = CheckStart(input.Start, faults);
        if (input.Minutes is not { } minutes) faults.Add("minutes", "missing");
        else if (minutes is < MinutesMin or > Session.MinutesMax)
            faults.Add("minutes", "outOfRange", ("min", MinutesMin), ("max", Session.MinutesMax));
        else if (start is { } time && time.Hour * 60 + time.Minute + minutes > MinutesOfDay) faults.Add("minutes", "pastMidnight");
        var modules = CheckModules(input.Modules, curriculum, faults);
        if (!faults.None) return faults.ToError();
        return new SessionPlan(input.Kind!.Value, input.Date!.Value, start!.Value, input.Minutes!.Value, modules);
    }

    /// <summary>Opens the session for a group.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="group">The group.</param>
    /// <param name="now">The time.</param>
    /// <param name="scheduleId">The schedule that makes it; null when made by hand.</param>
    public Session Open(int id, Group group, DateTimeOffset now, int? scheduleId = null) => new()
    {
        Id = id,
        GroupId = group.Id,
        SiteId = group.SiteId,
        RegionId = group.RegionId,
        EditionId = group.EditionId,
        Kind = Kind,
        Date = Date,
        Start = Start,
        Minutes = Minutes,
        CreatedAt = now,
        ScheduleId = scheduleId,
        PlannedOn = scheduleId is null ? null : Date,
    };

    /// <summary>True when a session of the edition may lie on that day.</summary>
    public static bool Holds(Edition edition, DateOnly day) =>
        day >= edition.StartsOn.AddDays(-EditionSlackDays) && day <= edition.EndsOn.AddDays(EditionSlackDays);

    private static void CheckDate(DateOnly? date, Edition edition, Faults faults)
    {
        if (date is not { } day) faults.Add("date", "missing");
        else if (!Holds(edition, day))
            faults.Add("date", "outsideEdition", ("startsOn", edition.StartsOn), ("endsOn", edition.EndsOn));
    }

    private static TimeOnly? CheckStart(string? text, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add("start", "missing");
            return null;
        }
        if (TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)) return start;
        faults.Add("start", "timeMalformed");
        return null;
    }

    private static List<CurriculumModule> CheckModules(IReadOnlyList<string?> codes, IEnumerable<CurriculumModule> curriculum, Faults faults)
    {
        var byCode = curriculum.ToDictionary(module => module.Code, StringComparer.OrdinalIgnoreCase);
        var modules = new List<CurriculumModule>();
        if (codes.Count > byCode.Count)
        {
            faults.Add("modules", "tooMany", ("max", byCode.Count));
            return modules;
        }
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i] is not { } code || !byCode.TryGetValue(code.Trim(), out var module)) faults.Add($"modules[{i}]", "unknownModule");
            else if (modules.Contains(module)) faults.Add($"modules[{i}]", "twice");
            else modules.Add(module);
        }
        return modules;
    }
}
