using static Training.Pdf.Bidi.BidiClass;

namespace Training.Pdf.Bidi;

/// <summary>Direction of a paragraph. <see cref="Auto"/> takes the first strong character (rules P2 and P3).</summary>
public enum TextDirection { LeftToRight, RightToLeft, Auto }

/// <summary>Resolves the embedding levels of one paragraph: UAX #9 rules P2 to I2, isolates and paired brackets included.</summary>
internal static class BidiParagraph
{
    private const int MaxDepth = 125;

    /// <summary>Writes one level per UTF-16 unit and returns the paragraph's own level, 0 or 1.</summary>
    internal static byte Resolve(ReadOnlySpan<char> text, TextDirection direction, Span<byte> levels)
    {
        var classes = new BidiClass[text.Length];
        BidiProperties.Classify(text, classes);
        var matching = MatchIsolates(classes);
        var paragraph = direction switch
        {
            TextDirection.LeftToRight => (byte)0,
            TextDirection.RightToLeft => (byte)1,
            _ => FirstStrong(classes, matching, 0, classes.Length),
        };
        if (paragraph == 0 && IsPlainLeftToRight(classes))
        {
            levels[..text.Length].Clear();
            return 0;
        }

        var original = (BidiClass[])classes.Clone();
        AssignExplicitLevels(classes, original, matching, paragraph, levels);
        var explicitLevels = levels[..text.Length].ToArray();
        foreach (var sequence in FindSequences(original, matching, explicitLevels))
            BidiSequence.Resolve(text, sequence, classes, original, explicitLevels, levels, paragraph);
        SettleRemoved(original, levels, paragraph);
        ResetWhitespace(original, levels, paragraph, 0, text.Length);
        return paragraph;
    }

    /// <summary>Rule L1 for one line: trailing white space and separators fall back to the paragraph's level.</summary>
    internal static void ResetLine(ReadOnlySpan<char> text, Span<byte> levels, byte paragraph)
    {
        var classes = new BidiClass[text.Length];
        BidiProperties.Classify(text, classes);
        ResetWhitespace(classes, levels, paragraph, 0, text.Length);
    }

    internal static bool IsRemoved(BidiClass c) => c is LRE or LRO or RLE or RLO or PDF or BN;

    internal static bool IsIsolateInitiator(BidiClass c) => c is LRI or RLI or FSI;

    private static bool IsPlainLeftToRight(ReadOnlySpan<BidiClass> classes)
    {
        foreach (var c in classes)
        {
            if (c is R or AL or AN or RLE or RLO or RLI or FSI or LRE or LRO or LRI)
                return false;
        }

        return true;
    }

    // Index of the matching PDI for each isolate initiator and the reverse; -1 when there is none.
    private static int[] MatchIsolates(BidiClass[] classes)
    {
        var matching = new int[classes.Length];
        Array.Fill(matching, -1);
        var open = new Stack<int>();
        for (var i = 0; i < classes.Length; i++)
        {
            if (IsIsolateInitiator(classes[i]))
                open.Push(i);
            else if (classes[i] == PDI && open.TryPop(out var start))
                (matching[start], matching[i]) = (i, start);
            else if (classes[i] == B)
                open.Clear();
        }

        return matching;
    }

    private static byte FirstStrong(BidiClass[] classes, int[] matching, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            switch (classes[i])
            {
                case L: return 0;
                case R or AL: return 1;
                case LRI or RLI or FSI when matching[i] >= 0: i = matching[i]; break;
                case LRI or RLI or FSI or B: return 0;
            }
        }

        return 0;
    }

    // Rules X1 to X8. Overrides are written into the classes.
    private static void AssignExplicitLevels(
        BidiClass[] classes, BidiClass[] original, int[] matching, byte paragraph, Span<byte> levels)
    {
        var stack = new Stack<(byte Level, BidiClass Override, bool Isolate)>();
        stack.Push((paragraph, ON, false));
        int overflowIsolates = 0, overflowEmbeddings = 0, validIsolates = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            var c = original[i];
            var top = stack.Peek();
            switch (c)
            {
                case RLE or LRE or RLO or LRO:
                    levels[i] = top.Level;
                    var embedded = NextLevel(top.Level, c is RLE or RLO);
                    if (embedded <= MaxDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                        stack.Push(((byte)embedded, c == RLO ? R : c == LRO ? L : ON, false));
                    else if (overflowIsolates == 0)
                        overflowEmbeddings++;
                    break;
                case RLI or LRI or FSI:
                    levels[i] = top.Level;
                    if (top.Override != ON)
                        classes[i] = top.Override;
                    var end = matching[i] >= 0 ? matching[i] : classes.Length;
                    var rightToLeft = c == RLI || (c == FSI && FirstStrong(original, matching, i + 1, end) == 1);
                    var isolated = NextLevel(top.Level, rightToLeft);
                    if (isolated <= MaxDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        validIsolates++;
                        stack.Push(((byte)isolated, ON, true));
                    }
                    else
                    {
                        overflowIsolates++;
                    }

                    break;
                case PDI:
                    if (overflowIsolates > 0)
                    {
                        overflowIsolates--;
                    }
                    else if (validIsolates > 0)
                    {
                        overflowEmbeddings = 0;
                        while (!stack.Peek().Isolate)
                            stack.Pop();
                        stack.Pop();
                        validIsolates--;
                    }

                    top = stack.Peek();
                    levels[i] = top.Level;
                    if (top.Override != ON)
                        classes[i] = top.Override;
                    break;
                case PDF:
                    if (overflowIsolates == 0 && overflowEmbeddings > 0)
                        overflowEmbeddings--;
                    else if (overflowIsolates == 0 && !top.Isolate && stack.Count >= 2)
                        stack.Pop();
                    levels[i] = stack.Peek().Level;
                    break;
                case B:
                    levels[i] = paragraph;
                    break;
                default:
                    levels[i] = top.Level;
                    if (top.Override != ON && c != BN)
                        classes[i] = top.Override;
                    break;
            }
        }
    }

    private static int NextLevel(int level, bool rightToLeft) => rightToLeft ? (level + 1) | 1 : (level + 2) & ~1;

    // Rule X10 with X9 applied: each list holds the indexes of one isolating run sequence.
    private static List<List<int>> FindSequences(BidiClass[] original, int[] matching, ReadOnlySpan<byte> levels)
    {
        var sequences = new List<List<int>>();
        var endingIn = new Dictionary<int, List<int>>();
        List<int>? current = null;
        var last = -1;
        for (var i = 0; i < original.Length; i++)
        {
            if (IsRemoved(original[i]))
                continue;
            if (current is null || levels[i] != levels[last])
            {
                if (current is not null && IsIsolateInitiator(original[last]))
                    endingIn[last] = current;
                if (original[i] != PDI || matching[i] < 0 || !endingIn.Remove(matching[i], out current))
                {
                    current = [];
                    sequences.Add(current);
                }
            }

            current!.Add(i);
            last = i;
        }

        return sequences;
    }

    // What rule X9 removes takes the level of what stands before it, so that it never splits a run.
    private static void SettleRemoved(BidiClass[] original, Span<byte> levels, byte paragraph)
    {
        for (var i = 0; i < original.Length; i++)
        {
            if (IsRemoved(original[i]))
                levels[i] = i == 0 ? paragraph : levels[i - 1];
        }
    }

    private static void ResetWhitespace(ReadOnlySpan<BidiClass> classes, Span<byte> levels, byte paragraph, int start, int end)
    {
        var resetting = true;
        for (var i = end - 1; i >= start; i--)
        {
            if (classes[i] is B or S)
            {
                levels[i] = paragraph;
                resetting = true;
            }
            else if (classes[i] is WS or LRI or RLI or FSI or PDI || IsRemoved(classes[i]))
            {
                if (resetting)
                    levels[i] = paragraph;
            }
            else
            {
                resetting = false;
            }
        }
    }
}
