using Training.Domain.Directory;

namespace Training.Domain.Attendance.Tournaments;

/// <summary>Where a tournament stands.</summary>
public enum TournamentStatus : byte
{
    /// <summary>Squads are proposed, played and marked.</summary>
    Open = 1,

    /// <summary>Called off; its sessions with it.</summary>
    Cancelled = 2,
}

/// <summary>
/// A regional tournament: one short event at one host site, for the clubs of the host's region or of the host's league alone. What is
/// played each day is a session of each squad, so that presence counts like any other.
/// </summary>
public sealed class Tournament
{
    /// <summary>Longest tournament, in days.</summary>
    public const int DaysMax = 8;

    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 120;

    /// <summary>Most players of one tournament.</summary>
    public const int CapacityMax = 5000;

    /// <summary>Most players of one squad.</summary>
    public const int SquadMax = 40;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The edition; of the football track.</summary>
    public required int EditionId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The club that hosts it.</summary>
    public required int HostSiteId { get; init; }

    /// <summary>The host's region: its clubs may enter.</summary>
    public required int RegionId { get; init; }

    /// <summary>The host's league when only its clubs may enter; null when the whole region may.</summary>
    public int? LeagueId { get; init; }

    /// <summary>First local day.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last local day, inclusive.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>When a day begins, local time.</summary>
    public required TimeOnly DayStart { get; init; }

    /// <summary>Length of a day in minutes, as it counts toward completion.</summary>
    public required int DayMinutes { get; init; }

    /// <summary>Numbers of the football categories that play, the youngest first, separated by blanks: <c>13 15</c>.</summary>
    public required string CategoryNumbers { get; init; }

    /// <summary>Places for players, all squads together.</summary>
    public required int Capacity { get; init; }

    /// <summary>Places in one squad.</summary>
    public required int SquadSize { get; init; }

    /// <summary>Where it stands.</summary>
    public TournamentStatus Status { get; private set; } = TournamentStatus.Open;

    /// <summary>Why it was called off; null while it was not.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>Who opened it: <c>account:7</c> or <c>key:3</c>.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The categories that play, the youngest first.</summary>
    public IReadOnlyList<AgeCategory> Categories => [.. CategoryNumbers.Split(' ').Select(number => AgeCategory.FromCode("U" + number)!)];

    /// <summary>Its local days.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, EndsOn.DayNumber - StartsOn.DayNumber + 1).Select(StartsOn.AddDays);

    /// <summary>True when a club may enter a squad.</summary>
    public bool Admits(Site site) => site.Kind == SiteKind.Club && site.RegionId == RegionId && (LeagueId is null || site.LeagueId == LeagueId);

    /// <summary>Who may play in a category of this tournament, by birth date.</summary>
    public PlayingAge AgeOf(AgeCategory category, Edition edition) => PlayingAge.Of(category, Categories, edition.SeasonEndYear);

    /// <summary>
    /// Why a squad cannot be changed any more; null while it can. A club's own people change theirs until the day before; on the days
    /// themselves a coordinator does, who stands at the door.
    /// </summary>
    /// <param name="today">Today in Africa/Casablanca.</param>
    /// <param name="coordinates">True for whoever decides for a region or the nation.</param>
    public string? RefuseChange(DateOnly today, bool coordinates) =>
        Status == TournamentStatus.Cancelled ? "tournamentCancelled"
        : today > EndsOn ? "tournamentOver"
        : today >= StartsOn && !coordinates ? "squadsClosed"
        : null;

    /// <summary>Calls it off.</summary>
    /// <returns>False when it was called off before.</returns>
    public bool Cancel(string reason)
    {
        if (Status == TournamentStatus.Cancelled) return false;
        (Status, CancelReason) = (TournamentStatus.Cancelled, reason);
        return true;
    }
}

/// <summary>A module of the curriculum that a tournament's days cover.</summary>
public sealed class TournamentModule
{
    /// <summary>The tournament.</summary>
    public required int TournamentId { get; init; }

    /// <summary>The module.</summary>
    public required int ModuleId { get; init; }
}
