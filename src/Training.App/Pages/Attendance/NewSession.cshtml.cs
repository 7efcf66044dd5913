using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Directory;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Attendance;

/// <summary>Puts a session into a group's calendar and goes on to its roster.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class NewSessionModel(
    CreateSession.Handler create, ListSessions.Handler sessions, ListGroups.Handler groups, DirectoryCatalog catalog, Caller caller,
    Texts texts, TimeProvider time) : FormPage
{
    private const int UsualMinutes = 90;

    /// <summary>Groups of an edition that begins later are not offered yet, in days.</summary>
    private const int PlannedAhead = 30;

    private static readonly FormPlace[] Places =
    [
        new("group", "Group", "attendance.new.group"), new("groupNotFound", "Group"),
        new("kind", "Kind", "attendance.new.kind", "Kind-first"), new("date", "Date", "attendance.new.date"),
        new("start", "Start", "attendance.new.start"), new("minutes", "Minutes", "attendance.new.minutes"),
        new("modules", "Modules", "attendance.new.modules"),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Date { get; set; }

    [BindProperty]
    public string? Start { get; set; }

    [BindProperty]
    public string? Minutes { get; set; }

    [BindProperty(Name = nameof(Modules))]
    public List<string> Modules { get; set; } = [];

    public IReadOnlyList<ListGroups.Item> Groups { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True when the groups lie at more than one site and each must name its own.</summary>
    public bool ManySites { get; private set; }

    /// <summary>The editions of the groups; each has a curriculum of its own.</summary>
    public IReadOnlyList<Edition> Editions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var now = time.Local();
        Date = DateOnly.FromDateTime(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Start = new TimeOnly(now.Hour, now.Minute < 30 ? 0 : 30).ToString("HH:mm", CultureInfo.InvariantCulture);
        Minutes = UsualMinutes.ToString(CultureInfo.InvariantCulture);
        Kind = Editions.Any(edition => edition.Track == Track.Football) ? nameof(SessionKind.Training) : nameof(SessionKind.Workshop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        DateOnly? date = DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        int? minutes = int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
        // Some browsers send the seconds with a time.
        var start = Start is { Length: 8 } ? Start[..5] : Start;
        if (date is not null && start is not null && await SameAsync(date.Value, start, cancellationToken) is { } same) return Redirect($"/sessions/{same}");

        var kind = Enum.TryParse<SessionKind>(Kind, out var known) && Enum.IsDefined(known) ? known : (SessionKind?)null;
        var made = await create.HandleAsync(new CreateSession.Request(Group, kind, date, start, minutes, Modules), cancellationToken);
        if (made.Succeeded) return Redirect($"/sessions/{made.Value.Session}");
        await LoadAsync(cancellationToken);
        Show(OnOneField(made.Error), texts, Places);
        return Page();
    }

    /// <summary>A form sent twice on a weak network leads to the session it made, not to a second one.</summary>
    private async Task<string?> SameAsync(DateOnly date, string start, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Group)) return null;
        var listed = await sessions.HandleAsync(new ListSessions.Request(null, Group, date, date, SessionStatus.Open), cancellationToken);
        return listed.Value.Items.FirstOrDefault(session => session.Start == start)?.Session;
    }

    /// <summary>The faults of single modules stand at the list of modules.</summary>
    private static Error OnOneField(Error error) => error.Fields is null ? error : error with
    {
        Fields = error.Fields.GroupBy(field => field.Key.Split('[')[0])
            .ToDictionary(field => field.Key, field => (IReadOnlyList<FieldError>)[.. field.SelectMany(entry => entry.Value)]),
    };

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var soon = time.Today().AddDays(PlannedAhead);
        Groups = [.. (await groups.HandleAsync(new ListGroups.Request(null, null, null), cancellationToken)).Value.Items
            .Where(group => Directory.FindEdition(group.Edition)!.StartsOn <= soon)];
        ManySites = caller.Scope is not { Nation: false, Regions: [], Sites: [_] };
        Editions = [.. Groups.Select(group => group.Edition).Distinct().Select(code => Directory.FindEdition(code)!).OrderBy(edition => edition.Code, StringComparer.Ordinal)];
    }
}
