using System.Text;

namespace Training.App.Platform.Localization;

/// <summary>
/// An Arabic text on a page in Amazigh says in which language and direction it is, however it came onto the page: inside another text, as
/// a label, kept over a redirect. It is marked where it is looked up, by two signs that Unicode keeps for such use within a program, and
/// the marks become elements when the page is whole. In an attribute, a title or a choice no element can stand: there they are dropped.
/// </summary>
internal static class StandIn
{
    private const char Begin = '\uFDD0', End = '\uFDD1';
    private const string Opened = "<span lang=\"ar-MA\" dir=\"rtl\">", Closed = "</span>";

    private static readonly AsyncLocal<bool> Marking = new();

    // As the encoder of pages writes the two signs.
    private static readonly (string Written, char Sign)[] Entities = [("&#xFDD0;", Begin), ("&#xFDD1;", End)];

    // What these hold is text alone.
    private static readonly string[] TextOnly = ["title", "option", "textarea", "script", "style"];

    /// <summary>From here on within the request texts are marked.</summary>
    public static void MarkHere() => Marking.Value = true;

    /// <summary>The text with its marks; as it is outside of a page.</summary>
    public static string Mark(string text) => Marking.Value ? $"{Begin}{text}{End}" : text;

    /// <summary>A finished page whose marks have become elements.</summary>
    public static string Show(string page)
    {
        foreach (var (written, sign) in Entities) page = page.Replace(written, sign.ToString(), StringComparison.Ordinal);
        if (!page.AsSpan().ContainsAny(Begin, End)) return page;
        var shown = new StringBuilder(page.Length + 1024);
        var open = 0;
        var inTag = false;
        char quote = default;
        string? only = null;
        for (var i = 0; i < page.Length; i++)
        {
            var sign = page[i];
            if (sign is Begin or End)
            {
                if (inTag || only is not null || (sign == End && open == 0)) continue;
                open += sign == Begin ? 1 : -1;
                shown.Append(sign == Begin ? Opened : Closed);
                continue;
            }
            shown.Append(sign);
            if (inTag)
            {
                if (quote != default) quote = sign == quote ? default : quote;
                else if (sign is '"' or '\'') quote = sign;
                else if (sign == '>') inTag = false;
            }
            else if (sign == '<')
            {
                inTag = true;
                only = only is null
                    ? Array.Find(TextOnly, name => StartsTag(page, i + 1, name))
                    : page[i + 1] == '/' && StartsTag(page, i + 2, only) ? null : only;
            }
        }
        return shown.ToString();
    }

    private static bool StartsTag(string page, int at, string name) =>
        string.CompareOrdinal(page, at, name, 0, name.Length) == 0 && at + name.Length < page.Length && page[at + name.Length] is ' ' or '>' or '\n';
}
