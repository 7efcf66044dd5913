using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Access.Keys;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Access;

/// <summary>The keys of organisations.</summary>
[Authorize(Policies.Organisations)]
[AsksAgain]
internal sealed class KeysModel(ApiKeys.Handler keys, DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    /// <summary>What can be chosen, one by one.</summary>
    public static readonly KeyScopes[] Kinds = [KeyScopes.Read, KeyScopes.Write, KeyScopes.Report];

    private static readonly FormPlace[] Places =
    [
        new("organisation", "Organisation", "access.keys.organisation"), new("place", "Place", "access.invite.place"), new("scopes", "Scopes", "access.keys.scopes"),
        new("endsOn", "EndsOn", "access.invite.endsOn"),
    ];

    [BindProperty]
    public string? Organisation { get; set; }

    /// <summary><c>r:</c> and a region's code, or <c>s:</c> and a site's; empty for the nation.</summary>
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public List<KeyScopes> Scopes { get; set; } = [];

    [BindProperty]
    public string? EndsOn { get; set; }

    /// <summary>The key just made, shown once; null otherwise.</summary>
    public string? Made { get; private set; }

    public IReadOnlyList<ApiKeys.Line> Lines { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    public IReadOnlyList<(string Code, string Name)> Choosable { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (kind, code) = Place?.Split(':') is [var before, var after] ? (before, after) : ("", "");
        var made = await keys.CreateAsync(
            new CreateApiKey.Request(Organisation, kind == "r" ? code : null, kind == "s" ? code : null)
            {
                Scopes = Scopes.Aggregate(KeyScopes.None, (all, one) => all | (one & KeyScopes.All)),
                EndsOn = DateOnly.TryParseExact(EndsOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            },
            cancellationToken);
        if (made.Succeeded) Made = made.Value.Key;
        else Show(made.Error, texts, Places);
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRotateAsync(int id, CancellationToken cancellationToken)
    {
        var made = await keys.RotateAsync(id, cancellationToken);
        if (!made.Succeeded) return NotFound();
        Made = made.Value.Key;
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken cancellationToken) =>
        (await keys.RevokeAsync(id, cancellationToken)).Succeeded ? Redirect("/keys") : NotFound();

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        Lines = await keys.ListAsync(cancellationToken);
        Choosable =
        [
            .. Directory.Regions.Where(region => caller.Coordinated.Nation || caller.Coordinated.Regions.Contains(region.Id)).Select(region => ($"r:{region.Code}", region.Name())),
            .. Directory.Sites.Where(site => caller.Coordinated.Covers(site.Id, site.RegionId)).Select(site => ($"s:{site.Code}", $"{site.Name()} ({site.Code})")).OrderBy(site => site.Item2, Languages.NameOrder),
        ];
    }

    /// <summary>The region or site of a key; null for the nation.</summary>
    public string? PlaceOf(ApiKeys.Line line) =>
        line.SiteId is { } site ? Directory.Site(site).Name() : line.RegionId is { } region ? Directory.Region(region).Name() : null;

    /// <summary>True for the nation's directorate, whose keys need no place.</summary>
    public bool IsNation => caller.Coordinated.Nation;
}
