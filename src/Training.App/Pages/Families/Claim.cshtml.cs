using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Families;
using Training.App.Pages.Shared;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Families;

/// <summary>The door of families: the printed code and the child's birth date, no account.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Claims)]
internal sealed class ClaimModel(ClaimChild.Handler claim, FamilySession session, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("claimCode", "ClaimCode", "families.claim.code"),
        new("claimNotFound", "ClaimCode"),
        new("birthDate", "BirthDate", "families.claim.birthDate", "BirthDate-day"),
    ];

    [BindProperty]
    public string? ClaimCode { get; set; }

    [BindProperty]
    public string? BirthDateDay { get; set; }

    [BindProperty]
    public string? BirthDateMonth { get; set; }

    [BindProperty]
    public string? BirthDateYear { get; set; }

    /// <summary>True when too many guesses were wrong.</summary>
    public bool Locked { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var birthDate = ReadBirthDate(out var impossible);
        var claimed = await claim.HandleAsync(new ClaimChild.Request(ClaimCode, birthDate), cancellationToken);
        if (claimed.Succeeded)
        {
            if (claimed.Value.Ticket is { } ticket)
            {
                TempData[CodeModel.TicketKey] = ticket;
                return Redirect("/family/code");
            }
            await session.OpenAsync(HttpContext, [claimed.Value.Child], null, null, cancellationToken);
            return Redirect("/family/children");
        }
        if (claimed.Error.Kind == ErrorKind.TooMany)
        {
            Locked = true;
            ClaimCode = BirthDateDay = BirthDateMonth = BirthDateYear = null;
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = ((int)ClaimChild.LockTime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page();
        }
        Show(impossible ? Impossible(claimed.Error) : claimed.Error, texts, Places);
        return Page();
    }

    private DateOnly? ReadBirthDate(out bool impossible)
    {
        impossible = false;
        if (string.IsNullOrWhiteSpace(BirthDateDay + BirthDateMonth + BirthDateYear)) return null;
        var day = DateText.Parse($"{BirthDateDay?.Trim()}/{BirthDateMonth?.Trim()}/{BirthDateYear?.Trim()}", out var error);
        impossible = error != DateTextError.None;
        return day;
    }

    /// <summary>A date that was typed but is none is not missing.</summary>
    private static Error Impossible(Error error) => error with
    {
        Fields = new Dictionary<string, IReadOnlyList<FieldError>>(error.Fields ?? new Dictionary<string, IReadOnlyList<FieldError>>())
        {
            ["birthDate"] = [new FieldError("impossibleDate")],
        },
    };
}
