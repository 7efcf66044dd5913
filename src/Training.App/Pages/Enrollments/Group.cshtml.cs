using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>A group: its places, and its children each with the way to the enrollment.</summary>
[Authorize(Policies.Sheets)]
internal sealed class GroupModel(ListGroupYouths.Handler list, ChangeCapacity.Handler change, DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    public ListGroupYouths.Response Group { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for who registers and plans; an assistant sees who is in the group.</summary>
    public bool Plans => caller.MayEnroll;

    /// <summary>Places as typed; null while nothing was.</summary>
    public int? Capacity { get; private set; }

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public async Task<IActionResult> OnPostAsync(string id, string? capacity, int? seen, CancellationToken cancellationToken)
    {
        if (!Plans) return Forbid();
        Capacity = int.TryParse(capacity?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var places) ? places : null;
        var changed = await change.HandleAsync(id, new ChangeCapacity.Request(Capacity, seen), cancellationToken);
        if (changed.Succeeded) return RedirectToPage(new { id });
        if (changed.Error.Kind == ErrorKind.NotFound) return NotFound();
        Show(changed.Error, texts, [new FormPlace("capacity", "Capacity", "enrollments.group.places"), new FormPlace(changed.Error.Code, "Capacity")]);
        return await ShowAsync(id, cancellationToken);
    }

    /// <summary>A state's public name.</summary>
    public static string Code(EnrollmentStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var found = await list.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Group = found.Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        return Page();
    }
}
