namespace Training.Domain.Registry.Names;

/// <summary>How close two names are.</summary>
public enum NameCloseness
{
    /// <summary>Two names.</summary>
    Different,

    /// <summary>One is a word of the other, which is compound.</summary>
    Part,

    /// <summary>They sound alike or differ by a slip.</summary>
    Similar,

    /// <summary>One name, perhaps spelled in two ways.</summary>
    Same,
}

/// <summary>Compares one name with another in both scripts.</summary>
public static class NameComparison
{
    private const double TextThreshold = 0.90;
    private const double ArabicThreshold = 0.88;

    // A skeleton of one consonant says little: Ali, Wael and Louay all have one.
    private const int MeaningfulKey = 2;

    // Likeness of skeletons means something only where one consonant of several differs.
    private const int LongKey = 4;
    private const double ShortKeyThreshold = 0.80;

    /// <summary>Arabic decides where both are known in Arabic; otherwise Latin; otherwise the skeletons across scripts.</summary>
    public static NameCloseness Compare(NameForms a, NameForms b)
    {
        var latin = a.Latin.Length > 0 && b.Latin.Length > 0;
        var arabic = a.ArabicKey.Length > 0 && b.ArabicKey.Length > 0;
        if (latin && arabic)
        {
            // Arabic is spelled far more steadily: equal there is equal, different there needs more than a close Latin spelling.
            if (a.ArabicKey == b.ArabicKey) return NameCloseness.Same;
            var byLatin = Latin(a, b);
            if (byLatin == NameCloseness.Different) return NameCloseness.Different;
            var byArabic = Arabic(a, b);
            if (byArabic == NameCloseness.Different) return NameCloseness.Different;
            return byLatin == NameCloseness.Part || byArabic == NameCloseness.Part ? NameCloseness.Part : NameCloseness.Similar;
        }
        if (arabic) return a.ArabicKey == b.ArabicKey ? NameCloseness.Same : Arabic(a, b);
        if (latin) return Latin(a, b);
        return AcrossScripts(a, b) || AcrossScripts(b, a) ? NameCloseness.Similar : NameCloseness.Different;
    }

    /// <summary>
    /// True when the names of two children can be one child's, in either order: what <see cref="DuplicateMatcher"/> asks of names
    /// first, so that it need not be asked about the others.
    /// </summary>
    public static bool Meet(NameForms givenA, NameForms familyA, NameForms givenB, NameForms familyB) =>
        (Compare(familyA, familyB) > NameCloseness.Part && Compare(givenA, givenB) > NameCloseness.Different)
        || (Compare(givenA, familyB) > NameCloseness.Part && Compare(familyA, givenB) > NameCloseness.Part);

    /// <summary>True when the Latin forms share a key, or are close as text or as key.</summary>
    public static bool LatinAlike(NameForms a, NameForms b) => ShareKey(a, b) || ByText(a, b);

    private static NameCloseness Latin(NameForms a, NameForms b)
    {
        if (a.Latin == b.Latin) return NameCloseness.Same;
        if (ShareKey(a, b)) return a.LatinKey == b.LatinKey ? NameCloseness.Same : NameCloseness.Similar;
        if ((a.IsCompound || b.IsCompound) && Compound(a.Latin, b.Latin) is { } compound) return compound;
        return ByText(a, b) ? NameCloseness.Similar : NameCloseness.Different;
    }

    private static NameCloseness Arabic(NameForms a, NameForms b) =>
        (a.IsCompound || b.IsCompound ? Compound(a.Arabic, b.Arabic) : null)
        ?? (JaroWinkler.Reaches(a.ArabicKey, a.ArabicKeyLetters, b.ArabicKey, b.ArabicKeyLetters, ArabicThreshold) ? NameCloseness.Similar : NameCloseness.Different);

    /// <summary>True when the Latin forms share a skeleton that says something.</summary>
    internal static bool ShareKey(NameForms a, NameForms b)
    {
        var shared = a.LatinKey == b.LatinKey ? a.LatinKey
            : a.LatinAlternativeKey == b.LatinKey || a.LatinAlternativeKey == b.LatinAlternativeKey ? a.LatinAlternativeKey
            : a.LatinKey == b.LatinAlternativeKey ? a.LatinKey
            : "";
        if (shared.Length == 0) return false;
        return shared.Length >= MeaningfulKey || JaroWinkler.Similarity(a.Latin, b.Latin) >= ShortKeyThreshold;
    }

    private static bool ByText(NameForms a, NameForms b) =>
        JaroWinkler.Reaches(a.Latin, a.LatinLetters, b.Latin, b.LatinLetters, TextThreshold) ||
        (a.LatinKey.Length >= LongKey && b.LatinKey.Length >= LongKey &&
         JaroWinkler.Reaches(a.LatinKey, a.LatinKeyLetters, b.LatinKey, b.LatinKeyLetters, TextThreshold));

    /// <summary>True when the Arabic of the first reads like the Latin of the second.</summary>
    internal static bool AcrossScripts(NameForms a, NameForms b) =>
        a.ArabicSkeleton.Length >= MeaningfulKey && (a.ArabicSkeleton == b.LatinKey || a.ArabicSkeleton == b.LatinAlternativeKey);

    /// <summary>
    /// Compound names that begin alike (Mohamed Amine, Mohamed Reda) are close as text whatever follows, so their last words
    /// decide. One word that the other has among several is a part. Null when neither is the case.
    /// </summary>
    private static NameCloseness? Compound(string a, string b)
    {
        var spaceA = a.IndexOf(' ');
        var spaceB = b.IndexOf(' ');
        if (spaceA < 0 && spaceB < 0) return null;
        if (spaceA > 0 && spaceB > 0)
        {
            if (!a.AsSpan(0, spaceA).SequenceEqual(b.AsSpan(0, spaceB))) return null;
            return JaroWinkler.Similarity(a.AsSpan(spaceA + 1), b.AsSpan(spaceB + 1)) >= TextThreshold ? NameCloseness.Similar : NameCloseness.Different;
        }
        var (one, several) = spaceA < 0 ? (a, b) : (b, a);
        foreach (var range in several.AsSpan().Split(' '))
            if (several.AsSpan(range).SequenceEqual(one)) return NameCloseness.Part;
        return null;
    }
}
