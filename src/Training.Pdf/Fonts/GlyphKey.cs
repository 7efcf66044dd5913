namespace Training.Pdf.Fonts;

/// <summary>
/// A glyph together with the text it stands for, so that each pair has a code of its own and text can be extracted exactly.
/// The text is kept inside the key, up to seven UTF-16 units; no cluster of the embedded faces is longer.
/// </summary>
internal readonly record struct GlyphKey(ulong High, ulong Low)
{
    private const int MaxUnits = 7;

    internal int Glyph => (int)(High >> 48);

    internal static GlyphKey Create(int glyph, ReadOnlySpan<char> text)
    {
        ulong high = (ulong)(ushort)glyph << 48, low = 0;
        for (var i = 0; i < Math.Min(text.Length, MaxUnits); i++)
        {
            if (i < 3)
                high |= (ulong)text[i] << (32 - 16 * i);
            else
                low |= (ulong)text[i] << (48 - 16 * (i - 3));
        }

        return new GlyphKey(high, low);
    }

    /// <summary>Copies the text into <paramref name="units"/> (at least seven) and returns its length; 0 for a glyph that carries none.</summary>
    internal int CopyText(Span<char> units)
    {
        for (var i = 0; i < MaxUnits; i++)
        {
            units[i] = unchecked((char)(i < 3 ? High >> (32 - 16 * i) : Low >> (48 - 16 * (i - 3))));
            if (units[i] == '\0')
                return i;
        }

        return MaxUnits;
    }

    public override int GetHashCode() => unchecked((int)((High ^ (Low * 0x9E3779B97F4A7C15UL)) * 0xD6E8FEB86659FD93UL >> 32));
}
