using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Webhooks;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Webhooks;

/// <summary>Partners' systems that are told of events.</summary>
[Authorize(Policies.Organisations)]
[AsksAgain]
internal sealed class WebhooksModel(CreateWebhook.Handler create, ListWebhooks.Handler list, DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("name", "Name", "webhooks.name"), new("address", "Address", "webhooks.address"), new("region", "Region", "webhooks.place"),
        new("events", "Events", "webhooks.events"),
    ];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    /// <summary>Code of the region; empty for the nation.</summary>
    [BindProperty]
    public string? Region { get; set; }

    [BindProperty]
    public List<string> Events { get; set; } = [];

    /// <summary>The secret of the webhook just made, shown once; null otherwise.</summary>
    public string? Made { get; private set; }

    public IReadOnlyList<ListWebhooks.Item> Items { get; private set; } = [];

    public DirectorySnapshot Directory { get; private set; } = null!;

    public IReadOnlyList<(string Code, string Name)> Choosable { get; private set; } = [];

    /// <summary>True for the nation's directorate, whose webhooks need no place.</summary>
    public bool IsNation => caller.Scope.Nation;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var made = await create.HandleAsync(new CreateWebhook.Request(Name, Address, Events, Region), cancellationToken);
        if (made.Succeeded) (Made, Name, Address, Events) = (made.Value.Secret, null, null, []);
        else Show(made.Error, texts, Places);
        await LoadAsync(cancellationToken);
        return Page();
    }

    /// <summary>Name of a webhook's perimeter.</summary>
    public string PlaceOf(string? region) => Directory.FindRegion(region)?.Name() ?? texts["webhooks.nation"];

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Directory = await catalog.SnapshotAsync(cancellationToken);
        Items = await list.HandleAsync(cancellationToken);
        Choosable = [.. Directory.Regions.Where(region => caller.Scope.Nation || caller.Scope.Regions.Contains(region.Id)).Select(region => (region.Code, region.Name()))];
    }
}
