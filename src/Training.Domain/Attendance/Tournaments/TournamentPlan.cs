using System.Globalization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.Domain.Attendance.Tournaments;

/// <summary>A tournament as somebody wants to open it; any part may be missing or wrong.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="LeagueOnly">True: only clubs of the host's league; false: of its region.</param>
/// <param name="StartsOn">First local day.</param>
/// <param name="EndsOn">Last local day, inclusive.</param>
/// <param name="Start">When a day begins, <c>HH:mm</c>.</param>
/// <param name="Minutes">Length of a day in minutes.</param>
/// <param name="Categories">Codes of football categories.</param>
/// <param name="Capacity">Places for players, all squads together.</param>
/// <param name="SquadSize">Places in one squad.</param>
/// <param name="Modules">Codes of the modules that a day covers; may be empty.</param>
public sealed record TournamentInput(
    string? Name, bool LeagueOnly, DateOnly? StartsOn, DateOnly? EndsOn, string? Start, int? Minutes, IReadOnlyList<string?> Categories,
    int? Capacity, int? SquadSize, IReadOnlyList<string?> Modules);

/// <summary>A tournament whose input was found good.</summary>
public sealed class TournamentPlan
{
    private readonly TournamentInput input;
    private readonly string name;
    private readonly SessionPlan day;
    private readonly IReadOnlyList<AgeCategory> categories;

    private TournamentPlan(TournamentInput input, string name, SessionPlan day, IReadOnlyList<AgeCategory> categories) =>
        (this.input, this.name, this.day, this.categories) = (input, name, day, categories);

    /// <summary>The modules a day covers.</summary>
    public IReadOnlyList<CurriculumModule> Modules => day.Modules;

    /// <summary>Checks an input against its edition; every fault at once. A day is checked as the session that it becomes.</summary>
    public static Result<TournamentPlan> Check(TournamentInput input, Edition edition, IEnumerable<CurriculumModule> curriculum)
    {
        var faults = new Faults();
        var name = FreeText.Read(input.Name, "name", required: true, Tournament.NameMax, faults);
        var day = SessionPlan.Check(
            new SessionInput(SessionKind.TournamentDay, input.StartsOn, input.Start, input.Minutes, input.Modules), edition, curriculum);
        if (!day.Succeeded) faults.Take(day.Error, field => field == "date" ? "startsOn" : field);
        CheckEnd(input, edition, faults);
        var categories = CheckCategories(input.Categories, faults);
        CheckNumber("capacity", input.Capacity, Tournament.CapacityMax, faults);
        CheckNumber("squadSize", input.SquadSize, Tournament.SquadMax, faults);
        if (!faults.None) return faults.ToError();
        return new TournamentPlan(input, name!, day.Value, categories);
    }

    /// <summary>Opens the tournament at its host.</summary>
    public Tournament Open(int id, Edition edition, Site host, string by, DateTimeOffset now) => new()
    {
        Id = id,
        EditionId = edition.Id,
        Name = name,
        HostSiteId = host.Id,
        RegionId = host.RegionId,
        LeagueId = input.LeagueOnly ? host.LeagueId : null,
        StartsOn = day.Date,
        EndsOn = input.EndsOn!.Value,
        DayStart = day.Start,
        DayMinutes = day.Minutes,
        CategoryNumbers = string.Join(' ', categories.Select(category => category.Number.ToString(CultureInfo.InvariantCulture))),
        Capacity = input.Capacity!.Value,
        SquadSize = input.SquadSize!.Value,
        OpenedBy = by,
        OpenedAt = now,
    };

    private static void CheckEnd(TournamentInput input, Edition edition, Faults faults)
    {
        if (input.EndsOn is not { } end) faults.Add("endsOn", "missing");
        else if (input.StartsOn is not { } start) return;
        else if (end < start) faults.Add("endsOn", "endsBeforeStart");
        else if (end.DayNumber - start.DayNumber >= Tournament.DaysMax) faults.Add("endsOn", "tournamentTooLong", ("max", Tournament.DaysMax));
        else if (!SessionPlan.Holds(edition, end))
            faults.Add("endsOn", "outsideEdition", ("startsOn", edition.StartsOn), ("endsOn", edition.EndsOn));
    }

    private static List<AgeCategory> CheckCategories(IReadOnlyList<string?> codes, Faults faults)
    {
        var categories = new List<AgeCategory>();
        if (codes.Count == 0) faults.Add("categories", "missing");
        if (codes.Count > AgeCategory.All.Count) faults.Add("categories", "tooMany", ("max", AgeCategory.All.Count));
        foreach (var (i, code) in codes.Take(AgeCategory.All.Count).Index())
        {
            if (AgeCategory.FromCode(code?.Trim()) is not { } category) faults.Add($"categories[{i}]", "unknownValue");
            else if (categories.Contains(category)) faults.Add($"categories[{i}]", "twice");
            else categories.Add(category);
        }
        categories.Sort((left, right) => left.Number.CompareTo(right.Number));
        return categories;
    }

    private static void CheckNumber(string field, int? number, int max, Faults faults)
    {
        if (number is null) faults.Add(field, "missing");
        else if (number < 1 || number > max) faults.Add(field, "outOfRange", ("min", 1), ("max", max));
    }
}
