using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Training.App.Pages.Attendance;

/// <summary>
/// The empty page for work without a network, the same for everybody: the service worker keeps it, and scripts fill it from what the
/// device carries. Nobody's data is on it as it leaves the server.
/// </summary>
[AllowAnonymous]
internal sealed class OfflineModel : PageModel;
