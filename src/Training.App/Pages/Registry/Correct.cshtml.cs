using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Access.Messages;
using Training.App.Modules.Registry.Corrections;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>Corrects a child's file, and decides about a correction that a site proposes. Who decides proves first who they are.</summary>
[Authorize(Policies.Staff)]
internal sealed class CorrectModel(
    ListCorrections.Handler list, CorrectParticipant.Handler correct, DecideCorrection.Handler decide, DirectoryCatalog catalog, IRecentProof proof, Texts texts) : FormPage
{
    /// <summary>The file; null while the directorate is asked why it looks.</summary>
    public ListCorrections.Response? Child { get; private set; }

    /// <summary>Code of the file as it stands in the address.</summary>
    public string Code { get; private set; } = "";

    public DirectorySnapshot Directory { get; private set; } = null!;

    [BindProperty]
    public CorrectForm Form { get; set; } = new();

    /// <summary>The family's request that is carried out; null when none.</summary>
    [BindProperty(SupportsGet = true, Name = "request")]
    public string? For { get; set; }

    /// <summary>The same, where it is a request of the register.</summary>
    public string? Asked => OpaqueId.ParseRightsRequest(For) is null ? null : For;

    /// <summary>Why the directorate looks, as it was typed; kept while the page is shown again, never in an address.</summary>
    [BindProperty]
    public string? Look { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public bool? Approve { get; set; }

    [BindProperty]
    public int? Seen { get; set; }

    /// <summary>What was just done; null when the visitor comes from elsewhere.</summary>
    [TempData]
    public string? Said { get; set; }

    /// <summary>True when the family needs its code on paper again.</summary>
    [TempData]
    public bool Closed { get; set; }

    /// <summary>How many files have become like this one.</summary>
    [TempData]
    public int Alike { get; set; }

    /// <summary>The correction that waits; null when none does.</summary>
    public ListCorrections.Item? Waiting => Child?.Items.FirstOrDefault(item => item.Status == CorrectionStatus.Proposed);

    public Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken) => ShowAsync(code, keep: false, cancellationToken);

    public async Task<IActionResult> OnPostLookAsync(string code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Look)) Errors.Add("Look", texts.Error("reasonRequired"));
        return await ShowAsync(code, keep: false, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        var done = await correct.HandleAsync(code, Form.ToRequest(Asked), cancellationToken);
        if (done.Succeeded) return Tell(code, done.Value);
        Show(done.Error, texts, Form.Places());
        return Away(code, done.Error) ?? await ShowAsync(code, keep: done.Error.Kind != ErrorKind.Conflict, cancellationToken);
    }

    public async Task<IActionResult> OnPostDecideAsync(string code, string? id, CancellationToken cancellationToken)
    {
        var done = await decide.HandleAsync(id, new DecideCorrection.Request(Approve, Note, Seen), cancellationToken);
        if (done.Succeeded) return Tell(code, done.Value);
        Show(done.Error, texts, [new("note", "Note", "registry.correct.note")]);
        return Away(code, done.Error) ?? await ShowAsync(code, keep: false, cancellationToken);
    }

    /// <summary>A value of a correction as a person reads it.</summary>
    public string Value(string field, string? value) => value is null ? "–" : field[(field.IndexOf(']', StringComparison.Ordinal) + 1)..] switch
    {
        CorrectionFields.BirthDate => MoroccanCalendar.ShortDate(DateOnly.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        CorrectionFields.Sex => texts[value == "female" ? "enrollments.register.female" : "enrollments.register.male"],
        CorrectionFields.Relationship => texts[$"enrollments.register.{value}"],
        CorrectionFields.Phone => PhoneNumber.FromE164(value).ToDisplay(),
        CorrectionFields.Language => texts[$"registry.correct.language.{value}"],
        CorrectionFields.ViewOnly or CorrectionFields.Ended => texts[value == "true" ? "registry.correct.yes" : "registry.correct.no"],
        _ => value,
    };

    /// <summary>A value on the page: figures stay together and from left to right, words as they run.</summary>
    public IHtmlContent Shown(string field, string? value)
    {
        var text = Value(field, value);
        return field == CorrectionFields.BirthDate || field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal)
            ? Numbers.Ltr(text) : new HtmlString($"<bdi>{Markup.Text(text)}</bdi>");
    }

    /// <summary>What a correction changes, as a person reads it.</summary>
    public string Label(string field)
    {
        var word = texts[$"registry.correct.field.{field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]}"];
        return CorrectionFields.GuardianOf(field) is not { } guardian ? word
            : texts["common.labelled", guardian == 0 ? texts["registry.correct.added"] : texts["registry.correct.guardian", Numbers.Text(guardian)], word];
    }

    private RedirectResult Tell(string code, CorrectParticipant.Response done)
    {
        Said = texts[$"registry.correct.done.{FileState.Low(done.Status)}"];
        (Closed, Alike) = (done.FamilyClosed, done.Alike);
        return Redirect(Address(code));
    }

    private string Address(string code) => $"/participants/{Uri.EscapeDataString(code)}/correct{(For is null ? "" : $"?request={Uri.EscapeDataString(For)}")}";

    /// <summary>What sends the visitor away: an unknown file, or the question who they are.</summary>
    private IActionResult? Away(string code, Error error) => error.Code switch
    {
        "proveAgain" => Redirect($"/my/confirm?returnUrl={Uri.EscapeDataString(Address(code))}"),
        _ => error.Kind == ErrorKind.NotFound ? NotFound() : null,
    };

    private async Task<IActionResult> ShowAsync(string code, bool keep, CancellationToken cancellationToken)
    {
        Code = code;
        var found = await list.HandleAsync(code, Look, cancellationToken);
        if (found.Error is { Kind: not ErrorKind.NotFound } unsaid)
        {
            TempData.Keep();
            if (unsaid.Fields is not null) Show(unsaid, texts, [new("reason", "Look", "registry.file.reason")]);
            return Page();
        }
        if (!found.Succeeded) return NotFound();
        Child = found.Value;
        if (Child.MayDecide && !proof.IsFresh) return Away(code, Error.Of(ErrorKind.Forbidden, "proveAgain"))!;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        if (!keep) Form = CorrectForm.Of(Child);
        return Page();
    }
}
