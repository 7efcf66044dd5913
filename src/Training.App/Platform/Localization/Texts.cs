using System.Globalization;
using System.Reflection;
using System.Resources;
using Microsoft.AspNetCore.Html;

namespace Training.App.Platform.Localization;

/// <summary>
/// Marks a class as the owner of a set of texts: its name without <c>Texts</c>, in lower case, is the first word of its keys
/// (<c>EnrollmentsTexts</c> owns <c>enrollments.…</c>); the texts lie beside it in <c>EnrollmentsTexts.resx</c> (English),
/// <c>.fr.resx</c> and <c>.ar.resx</c>.
/// </summary>
internal interface ITextOwner;

/// <summary>Texts in the language of the current request. A missing text shows its key, and a test fails.</summary>
internal sealed class Texts
{
    private static readonly Dictionary<string, ResourceManager> Owners = typeof(Texts).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(ITextOwner)) && type.IsClass)
        .ToDictionary(
            type => type.Name[..^"Texts".Length].ToLowerInvariant(),
            type => new ResourceManager(type.FullName!, Assembly.GetExecutingAssembly()));

    /// <summary>The text of a key, with its placeholders <c>{0}</c> or <c>{name}</c> as they are.</summary>
    public string this[string key] => Find(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>The text of a key with positional values put in.</summary>
    public string this[string key, params object?[] values] => string.Format(CultureInfo.CurrentCulture, this[key], values);

    /// <summary>The sentence of an error code, with the facts put in by name.</summary>
    public string Error(string code, IReadOnlyDictionary<string, object?>? facts = null) =>
        WithFacts(this[$"errors.{code}"], facts);

    /// <summary>Puts facts in by name: <c>{min}</c>.</summary>
    public static string WithFacts(string text, IReadOnlyDictionary<string, object?>? facts)
    {
        if (facts is null) return text;
        foreach (var (name, value) in facts) text = text.Replace($"{{{name}}}", Show(value), StringComparison.Ordinal);
        return text;
    }

    /// <summary>The text as markup that isolates its direction: codes and numbers inside Arabic.</summary>
    public static IHtmlContent Isolated(string text) =>
        new HtmlContentBuilder().AppendHtml("<bdi dir=\"ltr\">").Append(text).AppendHtml("</bdi>");

    /// <summary>The owners' names, for the test that compares languages.</summary>
    internal static IReadOnlyDictionary<string, ResourceManager> All => Owners;

    private static string? Find(string key, CultureInfo culture)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Owners.TryGetValue(key[..dot], out var owner) ? owner.GetString(key[(dot + 1)..], culture) : null;
    }

    private static string Show(object? value) => value switch
    {
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
        _ => value?.ToString() ?? "",
    };
}

/// <summary>Texts of refusals, by their stable code.</summary>
internal sealed class ErrorsTexts : ITextOwner;

/// <summary>Texts that every page shares.</summary>
internal sealed class CommonTexts : ITextOwner;
