using Training.Pdf.Fonts;

namespace Training.Pdf.Writing;

/// <summary>Which language each script of a document is read in.</summary>
/// <param name="Document">Language tag of the document; the same as in <see cref="PdfDocumentInfo"/>.</param>
/// <param name="Arabic">Of Arabic letters, such as ar-MA.</param>
/// <param name="Latin">Of Latin letters, such as fr-MA.</param>
/// <param name="Tifinagh">Of Tifinagh letters, such as zgh-MA.</param>
public sealed record ScriptLanguages(string Document, string Arabic = "ar-MA", string Latin = "fr-MA", string Tifinagh = "zgh-MA")
{
    /// <summary>The language of a glyph's first letter; null for what belongs to no script, and for pieces without text.</summary>
    internal string? Of(GlyphKey key)
    {
        Span<char> text = stackalloc char[7];
        return key.CopyText(text) == 0 ? null : text[0] switch
        {
            (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00C0' and <= '\u024F' and not '×' and not '÷') or (>= '\u1E00' and <= '\u1EFF') => Latin,
            (>= '\u0620' and <= '\u063F') or (>= '\u0641' and <= '\u064A') or (>= '\u066E' and <= '\u06D3') or (>= '\u0750' and <= '\u077F') => Arabic,
            >= '\u2D30' and <= '\u2D7F' => Tifinagh,
            _ => null,
        };
    }
}
