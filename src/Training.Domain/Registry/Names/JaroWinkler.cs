using System.Numerics;

namespace Training.Domain.Registry.Names;

/// <summary>Jaro-Winkler similarity, 0 to 1, with the usual prefix weight of 0.1 over at most four characters.</summary>
public static class JaroWinkler
{
    private const int MaxLength = 128;

    /// <summary>Similarity of two texts; 0 when either is empty. Only the first 128 characters count.</summary>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty) return 0;
        if (a.Length > MaxLength) a = a[..MaxLength];
        if (b.Length > MaxLength) b = b[..MaxLength];
        if (a.SequenceEqual(b)) return 1;

        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        Span<bool> usedA = stackalloc bool[a.Length];
        Span<bool> usedB = stackalloc bool[b.Length];
        usedA.Clear();
        usedB.Clear();
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var to = Math.Min(b.Length - 1, i + window);
            for (var j = Math.Max(0, i - window); j <= to; j++)
            {
                if (usedB[j] || a[i] != b[j]) continue;
                usedA[i] = usedB[j] = true;
                matches++;
                break;
            }
        }
        if (matches == 0) return 0;

        var outOfOrder = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if (!usedA[i]) continue;
            while (!usedB[j]) j++;
            if (a[i] != b[j]) outOfOrder++;
            j++;
        }
        double m = matches;
        var jaro = (m / a.Length + m / b.Length + (m - outOfOrder / 2) / m) / 3;
        var prefix = 0;
        while (prefix < 4 && prefix < a.Length && prefix < b.Length && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    /// <summary>
    /// True when the similarity reaches <paramref name="threshold"/>. Most pairs are settled by the letters they have at all:
    /// every letter that the other lacks is a character without a match, and the prefix can give back four tenths at most.
    /// </summary>
    internal static bool Reaches(ReadOnlySpan<char> a, ulong lettersOfA, ReadOnlySpan<char> b, ulong lettersOfB, double threshold)
    {
        if (a.IsEmpty || b.IsEmpty) return false;
        var matches = Math.Min(
            a.Length - BitOperations.PopCount(lettersOfA & ~lettersOfB), b.Length - BitOperations.PopCount(lettersOfB & ~lettersOfA));
        var most = ((double)matches / a.Length + (double)matches / b.Length + 1) / 3;
        return most + 0.4 * (1 - most) >= threshold - 1e-9 && Similarity(a, b) >= threshold;
    }

    /// <summary>One bit for each letter that occurs; letters that share a bit only make <see cref="Reaches"/> look closer.</summary>
    internal static ulong Letters(ReadOnlySpan<char> text)
    {
        ulong letters = 0;
        foreach (var c in text) letters |= 1UL << (c & 63);
        return letters;
    }
}
