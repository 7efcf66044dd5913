using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Directory;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>Moves the hours of many sessions at once, after showing which, and takes it back.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class MoveHoursModel(
    MoveHours.Handler move, UndoMove.Handler undo, ListGroups.Handler groups, DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    private static readonly FormPlace[] Fields =
    [
        new("site", "Place", "attendance.hoursMove.place"), new("from", "From", "attendance.plan.from"), new("to", "To", "attendance.plan.to"),
        new("start", "Start", "attendance.hoursMove.start"), new("shiftMinutes", "Shift", "attendance.hoursMove.shift"),
        new("minutes", "Minutes", "attendance.new.minutes"), new("reason", "Reason", "attendance.waiting.reason"),
    ];

    /// <summary><c>region:04</c>, <c>site:RSB</c> or <c>group:g-…</c>.</summary>
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Start { get; set; }

    [BindProperty]
    public string? Shift { get; set; }

    [BindProperty]
    public string? Minutes { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>preview or move.</summary>
    [BindProperty]
    public string? Action { get; set; }

    [BindProperty]
    public string? Move { get; set; }

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>Regions, sites and groups within the reader's reach.</summary>
    public IReadOnlyList<(string Value, string Name)> Places { get; private set; } = [];

    public MoveHours.Response? Moved { get; private set; }

    public UndoMove.Response? Undone { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var (kind, key) = Place?.Split(':') is [var before, var after] ? (before, after) : ("", "");
        string? Of(string wanted) => kind == wanted ? key : null;
        var moved = await move.HandleAsync(
            new MoveHours.Request(
                Day(From), Day(To), Of("group"), Of("site"), Of("region"), Number(Shift), string.IsNullOrEmpty(Start) ? null : Start[..Math.Min(5, Start.Length)],
                Number(Minutes), Reason, Preview: Action != "move"),
            cancellationToken);
        if (moved.Succeeded) Moved = moved.Value;
        else Show(moved.Error, texts, Fields);
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var undone = await undo.HandleAsync(Move ?? "", cancellationToken);
        if (undone.Succeeded) Undone = undone.Value;
        else Show(undone.Error, texts, Fields);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var listed = (await groups.HandleAsync(new ListGroups.Request(null, null, null), cancellationToken)).Value.Items;
        Places =
        [
            .. Directory.Regions.Where(region => caller.Scope.Nation || caller.Scope.Regions.Contains(region.Id)).Select(region => ($"region:{region.Code}", region.Name())),
            .. listed.Select(group => group.Site).Distinct().Select(code => ($"site:{code}", Directory.FindSite(code)!.Name())),
            .. listed.Select(group => ($"group:{group.Id}", $"{SessionWords.Group(texts, group.Name)} – {Directory.FindSite(group.Site)!.Name()}")),
        ];
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
