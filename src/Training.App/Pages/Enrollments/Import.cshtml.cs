using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Enrollments.Imports;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Enrollments;

namespace Training.App.Pages.Enrollments;

/// <summary>One import from upload to end, as its state stands: progress, preview, result.</summary>
[Authorize(Policies.Enroll)]
internal sealed class ImportModel(
    GetImport.Handler get, MapColumns.Handler columns, ListRows.Handler rows, DecideRows.Handler decide, ConfirmImport.Handler confirm, UndoImport.Handler undo, TimeProvider time, Texts texts) : FormPage
{
    private const int FirstRows = 5;

    public GetImport.Response Import { get; private set; } = null!;

    /// <summary>Children that the good rows register; once the list is done, without those who wait for another word.</summary>
    public int Registered => Import.New + Import.Matched - (Import.Status == ImportStatus.Done ? Import.WaitingDecisions : 0);

    /// <summary>True while the server is at work.</summary>
    public bool IsWorking => WatchImport.IsWorking(Import.Status);

    /// <summary>The first rows that only a person can judge.</summary>
    public IReadOnlyList<ListRows.Item> InQuestion { get; private set; } = [];

    /// <summary>The first rows of the other kinds, in the order in which they are shown.</summary>
    public IReadOnlyList<ListedRows> Parts { get; private set; } = [];

    /// <summary>Children who are enrolled already where the list would have them.</summary>
    public int EnrolledHere => Import.AlreadyEnrolled - Import.EnrolledElsewhere;

    /// <summary>Rows that somebody decided and that can still be decided otherwise.</summary>
    public int Decided => Import.Decided;

    /// <summary>The present instant.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The counts that say something: look, text, number.</summary>
    public IEnumerable<(string Look, string Text, int Count)> Tiles => new[]
    {
        ("", "new", Import.New),
        ("", Import.Status == ImportStatus.Done ? "matchedDone" : "matched", Import.Matched),
        ("", "already", EnrolledHere),
        ("tile--warn", "elsewhere", Import.EnrolledElsewhere),
        ("tile--warn", "duplicates", Import.PossibleDuplicates),
        ("tile--bad", "refused", Import.Refused),
    }.Where(tile => tile.Item3 > 0 || tile.Item2 == "new");

    /// <summary>The word for what the server does now.</summary>
    public string Working => Import.Status switch
    {
        ImportStatus.Reading => "enrollments.import.reading",
        ImportStatus.Undoing => "enrollments.import.undoing",
        _ => "enrollments.import.committing",
    };

    /// <summary>Which of the three steps it is at, from 0.</summary>
    public int Step => Import.Status is ImportStatus.Reading or ImportStatus.Preview or ImportStatus.NeedsMapping ? 1 : 2;

    /// <summary>When it ended, local day and time; null before.</summary>
    public (string Day, string Time)? Ended => Import.DoneAt is { } at
        ? (at.ToLocal().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), at.ToLocal().ToString("HH:mm", CultureInfo.InvariantCulture))
        : null;

    /// <summary>What each column is taken for, while a person is asked; null otherwise.</summary>
    public ReadMapping.Mapping? Mapping { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string id, [FromQuery(Name = "columns")] bool showColumns, string? sheet, int? headerRow, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!showColumns || Import.Status is not (ImportStatus.NeedsMapping or ImportStatus.Preview)) return Page();
        // Another sheet is looked at with the headings found there, whatever row was typed for the former one.
        var isOther = sheet is not null && sheet != Mapping?.Sheet;
        var shown = await columns.ShowAsync(id, sheet, isOther ? null : headerRow, cancellationToken);
        if (shown.Succeeded) Mapping = shown.Value;
        else Errors.Add(null, texts.Error(shown.Error.Code, shown.Error.Facts));
        return Page();
    }

    public async Task<IActionResult> OnPostMapAsync(string id, string? sheet, int? headerRow, string?[] fields, CancellationToken cancellationToken)
    {
        var said = await columns.HandleAsync(id, new MapColumns.Request(string.IsNullOrEmpty(sheet) ? null : sheet, headerRow, fields), cancellationToken);
        if (said.Succeeded) return Redirect($"/imports/{id}");
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (Mapping is null && (await columns.ShowAsync(id, null, null, cancellationToken)) is { Succeeded: true } shown) Mapping = shown.Value;
        Errors.Add(null, said.Error.Fields is { } faulty ? texts.Error(faulty.First().Value[0].Code) : texts.Error(said.Error.Code, said.Error.Facts));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        var confirmed = await confirm.HandleAsync(id, cancellationToken);
        if (confirmed.Succeeded) return Redirect($"/imports/{id}");
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Errors.Add(null, texts.Error(confirmed.Error.Code, confirmed.Error.Facts));
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, (await undo.HandleAsync(id, cancellationToken)).Error, cancellationToken);

    public async Task<IActionResult> OnPostDecideAsync(string id, int row, RowDecision decision, CancellationToken cancellationToken) =>
        await AfterAsync(id, (await decide.HandleAsync(id, new DecideRows.Request([new DecideRows.Row(row, decision)]), cancellationToken)).Error, cancellationToken, "#decide");

    public async Task<IActionResult> OnPostDecideAllAsync(string id, int[] known, int[] alike, RowDecision decision, CancellationToken cancellationToken) => await AfterAsync(
        id, (await decide.HandleAsync(id, DecideRows.Request.ForAll(known, alike, decision), cancellationToken)).Error, cancellationToken, "#decide");

    private async Task<IActionResult> AfterAsync(string id, Domain.Common.Error? refusal, CancellationToken cancellationToken, string place = "")
    {
        if (refusal is null) return Redirect($"/imports/{id}{place}");
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Errors.Add(null, texts.Error(refusal.Code, refusal.Facts));
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        var result = await get.HandleAsync(id, cancellationToken);
        if (!result.Succeeded) return false;
        (Import, Mapping) = (result.Value, result.Value.Mapping);
        if (Import.Status is ImportStatus.Preview or ImportStatus.Done) await ShowRowsAsync(id, cancellationToken);
        return true;
    }

    private async Task ShowRowsAsync(string id, CancellationToken cancellationToken)
    {
        (string Kind, int Count, int Most)[] kinds =
        [
            (ListRows.Undecided, Import.PossibleDuplicates, ListRows.PartSize),
            ("enrolledElsewhere", Import.EnrolledElsewhere, FirstRows),
            ("refused", Import.Refused, FirstRows),
            .. Import.Status == ImportStatus.Preview
                ? [("new", Import.New, FirstRows), ("matched", Import.Matched, FirstRows), ("alreadyEnrolled", EnrolledHere, FirstRows)]
                : Array.Empty<(string, int, int)>(),
        ];
        var found = await rows.FirstAsync(id, [.. kinds.Where(kind => kind.Count > 0).Select(kind => (kind.Kind, kind.Most))], cancellationToken);
        if (!found.Succeeded) return;
        if (found.Value.GetValueOrDefault(ListRows.Undecided) is { } inQuestion) InQuestion = inQuestion.Items;
        Parts = [.. kinds.Where(kind => kind.Kind != ListRows.Undecided && found.Value.GetValueOrDefault(kind.Kind) is { Items.Count: > 0 })
            .Select(kind => new ListedRows(kind.Kind, found.Value[kind.Kind].Items, found.Value[kind.Kind].Next is null ? null : $"/imports/{id}/rows/{kind.Kind}"))];
    }
}
