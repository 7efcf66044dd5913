using Training.Pdf.Fonts;

namespace Training.Pdf.Text;

/// <summary>One line, shaped and in visual order; immutable, can be drawn many times at any size.</summary>
public sealed class ShapedLine
{
    internal ShapedLine(PlacedGlyph[] glyphs, int width)
    {
        Glyphs = glyphs;
        Width = width / 1000.0;
    }

    /// <summary>Width in ems: multiply by the size to have points.</summary>
    public double Width { get; }

    internal PlacedGlyph[] Glyphs { get; }
}

/// <summary>A glyph of a line. Lengths are thousandths of an em.</summary>
/// <param name="Key">The glyph and its text.</param>
/// <param name="Face">Index in the face set.</param>
/// <param name="Lead">Space before it, beyond where the previous glyph's own advance ends.</param>
/// <param name="Rise">Height above the base line.</param>
internal readonly record struct PlacedGlyph(GlyphKey Key, byte Face, short Lead, short Rise);

/// <summary>No embedded face has a letter of the text.</summary>
public sealed class MissingGlyphException : Exception
{
    public MissingGlyphException() { }
    public MissingGlyphException(string message) : base(message) { }
    public MissingGlyphException(string message, Exception inner) : base(message, inner) { }

    // Only the code point is named: the text around it may be a child's name.
    internal MissingGlyphException(int codePoint) : base($"No embedded face has the character U+{codePoint:X4}.") =>
        CodePoint = codePoint;

    /// <summary>The letter, for those who would say it to the person who typed it.</summary>
    public int CodePoint { get; }
}
