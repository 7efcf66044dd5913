using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Access.Factors;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Access;

/// <summary>Sets the second factor up, and gives recovery codes, shown once.</summary>
[Authorize(Policies.Account)]
[AsksAgain]
internal sealed class SecondFactorModel(MyFactor.Handler factor, Texts texts) : FormPage
{
    public MyFactor.State State { get; private set; } = null!;

    /// <summary>Recovery codes, on the page that follows their making alone.</summary>
    public IReadOnlyList<string> Papers { get; private set; } = [];

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The secret to be typed where no picture can be read.</summary>
    public string Spelled => TimeCode.Spell(State.Waiting);

    public async Task OnGetAsync(CancellationToken cancellationToken) => State = await factor.LookAsync(cancellationToken);

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken cancellationToken)
    {
        await factor.BeginAsync(cancellationToken);
        return Redirect("/my/second-factor");
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        var confirmed = await factor.ConfirmAsync(Code, cancellationToken);
        if (confirmed.Succeeded) Papers = confirmed.Value;
        else Show(confirmed.Error, texts, [new("code", "Code", "access.code.label")]);
        State = await factor.LookAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancellationToken)
    {
        var renewed = await factor.RenewAsync(cancellationToken);
        if (renewed.Succeeded) Papers = renewed.Value;
        State = await factor.LookAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        var removed = await factor.RemoveAsync(cancellationToken);
        if (removed.Succeeded) return Redirect("/my/second-factor");
        Show(removed.Error, texts, []);
        State = await factor.LookAsync(cancellationToken);
        return Page();
    }
}
