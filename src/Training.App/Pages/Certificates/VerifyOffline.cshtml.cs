using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Platform.Http;

namespace Training.App.Pages.Certificates;

/// <summary>
/// The page that checks square codes of certificates without a network, the same for everybody: the service worker keeps it with the
/// public keys, and a script does the rest. Nobody's data is on it as it leaves the server.
/// </summary>
[AllowAnonymous]
internal sealed class VerifyOfflineModel(PublicAddress address) : PageModel
{
    /// <summary>The official host.</summary>
    public string Host => address.Host;
}
