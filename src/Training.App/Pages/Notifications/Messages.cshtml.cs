using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Modules.Notifications;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Notifications;

namespace Training.App.Pages.Notifications;

/// <summary>What the site has to tell families itself, to be printed or ticked off, and the log of what was sent.</summary>
[Authorize(Policy = Policies.Enroll)]
internal sealed class MessagesModel(ListNotices.Handler notices, MarkTold.Handler mark, Texts texts) : PageModel
{
    /// <summary>Lines of the log on the page.</summary>
    private const int LogLines = 50;

    public ListNotices.Response ToTell { get; private set; } = null!;

    public IReadOnlyList<ListNotices.Item> Log { get; private set; } = [];

    [TempData]
    public string? Said { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ToTell = (await notices.HandleAsync(new ListNotices.Request(null, ToTell: true), cancellationToken)).Value;
        Log = [.. (await notices.HandleAsync(new ListNotices.Request(null, ToTell: false), cancellationToken)).Value.Items.Take(LogLines)];
    }

    public async Task<IActionResult> OnPostAsync(string[] notice, CancellationToken cancellationToken)
    {
        var told = await mark.HandleAsync(new MarkTold.Request(notice), cancellationToken);
        Said = told.Succeeded ? texts["notifications.page.done", told.Value.Told] : texts["notifications.page.noneChosen"];
        return RedirectToPage();
    }

    /// <summary>How far a message has come: that the gateway took it over does not mean that anybody has it.</summary>
    public string StateOf(ListNotices.Item item) => item switch
    {
        { Receipt: NoticeReceipt.Delivered } => "notifications.state.Delivered",
        { State: NoticeState.Sent } => ToTell.ReceiptsConfigured ? "notifications.state.SentAwaiting" : "notifications.state.SentBlind",
        _ => $"notifications.state.{item.State}",
    };

    /// <summary>Green for what has arrived alone.</summary>
    public static string? Tone(ListNotices.Item item) => item.Receipt == NoticeReceipt.Delivered ? "success" : null;

    /// <summary>Why a notice was not sent, in words: the stable words of gateways are one sentence to a coach.</summary>
    public string Why(string? reason) => texts[$"notifications.reason.{reason switch
    {
        "no-consent" => "noConsent",
        "no-phone" => "noPhone",
        "not-configured" => "notConfigured",
        "not-delivered" => "notDelivered",
        _ => "refused",
    }}"];
}
