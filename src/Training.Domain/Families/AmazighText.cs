using System.Text.RegularExpressions;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Notifications;

namespace Training.Domain.Families;

/// <summary>
/// A text for families in Amazigh, as the directorate has validated it: written in Tifinagh, with the same values put in as the Arabic
/// one. Nobody writes such texts here; they are checked.
/// </summary>
public static partial class AmazighText
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int LengthMax = 1000;

    /// <summary>Most parts of one text sent by SMS, with values of usual length put in.</summary>
    public const int PartsMax = 3;

    /// <summary>A short text may need more words than this says: so many units are never too many.</summary>
    private const int AlwaysFits = 60;

    /// <summary>A translation so many times as long as the longer of the two others does not belong on the same button.</summary>
    private const int TimesAsLong = 3;

    // A day and an hour are what else is put in.
    private static readonly string[] Samples = ["", "23/11/2026", "16:30"];

    /// <summary>True when a text has no letter outside its placeholders: such a one needs no translation.</summary>
    public static bool IsLetterless(string text) => !PersonText.HasLetter(Placeholder().Replace(text, ""));

    /// <summary>Notes what is wrong with a text.</summary>
    /// <param name="amazigh">What was written; blank is no fault: Arabic stands in for it.</param>
    /// <param name="arabic">The Arabic text.</param>
    /// <param name="french">The French text.</param>
    /// <param name="sms">What <c>{0}</c> stands for when it goes out by SMS, as long as it usually is; null when it does not.</param>
    /// <param name="field">The field that is named with a fault.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <returns>The cleaned text; null when there is none.</returns>
    public static string? Check(string? amazigh, string arabic, string french, string? sms, string field, Faults faults)
    {
        var clean = PersonText.Clean(amazigh);
        if (clean.Length == 0) return null;
        var max = Math.Min(LengthMax, Math.Max(AlwaysFits, TimesAsLong * Math.Max(arabic.Length, french.Length)));
        if (clean.Length > max)
        {
            faults.Add(field, "tooLong", ("max", max));
            return clean;
        }
        // A list saved as text would be calculated with.
        if (clean[0] is '=' or '+' or '-' or '@') faults.Add(field, "startsLikeFormula");
        var found = PlaceholdersOf(clean);
        var wanted = PlaceholdersOf(arabic);
        var words = Placeholder().Replace(clean, " ");
        if ((!found.SetEquals(wanted) && !found.SetEquals(PlaceholdersOf(french))) || words.AsSpan().ContainsAny('{', '}'))
            faults.Add(field, "placeholdersDiffer", ("wanted", string.Join(' ', wanted.Order(StringComparer.Ordinal))));
        // PDF, SMS and examples of codes are written in Latin letters in the Arabic text too.
        foreach (var name in LatinWord().Matches(arabic).Select(match => match.Value).OrderByDescending(name => name.Length))
            words = words.Replace(name, " ", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(words) || words.Any(char.IsSurrogate)) faults.Add(field, "notTifinagh");
        else CertificateDesign.CheckTifinagh(words, field, LengthMax, faults);
        if (sms is not null && PartsOf(clean, sms) is var parts and > PartsMax) faults.Add(field, "tooManyParts", ("parts", parts), ("max", PartsMax));
        return clean;
    }

    /// <summary>How many parts a text takes when it is sent.</summary>
    /// <param name="text">With its placeholders.</param>
    /// <param name="first">What <c>{0}</c> stands for, as long as it usually is.</param>
    public static int PartsOf(string text, string first) => SmsParts.Of(Placeholder().Replace(text, match =>
        int.TryParse(match.Value[1..^1], out var index) && index > 0 && index < Samples.Length ? Samples[index] : first));

    private static HashSet<string> PlaceholdersOf(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9\-]*")]
    private static partial Regex LatinWord();
}
