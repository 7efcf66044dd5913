using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Access;

/// <summary>Another password for the own account.</summary>
[Authorize(Policies.Account)]
[AsksAgain]
internal sealed class MyPasswordModel(ChangePassword.Handler change, Texts texts) : FormPage
{
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>True once it is set.</summary>
    public bool Done { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var changed = await change.HandleAsync(Password, cancellationToken);
        Done = changed.Succeeded;
        if (!changed.Succeeded) Show(changed.Error, texts, [new("password", "Password", "access.invitation.password")]);
        return Page();
    }
}
