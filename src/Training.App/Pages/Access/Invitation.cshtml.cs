using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Access.People;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>Where a link leads that was sent instead of a password.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class InvitationModel(AcceptInvitation.Handler accept, Texts texts) : FormPage
{
    /// <summary>Whose link it is; null when it opens nothing.</summary>
    public AcceptInvitation.Opened? Opened { get; private set; }

    /// <summary>True once the password is set.</summary>
    public bool Done { get; private set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(string secret, CancellationToken cancellationToken)
    {
        await LookAsync(secret, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string secret, CancellationToken cancellationToken)
    {
        await LookAsync(secret, cancellationToken);
        var accepted = await accept.HandleAsync(new AcceptInvitation.Request(secret, Password), cancellationToken);
        Done = accepted.Succeeded;
        if (accepted.Error?.Fields is not null) Show(accepted.Error, texts, [new("password", "Password", "access.signIn.password")]);
        else if (!accepted.Succeeded) Opened = null;
        return Page();
    }

    private async Task LookAsync(string secret, CancellationToken cancellationToken)
    {
        var looked = await accept.LookAsync(secret, cancellationToken);
        Opened = looked.Succeeded ? looked.Value : null;
        if (Opened is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
