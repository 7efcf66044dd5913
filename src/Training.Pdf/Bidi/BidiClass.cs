namespace Training.Pdf.Bidi;

/// <summary>Bidirectional character classes of UAX #9, in the order of the generated table.</summary>
internal enum BidiClass : byte
{
    L, R, AL, EN, ES, ET, AN, CS, NSM, BN, B, S, WS, ON,
    LRE, LRO, RLE, RLO, PDF, LRI, RLI, FSI, PDI,
}

/// <summary>Looks up the generated Unicode tables.</summary>
internal static class BidiProperties
{
    private static readonly byte[] Plane0 = ExpandPlane0();

    internal static BidiClass ClassOf(int codePoint)
    {
        if (codePoint < 0x10000)
            return (BidiClass)Plane0[codePoint];
        var index = BidiData.RangeStarts.BinarySearch(codePoint);
        return (BidiClass)BidiData.RangeClasses[index >= 0 ? index : ~index - 1];
    }

    /// <summary>Class of every UTF-16 unit; both halves of a surrogate pair carry the class of their character.</summary>
    internal static void Classify(ReadOnlySpan<char> text, Span<BidiClass> classes)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                classes[i] = classes[i + 1] = ClassOf(char.ConvertToUtf32(unit, text[i + 1]));
                i++;
                continue;
            }

            classes[i] = (BidiClass)Plane0[unit];
        }
    }

    /// <summary>The closing bracket of an opening one, or 0; canonical equivalents are folded (U+2329 and U+3008).</summary>
    internal static char ClosingOf(char c)
    {
        var index = BidiData.OpeningBrackets.BinarySearch(c);
        return index < 0 ? '\0' : Fold(BidiData.ClosingBrackets[index]);
    }

    /// <summary>The folded closing bracket when <paramref name="c"/> is one, or 0.</summary>
    internal static char AsClosing(char c) => BidiData.ClosingBrackets.Contains(c) ? Fold(c) : '\0';

    private static char Fold(char closing) => closing == '\u232A' ? '\u3009' : closing;

    private static byte[] ExpandPlane0()
    {
        var plane = new byte[0x10000];
        var starts = BidiData.RangeStarts;
        for (var i = 0; i < starts.Length && starts[i] < plane.Length; i++)
        {
            var end = i + 1 < starts.Length ? Math.Min(starts[i + 1], plane.Length) : plane.Length;
            plane.AsSpan(starts[i]..end).Fill(BidiData.RangeClasses[i]);
        }

        return plane;
    }
}
