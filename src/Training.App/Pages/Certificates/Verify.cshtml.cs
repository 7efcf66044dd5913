using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Training.App.Modules.Certificates;
using Training.App.Modules.Certificates.Badges;
using Training.App.Platform.Http;
using Training.Domain.Certificates;

namespace Training.App.Pages.Certificates;

/// <summary>The page a certificate's square code leads to: for anybody, saying as little about the child as possible.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Verification)]
internal sealed class VerifyModel(VerifyCertificate.Handler verify, GetBadge.Handler badges, PublicAddress address) : PageModel
{
    /// <summary>What stands; null when no certificate bears the code, or none was asked for.</summary>
    public VerifyCertificate.Response? Certificate { get; private set; }

    /// <summary>What is said of the very document: of one that was revoked or replaced not only that it is unchanged.</summary>
    public string SameKey => Certificate?.Status switch
    {
        VerifyCertificate.Standing.Revoked => "certificates.verify.sameRevoked",
        VerifyCertificate.Standing.Replaced => "certificates.verify.sameReplaced",
        _ => "certificates.verify.same",
    };

    /// <summary>Where the digital credential lies; null when it is not offered.</summary>
    public string? Badge { get; private set; }

    /// <summary>True while nobody has given a code yet.</summary>
    public bool Asks { get; private set; }

    /// <summary>The official host, to be compared with the address bar.</summary>
    public string Host => address.Host;

    public async Task<IActionResult> OnGetAsync(string? code, CancellationToken cancellationToken)
    {
        if (RouteData.Values["code"] is null && !string.IsNullOrWhiteSpace(code)) return RedirectToPage(new { code = code.Trim() });
        Asks = string.IsNullOrWhiteSpace(code);
        if (Asks) return Page();
        var found = await verify.HandleAsync(code, CheckDoor.Page, cancellationToken);
        if (found.Succeeded)
        {
            Certificate = found.Value;
            Badge = await badges.IsOfferedAsync(code, cancellationToken) ? $"/api/verify/{CertificateCodes.ReadVerificationCode(code)}/badge" : null;
        }
        else Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
