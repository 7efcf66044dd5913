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

namespace Training.App.Pages.Attendance;

/// <summary>Puts repeated sessions into a group's calendar, after showing which days they would be.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class PlanScheduleModel(PlanSchedule.Handler plan, ListGroups.Handler groups, DirectoryCatalog catalog, Texts texts, TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("group", "Group", "attendance.new.group"), new("groupNotFound", "Group"), new("kind", "Kind", "attendance.new.kind", "Kind-first"),
        new("pattern", "Pattern", "attendance.plan.pattern", "Pattern-first"), new("weekdays", "Weekdays", "attendance.plan.weekdays"),
        new("from", "From", "attendance.plan.from"), new("to", "To", "attendance.plan.to"), new("start", "Start", "attendance.new.start"),
        new("minutes", "Minutes", "attendance.new.minutes"),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty]
    public string? Kind { get; set; } = nameof(SessionKind.Training);

    [BindProperty]
    public string? Pattern { get; set; } = "weekly";

    [BindProperty(Name = nameof(Weekdays))]
    public List<string> Weekdays { get; set; } = [];

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Start { get; set; } = "16:30";

    [BindProperty]
    public string? Minutes { get; set; } = "90";

    /// <summary>preview or make.</summary>
    [BindProperty]
    public string? Action { get; set; }

    public IReadOnlyList<ListGroups.Item> Groups { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>What would be made, or was; null before anybody asked.</summary>
    public PlanSchedule.Response? Plan { get; private set; }

    /// <summary>The days of the week from Monday, in the reader's language.</summary>
    public static IEnumerable<(string Day, string Name)> Week => Enumerable.Range(0, 7).Select(i => new DateOnly(2026, 11, 23).AddDays(i))
        .Select(day => (day.DayOfWeek.ToString().ToLowerInvariant(), Days.Long(day).Split(' ')[0]));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        From = time.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var kind = Enum.TryParse<SessionKind>(Kind, out var known) && Enum.IsDefined(known) ? known : (SessionKind?)null;
        SchedulePattern? pattern = Pattern switch { "weekly" => SchedulePattern.Weekly, "camp" => SchedulePattern.Camp, _ => null };
        var made = await plan.HandleAsync(
            new PlanSchedule.Request(
                Group, kind, pattern, Weekdays, Day(From), Day(To), Start is { Length: 8 } ? Start[..5] : Start,
                int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null, [], Preview: Action != "make"),
            cancellationToken);
        if (made.Succeeded) Plan = made.Value;
        else Show(made.Error, texts, Places);
        return Page();
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        Groups = (await groups.HandleAsync(new ListGroups.Request(null, null, null), cancellationToken)).Value.Items;
    }
}
