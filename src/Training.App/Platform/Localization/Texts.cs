using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Microsoft.AspNetCore.Html;
using Training.App.Platform.Http;
using Training.Domain.Families;

namespace Training.App.Platform.Localization;

/// <summary>
/// Marks a class as the owner of a set of texts: its name without <c>Texts</c>, in lower case, is the first word of its keys
/// (<c>EnrollmentsTexts</c> owns <c>enrollments.…</c>); the texts lie beside it in <c>EnrollmentsTexts.resx</c> (English),
/// <c>.fr.resx</c> and <c>.ar.resx</c>.
/// </summary>
internal interface ITextOwner
{
    /// <summary>Which of its texts families read, by the first letters of their keys: those may be had in Amazigh too.</summary>
    IReadOnlyList<FamilyPart> ForFamilies => [];
}

/// <summary>Texts that families read together.</summary>
/// <param name="Prefix">The key begins so, without the owner's name; a whole key names itself alone.</param>
/// <param name="Place">Where they stand: <c>families.amazigh.place.…</c> says it in words.</param>
/// <param name="Sms">What <c>{0}</c> stands for in a text that goes out by SMS, as long as it usually is; null for a page's text.</param>
internal sealed record FamilyPart(string Prefix, string Place, string? Sms = null);

/// <summary>Texts in the language of the current request. A missing text shows its key, and a test fails.</summary>
internal sealed class Texts(AmazighTexts? amazigh = null)
{
    private static readonly Dictionary<string, ResourceManager> Owners = typeof(Texts).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(ITextOwner)) && type.IsClass)
        .ToDictionary(
            type => type.Name[..^"Texts".Length].ToLowerInvariant(),
            type => new ResourceManager(type.FullName!, Assembly.GetExecutingAssembly()));

    private static readonly Lazy<(string, FamilyPart)[]> Family = new(() =>
    [
        .. from type in typeof(Texts).Assembly.GetTypes()
           where type.IsAssignableTo(typeof(ITextOwner)) && type.IsClass
           let owner = type.Name[..^"Texts".Length].ToLowerInvariant()
           let parts = ((ITextOwner)Activator.CreateInstance(type)!).ForFamilies
           where parts.Count > 0
           from DictionaryEntry text in Owners[owner].GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
           let part = parts.FirstOrDefault(part => part.Prefix.EndsWith('.') ? ((string)text.Key).StartsWith(part.Prefix, StringComparison.Ordinal) : (string)text.Key == part.Prefix)
           let key = $"{owner}.{text.Key}"
           where part is not null && !AmazighText.IsLetterless(Said(key, Languages.Arabic)!)
           orderby key
           select (key, part),
    ]);

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

    /// <summary>Every text that families read and that has letters, by its whole key, in the order of the keys.</summary>
    internal static IReadOnlyList<(string Key, FamilyPart Part)> ForFamilies => Family.Value;

    /// <summary>The owners' names, for the test that compares languages.</summary>
    internal static IReadOnlyDictionary<string, ResourceManager> All => Owners;

    private string? Find(string key, CultureInfo culture)
    {
        if (culture.Name != Languages.Amazigh) return Said(key, culture);
        if (amazigh?.Find(key) is { } validated) return validated;
        // What has no letters is not translated; it is set from left to right as the page is.
        return Said(key, Languages.Arabic) is not { } arabic ? null : AmazighText.IsLetterless(arabic) ? Said(key, Languages.French) : StandIn.Mark(arabic);
    }

    /// <summary>The text in one of the languages that are built in; null when there is no such key.</summary>
    internal static string? Said(string key, CultureInfo culture)
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
internal sealed class ErrorsTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } =
    [
        .. ((string[])["claimCodeMalformed", "claimLocked", "claimNotFound", "missing", "impossibleDate", "inFuture", "familyTicketOver", "oneTimeCodeMalformed",
            "oneTimeCodeOver", "oneTimeCodeWrong", "tooManyCodes", "codeNotSent", "unknownGuardian", "linkOver", "consentNeedsCode", "viewOnlyGuardian", "nationalId",
            "tooLong", "requestsWaiting", "tooManyRequests", "busy", "consentMissing", "enrollmentEnded", "waitlisted", "sessionsOpen", "hoursMissing", "modulesMissing"]).Select(code => new FamilyPart(code, "errors")),
    ];
}

/// <summary>Texts that every page shares.</summary>
internal sealed class CommonTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } =
    [
        .. ((string[])["skip", "product", "productLine", "language", "errorPrefix", "errorSummary", "day", "month", "year", "labelled", "cndp", "privacy", "privacyMore",
            "toHome", "error400.", "error404.", "error429.", "error500.", "error503."]).Select(key => new FamilyPart(key, "frame")),
        new FamilyPart("privacyPage.", "privacy"),
        new FamilyPart("role.", "file"),
    ];
}
