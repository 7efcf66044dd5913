using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Families;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Families;

/// <summary>The second step of the family's way in: a code to a guardian's phone. The ticket travels in an encrypted cookie, never in the address.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Claims)]
internal sealed class CodeModel(ListPhones.Handler phones, SendCode.Handler send, ConfirmCode.Handler confirm, FamilySession session, Texts texts) : FormPage
{
    /// <summary>Where the ticket lies between the steps.</summary>
    public const string TicketKey = "family-ticket";

    [BindProperty]
    public int? Guardian { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Phones to choose from.</summary>
    public IReadOnlyList<PhoneChoice> Phones { get; private set; } = [];

    /// <summary>True once a code was sent.</summary>
    public bool Sent { get; private set; }

    /// <summary>What went wrong beside the fields; null when nothing did.</summary>
    public string? Problem { get; private set; }

    private string? Ticket
    {
        get => TempData.Peek(TicketKey) as string;
        set => TempData[TicketKey] = value;
    }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostSendAsync(CancellationToken cancellationToken)
    {
        var sent = await send.HandleAsync(new SendCode.Request(Ticket, Guardian), cancellationToken);
        if (sent.Succeeded)
        {
            Ticket = sent.Value.Ticket;
            return RedirectToPage();
        }
        return await RefuseAsync(sent.Error, cancellationToken);
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        var opened = await confirm.HandleAsync(new ConfirmCode.Request(Ticket, Code), cancellationToken);
        if (!opened.Succeeded) return await RefuseAsync(opened.Error, cancellationToken);
        TempData.Remove(TicketKey);
        await session.OpenAsync(HttpContext, opened.Value.Children, opened.Value.GuardianId, opened.Value.Issues, cancellationToken);
        return Redirect("/family/children");
    }

    private async Task<IActionResult> RefuseAsync(Error error, CancellationToken cancellationToken)
    {
        if (error.Code == "familyTicketOver") return Redirect("/family");
        if (error.Fields is null) Problem = texts.Error(error.Code, error.Facts);
        else Show(error, texts, [new FormPlace("code", "Code", "families.code.code"), new FormPlace("guardian", "Guardian", "families.code.phone")]);
        if (error.Kind is ErrorKind.TooMany) Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var known = await phones.HandleAsync(Ticket, cancellationToken);
        if (!known.Succeeded) return Redirect("/family");
        (Phones, Sent) = (known.Value.Phones, known.Value.Sent);
        return Page();
    }
}
