namespace Training.Domain.Registry.Names;

/// <summary>
/// The forms of a name that are compared and searched: deterministic, and made without a dictionary. None is stored, so a changed rule
/// holds at once for everybody. Rules: what was measured on the reference lists of Moroccan names. An empty string means that the name
/// has no letter of that script.
/// </summary>
public static class NameKeys
{
    /// <summary>Only this much of a name is looked at; longer than any field takes.</summary>
    public const int MaxLength = 120;

    private const int Buffer = MaxLength * 2 + 24;

    /// <summary>Lower-case ASCII words, accents and apostrophes gone, one space between words: for display-insensitive prefix search.</summary>
    public static string FoldLatin(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[Buffer];
        return new string(folded[..FoldLatin(name, folded)]);
    }

    /// <summary>Arabic words without harakat or hamza, one alef, one yeh, heh for teh marbuta: for display-insensitive prefix search. Articles stay.</summary>
    public static string FoldArabic(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[Buffer];
        return new string(folded[..FoldArabic(name, folded)]);
    }

    /// <summary>
    /// The consonant skeleton of a given or family name in Latin letters: words joined, a leading <c>a</c> for any initial vowel.
    /// Mohamed, Mohammed and Med give <c>mmd</c>; El Idrissi gives <c>adrs</c>.
    /// </summary>
    public static string LatinKey(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[Buffer];
        return new string(key[..LatinKey(name, key)]);
    }

    /// <summary>
    /// The second skeleton under which the same name is written: without the initial vowel (Idrissi, Drissi: <c>drs</c>) or
    /// without a glued article before a vowel (Lamrini, El Merini: <c>mrn</c>). Equal to <see cref="LatinKey(ReadOnlySpan{char})"/> when there is none.
    /// </summary>
    public static string LatinAlternativeKey(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[Buffer];
        return new string(key[..Alternative(name, key)]);
    }

    /// <summary>The Arabic key of a given or family name: folded, article cut, words joined.</summary>
    public static string ArabicKey(ReadOnlySpan<char> name)
    {
        Span<char> words = stackalloc char[Buffer];
        return new string(words[..RemoveSpaces(words[..ArabicWords(name, words)])]);
    }

    /// <summary>
    /// The skeleton of a name in Arabic letters, in the alphabet of <see cref="LatinKey(ReadOnlySpan{char})"/>: محمد gives <c>mmd</c>.
    /// Not every pair meets (vowels that Arabic leaves out, خ beside h), so it finds people and does not decide about them.
    /// </summary>
    public static string SkeletonFromArabic(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[Buffer];
        return new string(key[..JoinSkeletons(key[..ArabicSkeletonWords(name, key)])]);
    }

    /// <summary>
    /// The skeletons of every word of a name in either script, each once, a space between them: what a search table indexes and
    /// what a query is turned into, so that محمد finds Mohammed and Drissi finds El Idrissi.
    /// </summary>
    public static string SearchSkeletons(ReadOnlySpan<char> name)
    {
        Span<char> words = stackalloc char[Buffer * 2 + 1];
        var length = LatinWords(name, words);
        if (length > 0) words[length++] = ' ';
        length += ArabicSkeletonWords(name, words[length..]);
        return SortedWords(words[..length]);
    }

    internal static int FoldLatin(ReadOnlySpan<char> name, Span<char> target) => LatinLetters.Fold(Shorten(name), target);

    internal static int FoldArabic(ReadOnlySpan<char> name, Span<char> target) => ArabicLetters.Fold(Shorten(name), target);

    internal static int LatinKey(ReadOnlySpan<char> name, Span<char> target) => JoinSkeletons(target[..LatinWords(name, target)]);

    private static int Alternative(ReadOnlySpan<char> name, Span<char> key)
    {
        var length = LatinKey(name, key);
        Span<char> folded = stackalloc char[Buffer];
        var hides = key[0] == 'l' && length >= 3 && LatinKeys.MayHideArticle(folded[..FoldLatin(name, folded)]);
        // The h that follows becomes the first letter, which the skeleton keeps (Lahbibi, Habibi).
        if (hides && folded[2] == 'h') return LatinKey(folded[2..FoldLatin(name, folded)], key);
        if (!hides && (length < 2 || key[0] != LatinSkeleton.InitialVowel)) return length;
        key[1..length].CopyTo(key);
        return length - 1;
    }

    private static ReadOnlySpan<char> Shorten(ReadOnlySpan<char> name) => name.Length <= MaxLength ? name : name[..MaxLength];

    private static int LatinWords(ReadOnlySpan<char> name, Span<char> target)
    {
        Span<char> folded = stackalloc char[Buffer];
        return LatinKeys.WriteWords(folded[..FoldLatin(name, folded)], target);
    }

    private static int ArabicWords(ReadOnlySpan<char> name, Span<char> target)
    {
        Span<char> folded = stackalloc char[Buffer];
        return ArabicKeys.WriteWords(folded[..FoldArabic(name, folded)], target);
    }

    private static int ArabicSkeletonWords(ReadOnlySpan<char> name, Span<char> target)
    {
        Span<char> words = stackalloc char[Buffer];
        ReadOnlySpan<char> rest = words[..ArabicWords(name, words)];
        var length = 0;
        while (!rest.IsEmpty)
        {
            var space = rest.IndexOf(' ');
            var word = space < 0 ? rest : rest[..space];
            rest = space < 0 ? default : rest[(space + 1)..];
            if (length > 0) target[length++] = ' ';
            length += ArabicKeys.WriteSkeleton(word, target[length..]);
        }
        return length;
    }

    /// <summary>Joins skeleton words; the mark of an initial vowel is kept only at the very beginning, since glued spellings lose the others.</summary>
    private static int JoinSkeletons(Span<char> words)
    {
        var length = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == ' ') continue;
            if (i > 0 && words[i - 1] == ' ' && words[i] is LatinSkeleton.InitialVowel) continue;
            words[length++] = words[i];
        }
        return length;
    }

    private static int RemoveSpaces(Span<char> words)
    {
        var length = 0;
        foreach (var c in words)
            if (c != ' ') words[length++] = c;
        return length;
    }

    private static string SortedWords(ReadOnlySpan<char> words)
    {
        Span<Range> ranges = stackalloc Range[16];
        var count = words.Split(ranges, ' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < count; i++)
        {
            var (offset, length) = ranges[i].GetOffsetAndLength(words.Length);
            if (length > 1 && words[offset] == LatinSkeleton.InitialVowel) ranges[i] = new Range(offset + 1, offset + length);
        }
        // A name has a handful of words.
        for (var i = 1; i < count; i++)
            for (var j = i; j > 0 && words[ranges[j]].SequenceCompareTo(words[ranges[j - 1]]) < 0; j--)
                (ranges[j], ranges[j - 1]) = (ranges[j - 1], ranges[j]);
        Span<char> result = stackalloc char[Buffer * 2 + 1];
        var written = 0;
        for (var i = 0; i < count; i++)
        {
            var word = words[ranges[i]];
            if (i > 0 && word.SequenceEqual(words[ranges[i - 1]])) continue;
            if (written > 0) result[written++] = ' ';
            word.CopyTo(result[written..]);
            written += word.Length;
        }
        return new string(result[..written]);
    }
}
