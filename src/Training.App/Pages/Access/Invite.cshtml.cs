using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Access.People;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Access;

/// <summary>Gives a person a role, and an account by a link when there is none.</summary>
[Authorize(Policies.People)]
[AsksAgain]
internal sealed class InviteModel(InvitePerson.Handler invite, PlacesToGive places, PeopleReach reach, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("name", "Name", "access.people.name"), new("email", "Email", "access.signIn.email"), new("language", "Language", "access.invite.language"),
        new("role", "Role", "access.invite.role"), new("place", "Place", "access.invite.place"), new("endsOn", "EndsOn", "access.invite.endsOn"), new("roleHeld", "Role"),
    ];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Language { get; set; } = "ar";

    [BindProperty]
    public string? Role { get; set; }

    /// <summary>Code of a region, league or site, or id of a group.</summary>
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? StartsOn { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    /// <summary>What was made; null on the form.</summary>
    public InvitePerson.Response? Made { get; private set; }

    /// <summary>Code of the site whose groups are offered; null while none is chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Site { get; set; }

    /// <summary>Sites to choose from before a group can be offered; empty where there is but one.</summary>
    public IReadOnlyList<(string Code, string Name)> Sites { get; private set; } = [];

    /// <summary>True when groups can be chosen.</summary>
    public bool HasGroups => Choosable.Any(kind => kind.Key == "access.invite.groups");

    /// <summary>The roles, an assistant's only beside groups.</summary>
    public IReadOnlyList<Choice> Roles => [.. reach.Roles.Where(role => role != Domain.Access.Role.Assistant || HasGroups || Role == role.ToString()).Select(role => new Choice(role.ToString(), texts[$"common.role.{role}"]))];

    /// <summary>The places that can be chosen, by kind.</summary>
    public IReadOnlyList<PlacesToGive.Kind> Choosable { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var role = Enum.TryParse<Role>(Role, out var known) && Enum.IsDefined(known) ? known : (Role?)null;
        var made = await invite.HandleAsync(new InvitePerson.Request(Email, Name, Language, role, Place?.Trim(), Day(StartsOn), Day(EndsOn)), cancellationToken);
        if (made.Succeeded) Made = made.Value;
        else Show(made.Error, texts, Places);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Sites = await places.SitesAsync(cancellationToken);
        if (Sites is [var only]) (Site, Sites) = (only.Code, []);
        Choosable = await places.ListAsync(Site, cancellationToken);
    }

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
