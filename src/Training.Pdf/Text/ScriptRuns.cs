using HarfBuzzSharp;
using Training.Pdf.Fonts;

namespace Training.Pdf.Text;

/// <summary>A stretch of one script and one face; the shaping engine is called once for it.</summary>
internal readonly record struct ScriptRun(int Start, int End, FontFace Face, Script Script);

/// <summary>Cuts a run of one direction by script and by the first face that has each letter.</summary>
internal static class ScriptRuns
{
    internal static void Find(ReadOnlySpan<char> text, int start, int end, bool rightToLeft, TextStyle style, List<ScriptRun> runs)
    {
        var order = FaceSet.Shared.Order(style);
        var script = LeadingScript(text, start, end, rightToLeft);
        FontFace? face = null;
        var open = -1;
        for (var i = start; i < end;)
        {
            var (codePoint, length) = Decode(text, i);
            if (IsFormatting(codePoint))
            {
                Close(i);
                i += length;
                continue;
            }

            var own = ScriptOf(codePoint);
            var wanted = own == Script.Common ? script : own;
            // What has no script stays with the letters before it, so that a digit does not change the face of a line.
            var next = own == Script.Common && face is not null && face.Has(codePoint) ? face : Choose(order, codePoint);
            if (open >= 0 && (next != face || wanted != script))
                Close(i);
            if (open < 0)
                open = i;
            (face, script) = (next, wanted);
            i += length;
        }

        Close(end);

        void Close(int at)
        {
            if (open >= 0)
                runs.Add(new ScriptRun(open, at, face!, script));
            open = -1;
        }
    }

    private static FontFace Choose(ReadOnlySpan<FontFace> order, int codePoint)
    {
        foreach (var face in order)
        {
            if (face.Has(codePoint))
                return face;
        }

        throw new MissingGlyphException(codePoint);
    }

    private static Script LeadingScript(ReadOnlySpan<char> text, int start, int end, bool rightToLeft)
    {
        for (var i = start; i < end;)
        {
            var (codePoint, length) = Decode(text, i);
            if (ScriptOf(codePoint) is var script && script != Script.Common)
                return script;
            i += length;
        }

        return rightToLeft ? Script.Arabic : Script.Latin;
    }

    private static (int CodePoint, int Length) Decode(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
            : (text[at], 1);

    // Direction marks, embeddings and isolates have done their work once the levels are known.
    internal static bool IsFormatting(int c) =>
        c is 0x061C or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static Script ScriptOf(int c) => c switch
    {
        (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => Script.Latin,
        < 0xC0 or 0xD7 or 0xF7 => Script.Common,
        < 0x2B9 or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2C60 and <= 0x2C7F) or (>= 0xA720 and <= 0xA7FF) => Script.Latin,
        >= 0x370 and <= 0x3FF => Script.Greek,
        >= 0x400 and <= 0x52F => Script.Cyrillic,
        // Shared by several scripts: comma, semicolon, question mark, tatweel, harakat.
        0x60C or 0x61B or 0x61F or 0x640 or (>= 0x64B and <= 0x655) => Script.Common,
        (>= 0x600 and <= 0x6FF) or (>= 0x750 and <= 0x77F) or (>= 0x8A0 and <= 0x8FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) => Script.Arabic,
        >= 0x2D30 and <= 0x2D7F => Script.Tifinagh,
        _ => Script.Common,
    };
}
