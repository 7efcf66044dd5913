using System.Buffers;
using HarfBuzzSharp;
using Training.Pdf.Bidi;
using Training.Pdf.Fonts;
using Buffer = HarfBuzzSharp.Buffer;

namespace Training.Pdf.Text;

/// <summary>
/// Turns text into lines of placed glyphs: levels (UAX #9), runs by script and face, shaping by HarfBuzz, visual order.
/// All members may be called from any thread.
/// </summary>
public static class TextShaper
{
    // Wider gaps inside a word of joined letters are read as a space by the tools that extract text.
    private const int WidestJoin = 85;

    // A letter tucked further under its neighbour (a zay before a kaf) is read as beginning a word of its own by pdf.js.
    private const int DeepestTuck = -190;

    [ThreadStatic]
    private static Workspace? workspace;

    private static readonly Feature[] ArabicFeatures = [];

    // One letter, one glyph: text is found again by every reader.
    private static readonly Feature[] OtherFeatures = [new(Tag.Parse("liga"), 0), new(Tag.Parse("clig"), 0)];

    /// <summary>Shapes the whole text as one line.</summary>
    /// <exception cref="MissingGlyphException">No face has one of the letters.</exception>
    public static ShapedLine ShapeLine(string text, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(text);
        var levels = ArrayPool<byte>.Shared.Rent(text.Length + 1);
        try
        {
            BidiParagraph.Resolve(text, style.Direction, levels);
            return ShapeRange(text, 0, text.Length, levels.AsSpan(0, text.Length), style);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(levels);
        }
    }

    /// <summary>The first code point of the text that no embedded face has; null when all of it can be set.</summary>
    public static int? FirstMissing(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
        {
            var codePoint = (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) ? char.ConvertToUtf32(text[i], text[++i]) : text[i];
            if (!ScriptRuns.IsFormatting(codePoint) && !FaceSet.Shared.Has(codePoint))
                return codePoint;
        }

        return null;
    }

    /// <summary>Shapes part of a paragraph whose levels are known; <paramref name="levels"/> covers the part only.</summary>
    internal static ShapedLine ShapeRange(string text, int start, int end, ReadOnlySpan<byte> levels, TextStyle style)
    {
        var work = workspace ??= new Workspace();
        work.Begin();
        var pen = 0;
        foreach (var (runStart, runEnd, level) in VisualRuns(levels, work))
            pen += ShapeLevelRun(text, start + runStart, start + runEnd, (level & 1) != 0, style, work, null);
        return new ShapedLine([.. work.Glyphs], pen + work.Remainder);
    }

    /// <summary>Adds the advance of each cluster, in thousandths of an em, at its first UTF-16 unit.</summary>
    internal static void Measure(string text, ReadOnlySpan<byte> levels, TextStyle style, int[] advances)
    {
        var work = workspace ??= new Workspace();
        work.Begin();
        foreach (var (start, end, level) in VisualRuns(levels, work))
            ShapeLevelRun(text, start, end, (level & 1) != 0, style, work, advances);
    }

    // Rule L2: from the highest level down to the lowest odd one, reverse what is at that level or above.
    private static List<(int Start, int End, byte Level)> VisualRuns(ReadOnlySpan<byte> levels, Workspace work)
    {
        var runs = work.Runs;
        runs.Clear();
        byte highest = 0;
        var lowestOdd = byte.MaxValue;
        for (var i = 0; i < levels.Length;)
        {
            var end = i + 1;
            while (end < levels.Length && levels[end] == levels[i])
                end++;
            runs.Add((i, end, levels[i]));
            highest = Math.Max(highest, levels[i]);
            if ((levels[i] & 1) != 0)
                lowestOdd = Math.Min(lowestOdd, levels[i]);
            i = end;
        }

        for (int level = highest; level >= lowestOdd; level--)
        {
            for (var i = 0; i < runs.Count;)
            {
                if (runs[i].Level < level)
                {
                    i++;
                    continue;
                }

                var end = i + 1;
                while (end < runs.Count && runs[end].Level >= level)
                    end++;
                runs.Reverse(i, end - i);
                i = end;
            }
        }

        return runs;
    }

    private static int ShapeLevelRun(
        string text, int start, int end, bool rightToLeft, TextStyle style, Workspace work, int[]? advances)
    {
        var runs = work.ScriptRuns;
        runs.Clear();
        ScriptRuns.Find(text, start, end, rightToLeft, style, runs);
        if (rightToLeft)
            runs.Reverse();
        var width = 0;
        foreach (var run in runs)
            width += ShapeRun(text, run, rightToLeft, style, work, advances);
        return width;
    }

    private static int ShapeRun(string text, ScriptRun run, bool rightToLeft, TextStyle style, Workspace work, int[]? advances)
    {
        var buffer = work.Buffer;
        buffer.ClearContents();
        buffer.ClusterLevel = ClusterLevel.Characters;
        buffer.AddUtf16(text.AsSpan(), run.Start, run.End - run.Start);
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Script = run.Script;
        var arabic = run.Script == Script.Arabic;
        buffer.Language = arabic ? work.Arabic : work.Latin;
        run.Face.Font.Shape(buffer, arabic ? ArabicFeatures : OtherFeatures);

        return Place(text, run, rightToLeft, arabic ? 0 : style.Tracking, work, advances);
    }

    private static int Place(string text, ScriptRun run, bool rightToLeft, int tracking, Workspace work, int[]? advances)
    {
        var infos = work.Buffer.GetGlyphInfoSpan();
        var positions = work.Buffer.GetGlyphPositionSpan();
        var ends = work.ClusterEnds(run, infos);
        var width = 0;
        for (var i = 0; i < infos.Length; i++)
        {
            var cluster = (int)infos[i].Cluster;
            int glyph = (int)infos[i].Codepoint, x = positions[i].XOffset, y = positions[i].YOffset, advance = positions[i].XAdvance;
            while (i + 1 < infos.Length && (int)infos[i + 1].Cluster == cluster
                && Join(run.Face, ref glyph, ref advance, x, y, infos[i + 1], positions[i + 1]))
                i++;
            // The pen stands where the previous glyph's own advance ended; Lead is what still lacks.
            var lead = work.Remainder + x;
            var set = rightToLeft ? Math.Clamp(lead, DeepestTuck, WidestJoin) : lead;
            var covered = text.AsSpan(cluster..ends[cluster - run.Start]);
            work.Glyphs.Add(new PlacedGlyph(GlyphKey.Create(glyph, covered), (byte)run.Face.Index, (short)set, (short)y));
            // A second glyph of the cluster that could not be joined stands for no text of its own.
            ends[cluster - run.Start] = cluster;
            var natural = run.Face.Advance(glyph);
            work.Remainder = advance + tracking - x - natural;
            width += set + natural;
            if (advances is not null)
                advances[cluster] += advance + tracking + Math.Max(0, set - lead);
        }

        return width;
    }

    private static bool Join(FontFace face, ref int glyph, ref int advance, int x, int y, GlyphInfo info, GlyphPosition position)
    {
        var joined = face.Merged.Join(
            glyph, (int)info.Codepoint, advance + position.XOffset - x, position.YOffset - y, advance + position.XAdvance);
        if (joined < 0)
            return false;
        (glyph, advance) = (joined, advance + position.XAdvance);
        return true;
    }

    private sealed class Workspace
    {
        private int[] _ends = new int[256];

        internal Buffer Buffer { get; } = new();
        internal Language Arabic { get; } = new("ar");
        internal Language Latin { get; } = new("fr");
        internal List<PlacedGlyph> Glyphs { get; } = [];
        internal List<(int Start, int End, byte Level)> Runs { get; } = [];
        internal List<ScriptRun> ScriptRuns { get; } = [];
        internal int Remainder { get; set; }

        /// <summary>
        /// Where the text of each cluster ends, by its first unit less the run's start. Clusters by character need not come in order:
        /// marks on one letter change places.
        /// </summary>
        internal Span<int> ClusterEnds(ScriptRun run, ReadOnlySpan<GlyphInfo> infos)
        {
            var length = run.End - run.Start;
            if (_ends.Length < length)
                _ends = new int[length * 2];
            var ends = _ends.AsSpan(0, length);
            ends.Clear();
            foreach (ref readonly var info in infos)
                ends[(int)info.Cluster - run.Start] = 1;
            var end = run.End;
            for (var i = length - 1; i >= 0; i--)
            {
                if (ends[i] != 0)
                    (ends[i], end) = (end, run.Start + i);
            }

            return ends;
        }

        internal void Begin()
        {
            Glyphs.Clear();
            Remainder = 0;
        }
    }
}
