using static Training.Pdf.Bidi.BidiClass;

namespace Training.Pdf.Bidi;

/// <summary>Rules W1 to W7, N0 to N2, I1 and I2 of UAX #9 on one isolating run sequence.</summary>
internal static class BidiSequence
{
    private const int MaxOpenBrackets = 63;

    internal static void Resolve(
        ReadOnlySpan<char> text, List<int> indexes, BidiClass[] classes, BidiClass[] original,
        ReadOnlySpan<byte> explicitLevels, Span<byte> levels, byte paragraph)
    {
        var level = explicitLevels[indexes[0]];
        var sos = Strong(Math.Max(level, LevelBefore(indexes[0], original, explicitLevels, paragraph)));
        var eos = Strong(Math.Max(level, LevelAfter(indexes[^1], original, explicitLevels, paragraph)));

        var types = new BidiClass[indexes.Count];
        for (var i = 0; i < types.Length; i++)
            types[i] = classes[indexes[i]];
        ResolveWeak(types, sos);
        ResolveBrackets(text, indexes, original, types, sos, Strong(level));
        ResolveNeutrals(types, sos, eos, Strong(level));

        for (var i = 0; i < types.Length; i++)
        {
            var even = (level & 1) == 0;
            levels[indexes[i]] = (byte)(level + (types[i], even) switch
            {
                (R, true) or (L, false) or (EN, false) or (AN, false) => 1,
                (EN, true) or (AN, true) => 2,
                _ => 0,
            });
        }
    }

    private static BidiClass Strong(byte level) => (level & 1) == 0 ? L : R;

    private static byte LevelBefore(int index, BidiClass[] original, ReadOnlySpan<byte> levels, byte paragraph)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (!BidiParagraph.IsRemoved(original[i]))
                return levels[i];
        }

        return paragraph;
    }

    // A sequence that ends in an isolate initiator without its match borders on the paragraph's end.
    private static byte LevelAfter(int index, BidiClass[] original, ReadOnlySpan<byte> levels, byte paragraph)
    {
        if (BidiParagraph.IsIsolateInitiator(original[index]))
            return paragraph;
        for (var i = index + 1; i < original.Length; i++)
        {
            if (!BidiParagraph.IsRemoved(original[i]))
                return levels[i];
        }

        return paragraph;
    }

    private static void ResolveWeak(BidiClass[] types, BidiClass sos)
    {
        var previous = sos;
        for (var i = 0; i < types.Length; i++) // W1
        {
            if (types[i] == NSM)
                types[i] = previous is LRI or RLI or FSI or PDI ? ON : previous;
            previous = types[i];
        }

        var strong = sos;
        for (var i = 0; i < types.Length; i++) // W2, W3
        {
            if (types[i] is L or R or AL)
                strong = types[i];
            else if (types[i] == EN && strong == AL)
                types[i] = AN;
        }

        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] == AL)
                types[i] = R;
        }

        for (var i = 1; i + 1 < types.Length; i++) // W4
        {
            if (types[i] is ES or CS && types[i - 1] == EN && types[i + 1] == EN)
                types[i] = EN;
            else if (types[i] == CS && types[i - 1] == AN && types[i + 1] == AN)
                types[i] = AN;
        }

        for (var i = 0; i < types.Length; i++) // W5
        {
            if (types[i] != ET)
                continue;
            var end = i;
            while (end < types.Length && types[end] == ET)
                end++;
            if ((i > 0 && types[i - 1] == EN) || (end < types.Length && types[end] == EN))
                types.AsSpan(i, end - i).Fill(EN);
            i = end - 1;
        }

        strong = sos;
        for (var i = 0; i < types.Length; i++) // W6, W7
        {
            if (types[i] is ES or ET or CS)
                types[i] = ON;
            else if (types[i] is L or R)
                strong = types[i];
            else if (types[i] == EN && strong == L)
                types[i] = L;
        }
    }

    private static void ResolveBrackets( // N0
        ReadOnlySpan<char> text, List<int> indexes, BidiClass[] original, BidiClass[] types, BidiClass sos, BidiClass embedding)
    {
        var pairs = FindPairs(text, indexes, types);
        foreach (var (open, close) in pairs)
        {
            bool foundEmbedding = false, foundOpposite = false;
            for (var i = open + 1; i < close && !foundEmbedding; i++)
            {
                var strong = AsStrong(types[i]);
                foundEmbedding |= strong == embedding;
                foundOpposite |= strong != ON && strong != embedding;
            }

            if (!foundEmbedding && !foundOpposite)
                continue;
            var direction = embedding;
            if (!foundEmbedding)
            {
                var context = sos;
                for (var i = open - 1; i >= 0; i--)
                {
                    if (AsStrong(types[i]) is var strong && strong != ON)
                    {
                        context = strong;
                        break;
                    }
                }

                direction = context;
            }

            SetBracket(indexes, original, types, open, direction);
            SetBracket(indexes, original, types, close, direction);
        }
    }

    // Combining marks after a bracket follow it.
    private static void SetBracket(List<int> indexes, BidiClass[] original, BidiClass[] types, int at, BidiClass direction)
    {
        types[at] = direction;
        for (var i = at + 1; i < types.Length && original[indexes[i]] == NSM; i++)
            types[i] = direction;
    }

    private static List<(int Open, int Close)> FindPairs(ReadOnlySpan<char> text, List<int> indexes, BidiClass[] types)
    {
        var pairs = new List<(int Open, int Close)>();
        var stack = new List<(char Closing, int Position)>();
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] != ON)
                continue;
            var c = text[indexes[i]];
            if (BidiProperties.ClosingOf(c) is var closing && closing != '\0')
            {
                if (stack.Count == MaxOpenBrackets)
                    return [];
                stack.Add((closing, i));
            }
            else if (BidiProperties.AsClosing(c) is var closes && closes != '\0')
            {
                var found = stack.FindLastIndex(entry => entry.Closing == closes);
                if (found < 0)
                    continue;
                pairs.Add((stack[found].Position, i));
                stack.RemoveRange(found, stack.Count - found);
            }
        }

        pairs.Sort();
        return pairs;
    }

    private static void ResolveNeutrals(BidiClass[] types, BidiClass sos, BidiClass eos, BidiClass embedding) // N1, N2
    {
        for (var i = 0; i < types.Length; i++)
        {
            if (AsStrong(types[i]) != ON)
                continue;
            var end = i;
            while (end < types.Length && AsStrong(types[end]) == ON)
                end++;
            var before = i == 0 ? sos : AsStrong(types[i - 1]);
            var after = end == types.Length ? eos : AsStrong(types[end]);
            types.AsSpan(i, end - i).Fill(before == after ? before : embedding);
            i = end - 1;
        }
    }

    private static BidiClass AsStrong(BidiClass c) => c switch { L => L, R or EN or AN => R, _ => ON };
}
