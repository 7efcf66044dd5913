using Microsoft.AspNetCore.Mvc.RazorPages;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Shared;

/// <summary>Where a fault of a request's field is shown on a form.</summary>
/// <param name="Path">The field's path in the request (<c>guardians[0].phone</c>), or the code of a refusal that has no field.</param>
/// <param name="Field">The form field's name.</param>
/// <param name="LabelKey">Text of the field's label, said before the fault in the summary; null when the fault says enough.</param>
/// <param name="Anchor">Id of the element to jump to; null when it is the field's name.</param>
internal sealed record FormPlace(string Path, string Field, string? LabelKey = null, string? Anchor = null);

/// <summary>A page with a form. The tag helpers show its <see cref="Errors"/> beside the fields and in the summary.</summary>
internal abstract class FormPage : PageModel
{
    /// <summary>What has to be put right; empty on the first visit.</summary>
    public FormErrors Errors { get; } = new();

    /// <summary>Shows a handler's refusal on the form.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="texts">The reader's texts.</param>
    /// <param name="places">Where each field lies on the form, in the form's order.</param>
    protected void Show(Error error, Texts texts, IReadOnlyList<FormPlace> places)
    {
        var unplaced = new List<FieldError>();
        var faults = new List<(int Order, FormPlace Place, FieldError Fault)>();
        foreach (var (path, found) in error.Fields ?? new Dictionary<string, IReadOnlyList<FieldError>> { [error.Code] = [new FieldError(error.Code, error.Facts)] })
        {
            var order = places.ToList().FindIndex(place => place.Path == path);
            foreach (var fault in found)
            {
                if (order < 0) unplaced.Add(fault);
                else faults.Add((order, places[order], fault));
            }
        }
        foreach (var (_, place, fault) in faults.OrderBy(fault => fault.Order))
        {
            var text = texts.Error(fault.Code, fault.Facts);
            Errors.Add(place.Field, text, place.Anchor, place.LabelKey is null ? null : texts["common.labelled", texts[place.LabelKey], text]);
        }
        foreach (var fault in unplaced) Errors.Add(null, texts.Error(fault.Code, fault.Facts));
    }
}

/// <summary>The faults of a form, in the form's order.</summary>
internal sealed class FormErrors
{
    internal sealed record Entry(string? Field, string? Anchor, string Text, string Summary);

    private readonly List<Entry> entries = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>True while nothing is wrong.</summary>
    public bool None => entries.Count == 0;

    /// <summary>Adds a fault; one that stands at no field is shown in the summary alone.</summary>
    public void Add(string? field, string text, string? anchor = null, string? summary = null)
    {
        if (!entries.Exists(entry => entry.Field == field && entry.Text == text)) entries.Add(new Entry(field, anchor ?? field, text, summary ?? text));
    }

    /// <summary>The first fault of a field; null when it has none.</summary>
    public string? Of(string field) => entries.Find(entry => entry.Field == field)?.Text;
}
