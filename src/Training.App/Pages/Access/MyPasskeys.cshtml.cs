using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access;
using Training.App.Modules.Access.Factors;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Access;

/// <summary>A person's own passkeys: adds, names and removes them.</summary>
[Authorize(Policies.Account)]
[AsksAgain]
internal sealed class MyPasskeysModel(MyPasskeys.Handler passkeys, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places = [new("name", "Name", "access.passkeys.name"), new("passkey", "Passkey")];

    public IReadOnlyList<MyPasskeys.Line> Lines { get; private set; } = [];

    /// <summary>What the browser is asked, as JSON.</summary>
    public string Options { get; private set; } = "";

    /// <summary>Recovery codes, on the page that follows the first factor alone.</summary>
    public IReadOnlyList<string> Papers { get; private set; } = [];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var added = await passkeys.AddAsync(Name, Passkey, cancellationToken);
        if (added is { Succeeded: true, Value.Count: 0 }) return Redirect("/my/passkeys");
        if (added.Succeeded) (Papers, Name) = (added.Value, null);
        else Show(added.Error, texts, Places);
        await LookAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostNameAsync(string? id, string? called, CancellationToken cancellationToken) =>
        await AnswerAsync(await passkeys.NameAsync(id, called, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostRemoveAsync(string? id, CancellationToken cancellationToken) =>
        await AnswerAsync(await passkeys.RemoveAsync(id, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result<Done> result, CancellationToken cancellationToken)
    {
        if (result.Succeeded) return Redirect("/my/passkeys");
        if (result.Error.Kind == ErrorKind.NotFound) return NotFound();
        Show(result.Error, texts, []);
        await LookAsync(cancellationToken);
        return Page();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        Lines = await passkeys.ListAsync(cancellationToken);
        Options = await passkeys.AskAsync(cancellationToken);
    }
}
