using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Certificates;
using Training.App.Modules.Directory;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>One enrollment: where it stands, what can be done with it, and what was.</summary>
[Authorize(Policies.Enroll)]
internal sealed class EnrollmentModel(
    GetEnrollment.Handler read, ListGroups.Handler groups, WithdrawEnrollment.Handler withdraw, ReenrollParticipant.Handler reenroll,
    ChangeGroup.Handler changeGroup, AskTransfer.Handler ask, AnswerOffer.Handler offers, OfferPlace.Handler forward, GetCompletion.Handler completion,
    DirectoryCatalog catalog, Caller caller, Texts texts) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("reason", "Reason", "enrollments.enrollment.reason"),
        new("note", "Note", "enrollments.enrollment.note"),
        new("toSite", "ToSite", "enrollments.enrollment.toSite"),
        new("sameSite", "ToSite"),
        new("groupFull", "Group"),
        new("saidDeceased", "Mistaken"),
    ];

    public GetEnrollment.Response Row { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public IReadOnlyList<ListGroups.Item> Groups { get; private set; } = [];

    public string GroupName { get; private set; } = "";

    /// <summary>Why there is no certificate yet; null for an enrollment that has ended.</summary>
    public GetCompletion.Response? Completion { get; private set; }

    /// <summary>The act that was tried; null on the first visit.</summary>
    [BindProperty]
    public string? Act { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Group { get; set; }

    [BindProperty]
    public string? ToSite { get; set; }

    [BindProperty]
    public string? TransferReason { get; set; }

    [BindProperty]
    public bool MayWait { get; set; }

    /// <summary>True when the child was withdrawn as deceased by mistake.</summary>
    [BindProperty]
    public bool Mistaken { get; set; }

    [BindProperty]
    public string? ForwardReason { get; set; }

    /// <summary>A coordinator may pass the order of the waiting list.</summary>
    public bool CanMoveForward =>
        caller.Is(Role.Coordinator) && Row is { Status: EnrollmentStatus.Waitlisted, OfferExpiresAt: null }
        && Directory.FindSite(Row.Site) is { } site && caller.Coordinated.Covers(site.Id, site.RegionId);

    public Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => ShowAsync(id, cancellationToken);

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return BadRequest();
        var (next, refusal) = await DoAsync(id, cancellationToken);
        if (refusal is null) return RedirectToPage(new { id = next });
        if (refusal.Kind == ErrorKind.NotFound && refusal.Code == "enrollmentNotFound") return NotFound();
        Show(refusal, texts, Act == "forward" ? [new FormPlace("reason", "ForwardReason", "enrollments.enrollment.reason")]
            : Act == "transfer" ? [new FormPlace("reason", "TransferReason", "enrollments.fetch.reason"), .. Places] : Places);
        return await ShowAsync(id, cancellationToken);
    }

    /// <summary>Does what was asked; the enrollment to show then, or the refusal.</summary>
    private async Task<(string Next, Error? Refusal)> DoAsync(string id, CancellationToken cancellationToken)
    {
        switch (Act)
        {
            case "withdraw":
                return (id, (await withdraw.HandleAsync(id, new(Reason, Note, Version), cancellationToken)).Error);
            case "group":
                return (id, (await changeGroup.HandleAsync(id, new(Group, Version), cancellationToken)).Error);
            case "transfer":
                return (id, (await ask.HandleAsync(id, new(ToSite, null, TransferReason, MayWait, Version), cancellationToken)).Error);
            case "accept" or "decline":
                return (id, (await offers.HandleAsync(id, Act == "accept", Version, cancellationToken)).Error);
            case "forward" when caller.Is(Role.Coordinator):
                return (id, (await forward.HandleAsync(id, new(ForwardReason, Version), cancellationToken)).Error);
            case "reenroll":
                var again = await reenroll.HandleAsync(id, new(Mistaken: Mistaken), cancellationToken);
                return (again.Succeeded ? again.Value.Enrollment : id, again.Error);
            default:
                return (id, Error.NotFound("enrollmentNotFound"));
        }
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var found = await read.HandleAsync(id, cancellationToken);
        if (!found.Succeeded) return NotFound();
        Row = found.Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        var listed = await groups.HandleAsync(new ListGroups.Request(Row.Site, Row.Edition), cancellationToken);
        if (!listed.Succeeded) return NotFound();
        Groups = [.. listed.Value.Items.OrderBy(group => group.Name, Languages.NameOrder)];
        GroupName = Groups.FirstOrDefault(group => group.Id == Row.Group)?.Name ?? "";
        if (Row.EndReason is null && (await completion.ExplainAsync(id, cancellationToken)) is { Succeeded: true } explained) Completion = explained.Value.Response;
        return Page();
    }
}
