using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Webhooks;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Webhooks;

/// <summary>One webhook and the log of what it was told.</summary>
[Authorize(Policies.Organisations)]
[AsksAgain]
internal sealed class WebhookModel(
    ListWebhooks.Handler list, ListDeliveries.Handler deliveries, ChangeWebhook.Handler change, RedeliverEvent.Handler redeliver, DirectoryCatalog catalog, Texts texts)
    : FormPage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>The new secret, shown once; null otherwise.</summary>
    public string? Made { get; private set; }

    public ListWebhooks.Item Item { get; private set; } = null!;

    public ItemList<ListDeliveries.Item> Log { get; private set; } = null!;

    public string Place { get; private set; } = "";

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancellationToken)
    {
        var renewed = await change.RenewAsync(Id, cancellationToken);
        if (!renewed.Succeeded) return NotFound();
        Made = renewed.Value.Secret;
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancellationToken) => Back(await change.StopAsync(Id, cancellationToken));

    public async Task<IActionResult> OnPostStartAsync(CancellationToken cancellationToken) => Back(await change.StartAsync(Id, cancellationToken));

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken) =>
        (await change.DeleteAsync(Id, cancellationToken)).Succeeded ? Redirect("/webhooks") : NotFound();

    public async Task<IActionResult> OnPostRedeliverAsync(string? delivery, CancellationToken cancellationToken)
    {
        var done = await redeliver.HandleAsync(Id, delivery ?? "", cancellationToken);
        if (done.Succeeded) return Back(done);
        if (done.Error.Kind == ErrorKind.NotFound) return NotFound();
        Show(done.Error, texts, []);
        return await ShowAsync(cancellationToken);
    }

    private IActionResult Back(Result<Done> done) => done.Succeeded ? Redirect($"/webhooks/{Id}") : NotFound();

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var found = await list.GetAsync(Id, cancellationToken);
        var log = await deliveries.HandleAsync(Id, null, Cursor, cancellationToken);
        if (!found.Succeeded || !log.Succeeded) return NotFound();
        (Item, Log) = (found.Value, log.Value);
        Place = (await catalog.SnapshotAsync(cancellationToken)).FindRegion(Item.Region)?.Name() ?? texts["webhooks.nation"];
        return Page();
    }
}
