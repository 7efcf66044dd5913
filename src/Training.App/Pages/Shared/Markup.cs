using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.Rendering;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Shared;

/// <summary>The pieces of markup that the tag helpers share.</summary>
internal static class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Text(string text) => Encoder.Encode(text);

    public static string Use(string icon) => $"<use href=\"/img/icons.svg#{Text(icon)}\"></use>";

    public static string Icon(string icon) => $"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\">{Use(icon)}</svg>";

    public static string Hint(string field, string? hint) =>
        hint is null ? "" : $"<p class=\"hint\" id=\"{field}-hint\">{Text(hint)}</p>";

    public static string Error(string field, string? error) =>
        error is null ? "" : $"<p class=\"error\" id=\"{field}-error\">{Icon("warning")}<span>{Text(error)}</span></p>";

    /// <summary>Ids of the hint and the error for <c>aria-describedby</c>; null when there is neither.</summary>
    public static string? DescribedBy(string field, string? hint, string? error) => (hint, error) switch
    {
        (null, null) => null,
        (not null, null) => $"{field}-hint",
        (null, not null) => $"{field}-error",
        _ => $"{field}-hint {field}-error",
    };

    public static FormErrors Errors(ViewContext view) => (view.ViewData.Model as FormPage)?.Errors ?? new FormErrors();

    public static Texts Texts(ViewContext view) => view.HttpContext.RequestServices.GetRequiredService<Texts>();
}
