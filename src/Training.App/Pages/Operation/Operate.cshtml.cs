using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Operation;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Operation;

/// <summary>The page of whoever runs the system: how it is, and what was given up, to be tried again.</summary>
[Authorize(Policies.Operate)]
internal sealed class OperateModel(GetOperation.Handler operation, ReplayDeliveries.Handler replay, Texts texts) : FormPage
{
    private const double Gigabyte = 1024 * 1024 * 1024;

    public GetOperation.Response State { get; private set; } = null!;

    /// <summary>How many deliveries the last press of a button has put back; null when none was pressed.</summary>
    [TempData]
    public int? Replayed { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    /// <param name="delivery">Which one; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IActionResult> OnPostAsync(long? delivery, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return BadRequest();
        var result = await replay.HandleAsync(delivery, cancellationToken);
        if (!result.Succeeded)
        {
            Errors.Add(null, texts.Error(result.Error.Code));
            await ShowAsync(cancellationToken);
            return Page();
        }
        Replayed = result.Value;
        return RedirectToPage();
    }

    /// <summary>Bytes as gigabytes, for people.</summary>
    public static string Gigabytes(long bytes) => (bytes / Gigabyte).ToString("N1", System.Globalization.CultureInfo.CurrentCulture);

    private async Task ShowAsync(CancellationToken cancellationToken) => State = await operation.HandleAsync(cancellationToken);
}
