using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Access.People;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Access;

/// <summary>The adults of the caller's organisation.</summary>
[Authorize(Policies.People)]
internal sealed class PeopleModel(ListPeople.Handler list, DirectoryCatalog catalog, Caller caller) : PageModel
{
    public IReadOnlyList<ListPeople.Person> Items { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    /// <summary>True for who gives the roles of sites; false for who works at one, and gives those of its groups.</summary>
    public bool Coordinates => caller.Is(Role.Coordinator, Role.Directorate);

    /// <summary>Which page is shown, from 1.</summary>
    public int Part { get; private set; } = 1;

    /// <summary>How many people there are.</summary>
    public int Total { get; private set; }

    /// <summary>How many pages there are, at least 1.</summary>
    public int Parts => Math.Max(1, (Total + ListPeople.Handler.PageSize - 1) / ListPeople.Handler.PageSize);

    public async Task OnGetAsync(string? part, CancellationToken cancellationToken)
    {
        // What is no number of a page is the first one: nobody types it.
        if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)) Part = Math.Clamp(asked, 1, PartMax);
        Directory = await catalog.SnapshotAsync(cancellationToken);
        (Items, Total) = await list.HandleAsync(Part, cancellationToken);
    }

    /// <summary>Last page that an address may name.</summary>
    private const int PartMax = 100_000;

    /// <summary>A role with its place, in words.</summary>
    public static string Words(ListPeople.HeldRole role, DirectorySnapshot directory, Texts texts)
    {
        var place = role.Place switch
        {
            { SiteId: { } site } => directory.Site(site).Name(),
            { GroupSiteId: { } site } => $"{directory.Site(site).Name()}, {GroupName(role.GroupName ?? "", texts)}",
            { LeagueId: { } league } => directory.League(league).Name(),
            { RegionId: { } region } => directory.Region(region).Name(),
            _ => null,
        };
        return place is null ? texts[$"common.role.{role.Role}"] : $"{texts[$"common.role.{role.Role}"]} – {place}";
    }

    /// <summary>A group's name; a number alone is said to be one.</summary>
    public static string GroupName(string name, Texts texts) => name.All(char.IsAsciiDigit) ? texts["attendance.group", name] : name;

    /// <summary>A day; a dash when open.</summary>
    public static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>The day of an instant; a dash when there is none.</summary>
    public static string Day(DateTimeOffset? at) => at is { } instant ? Day(LocalTime.DayOf(instant)) : "–";
}
