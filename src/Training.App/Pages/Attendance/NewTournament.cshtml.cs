using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Directory;

namespace Training.App.Pages.Attendance;

/// <summary>Opens a tournament and goes on to its page.</summary>
[Authorize(Policy = Policies.Coordinate)]
[Authorize(Policy = Policies.Enroll)]
internal sealed class NewTournamentModel(OpenTournament.Handler open, DirectoryCatalog catalog, Caller caller, Texts texts, TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("name", "Name", "tournaments.new.name"), new("host", "Host", "tournaments.new.host"), new("siteNotFound", "Host"),
        new("startsOn", "StartsOn", "tournaments.new.startsOn"), new("endsOn", "EndsOn", "tournaments.new.endsOn"),
        new("start", "Start", "tournaments.new.start"), new("minutes", "Minutes", "tournaments.new.minutes"),
        new("categories", "Categories", "tournaments.new.categories"), new("capacity", "Capacity", "tournaments.new.capacity"),
        new("squadSize", "SquadSize", "tournaments.new.squadSize"),
    ];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Host { get; set; }

    [BindProperty]
    public string? StartsOn { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    [BindProperty]
    public string? Start { get; set; } = "09:00";

    [BindProperty]
    public string? Minutes { get; set; } = "240";

    [BindProperty]
    public string? Capacity { get; set; } = OpenTournament.UsualCapacity.ToString(CultureInfo.InvariantCulture);

    [BindProperty]
    public string? SquadSize { get; set; } = OpenTournament.UsualSquad.ToString(CultureInfo.InvariantCulture);

    [BindProperty(Name = nameof(Categories))]
    public List<string> Categories { get; set; } = [];

    /// <summary>region or league: whose clubs enter.</summary>
    [BindProperty]
    public string? Area { get; set; } = "region";

    [BindProperty(Name = nameof(Modules))]
    public List<string> Modules { get; set; } = [];

    /// <summary>The season's curriculum.</summary>
    public IReadOnlyList<CurriculumModule> CoveredBy { get; private set; } = [];

    /// <summary>Clubs of the caller's region, by name.</summary>
    public IReadOnlyList<Site> Clubs { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var edition = await LoadAsync(cancellationToken);
        var made = await open.HandleAsync(
            new OpenTournament.Request(
                edition?.Code, Host, Name, Day(StartsOn), Day(EndsOn), Start is { Length: 8 } ? Start[..5] : Start, Number(Minutes), Categories,
                Number(Capacity), Number(SquadSize), Modules, LeagueOnly: Area == "league"),
            cancellationToken);
        if (made.Succeeded) return Redirect($"/tournaments/{made.Value.Tournament}");
        Show(made.Error, texts, Places);
        return Page();
    }

    /// <summary>Reads what is chosen from, and answers the season that is played: the football edition that has not ended, the earliest first.</summary>
    private async Task<Edition?> LoadAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        Clubs = [.. directory.Sites.Where(site => site is { Kind: SiteKind.Club, IsOpen: true } && caller.Scope.Covers(site.Id, site.RegionId))
            .OrderBy(site => site.Name(), StringComparer.CurrentCulture)];
        var today = time.Today();
        var edition = directory.Editions.Where(row => row.Track == Track.Football && row.EndsOn >= today).OrderBy(row => row.StartsOn).FirstOrDefault();
        if (edition is not null) CoveredBy = [.. directory.Modules(edition.Id)];
        return edition;
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
