using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Directory;
using Training.App.Modules.Enrollments;
using Training.App.Modules.Enrollments.Lifecycle.RollOver;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Pages.Enrollments;

/// <summary>
/// Takes a site's children over to the edition that follows, group by group: who goes on, and whose guardian has signed again. Who has
/// grown too old stands there with the reason.
/// </summary>
[Authorize(Policies.Enroll)]
internal sealed class RollOverModel(
    SiteOverview.Handler overview, ListRollOver.Handler list, TakeOver.Handler takeOver, ListGroups.Handler groups, DirectoryCatalog catalog,
    Texts texts, TimeProvider time) : FormPage
{
    public Site Site { get; private set; } = null!;

    /// <summary>The edition to come; null when none follows.</summary>
    public Edition? To { get; private set; }

    public IReadOnlyList<ListGroups.Item> Groups { get; private set; } = [];

    public IReadOnlyList<ListRollOver.Item> Items { get; private set; } = [];

    /// <summary>Group of the edition before that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public string? Next { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>The day the papers bear.</summary>
    [BindProperty]
    public DateOnly? SignedOn { get; set; }

    /// <summary>Enrollments that go on; null on the first visit, when all are ticked.</summary>
    [BindProperty]
    public List<string>? Take { get; set; }

    /// <summary>Enrollments for which a guardian has signed again.</summary>
    [BindProperty]
    public List<string> Signed { get; set; } = [];

    /// <summary>Who signed, by enrollment, where it is not the first guardian.</summary>
    [BindProperty]
    public Dictionary<string, int> Guardian { get; set; } = [];

    /// <summary>How many were just taken over; null when the visitor comes from elsewhere.</summary>
    [TempData]
    public int? Taken { get; set; }

    /// <summary>How many went on while others of this very request did not.</summary>
    public int? TakenBeside { get; private set; }

    /// <summary>Why those who were ticked did not go on, by enrollment.</summary>
    public IReadOnlyDictionary<string, string> NotTaken { get; private set; } = new Dictionary<string, string>();

    public bool IsTaken(ListRollOver.Item item) => Take is null || Take.Contains(item.Enrollment);

    public bool IsSigned(ListRollOver.Item item) => Signed.Contains(item.Enrollment);

    public Task<IActionResult> OnGetAsync(string? site, CancellationToken cancellationToken) => ShowAsync(site, cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? site, CancellationToken cancellationToken)
    {
        Today = time.Today();
        Take ??= [];
        if (await FindAsync(site, cancellationToken) is { } elsewhere) return elsewhere;
        if (To is null) return NotFound();
        if (Take.Count == 0) Errors.Add(null, texts["enrollments.rollover.nobodyTicked"]);
        else if (Signed.Count > 0 && SignedOn is null) Errors.Add("SignedOn", texts.Error("missing"), summary: texts["common.labelled", texts["enrollments.rollover.signedOn"], texts.Error("missing")]);
        else if (await TakeAsync(cancellationToken) is { } refusal) Show(refusal, texts, [.. Take.Select((_, i) => new FormPlace($"children[{i}].consent.givenOn", "SignedOn"))]);
        if (Errors.None && NotTaken.Count == 0) return RedirectToPage(new { site = Site.Code, group = Group, cursor = Cursor });
        return await ShowAsync(site, cancellationToken);
    }

    private async Task<Error?> TakeAsync(CancellationToken cancellationToken)
    {
        var done = await takeOver.HandleAsync(
            new TakeOver.Request(Site.Code, To!.Code,
            [
                .. Take!.Select(enrollment => new TakeOver.Child(
                    enrollment, null, Signed.Contains(enrollment) ? new TakeOver.SignedConsent(Guardian.GetValueOrDefault(enrollment, 1), SignedOn) : null)),
            ]),
            cancellationToken);
        if (!done.Succeeded) return done.Error;
        NotTaken = done.Value.Children.Where(child => child.Refusal is not null)
            .DistinctBy(child => child.Enrollment).ToDictionary(child => child.Enrollment!, child => child.Refusal!.Message);
        if (NotTaken.Count == 0) Taken = done.Value.TakenOver;
        else if (done.Value.TakenOver > 0) TakenBeside = done.Value.TakenOver;
        return null;
    }

    private async Task<IActionResult> ShowAsync(string? site, CancellationToken cancellationToken)
    {
        Today = time.Today();
        if (await FindAsync(site, cancellationToken) is { } elsewhere) return elsewhere;
        if (To is null) return Page();
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var before = directory.Edition(To.FollowsId!.Value);
        Groups = [.. (await groups.HandleAsync(new ListGroups.Request(Site.Code, before.Code), cancellationToken)).Value.Items.OrderBy(group => group.Name, Languages.NameOrder)];
        Group ??= Groups.Count > 0 ? Groups[0].Id : null;
        var found = await list.HandleAsync(new ListRollOver.Request(Site.Code, To.Code, Group, Cursor), cancellationToken);
        if (!found.Succeeded) return NotFound();
        Items = [.. found.Value.Items.OrderBy(item => item.State).ThenBy(item => Languages.Current == "ar" ? item.NameAr ?? item.Name : item.Name, StringComparer.CurrentCulture)];
        Next = found.Value.Next;
        return Page();
    }

    /// <summary>The site and the edition to come; the answer when there is no such site for the caller.</summary>
    private async Task<IActionResult?> FindAsync(string? site, CancellationToken cancellationToken)
    {
        var found = await overview.HandleAsync(new SiteOverview.Request(site), cancellationToken);
        if (!found.Succeeded) return NotFound();
        (Site, To) = (found.Value.Site, found.Value.Next);
        return null;
    }
}
