using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Access.People;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Pages.Access;

/// <summary>One adult: roles with their days, ending one, another link.</summary>
[Authorize(Policies.People)]
[AsksAgain]
internal sealed class PersonModel(
    ListPeople.Handler list, ChangePerson.Handler change, RecordSafeguarding.Handler record, DirectoryCatalog catalog, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("kind", "Kind", "access.safeguarding.what"), new("doneOn", "DoneOn", "access.safeguarding.doneOn"), new("endsOn", "EndsOn", "access.invite.endsOn"),
    ];

    public ListPeople.Person Person { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>The link just made; null otherwise.</summary>
    public SentLink? Sent { get; private set; }

    /// <summary>True just after a role was ended.</summary>
    [TempData]
    public bool Ended { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? DoneOn { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    public IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<SafeguardingKind>().Select(kind => new Choice(kind.ToString(), texts[$"access.safeguarding.{kind}"]))];

    /// <summary>True when a new link may be sent: every role that still runs is the caller's to give.</summary>
    public bool MaySendLink => Person.Roles.Any(role => role.IsMine) && Person.Roles.Where(role => role.Counts).All(role => role.IsMine);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostEndAsync(string id, int grant, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!(await change.EndRoleAsync(Person.Id, grant, cancellationToken)).Succeeded) return NotFound();
        Ended = true;
        return Redirect($"/people/{id}");
    }

    public async Task<IActionResult> OnPostLinkAsync(string id, bool lostPhone, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var sent = await change.SendLinkAsync(Person.Id, lostPhone, cancellationToken);
        if (!sent.Succeeded) return NotFound();
        Sent = sent.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostRecordAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var kind = Enum.TryParse<SafeguardingKind>(Kind, out var known) ? known : (SafeguardingKind?)null;
        var recorded = await record.HandleAsync(new RecordSafeguarding.Request(Person.Id, kind, Day(DoneOn), Day(EndsOn)), cancellationToken);
        if (recorded.Succeeded) return Redirect($"/people/{id}");
        if (recorded.Error.Kind == ErrorKind.NotFound) return NotFound();
        Show(recorded.Error, texts, Places);
        return Page();
    }

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (await list.FindAsync(OpaqueId.ParseAccount(id), cancellationToken) is not { } found) return false;
        (Person, Directory) = (found, await catalog.SnapshotAsync(cancellationToken));
        return true;
    }
}
