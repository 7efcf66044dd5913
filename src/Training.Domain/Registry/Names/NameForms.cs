using System.Collections.Concurrent;

namespace Training.Domain.Registry.Names;

/// <summary>A given or a family name with its comparable forms, made once and compared often.</summary>
public sealed class NameForms
{
    private const int KnownMax = 50_000;

    private static readonly ConcurrentDictionary<(string? Latin, string? Arabic), NameForms> Known = new();
    private static int knownCount;

    /// <summary>
    /// The forms of a name, made once for all who bear it: names repeat, and making their forms costs more than comparing them. The
    /// memory is bounded; it starts afresh when it is full.
    /// </summary>
    public static NameForms Of(string? latin, string? arabic)
    {
        if (Known.TryGetValue((latin, arabic), out var forms)) return forms;
        forms = new NameForms(latin, arabic);
        if (!Known.TryAdd((latin, arabic), forms) || Interlocked.Increment(ref knownCount) <= KnownMax) return forms;
        Known.Clear();
        Interlocked.Exchange(ref knownCount, 0);
        return forms;
    }

    /// <summary>The forms of a name; null or blank in a script means that it is not known in that script.</summary>
    public NameForms(string? latin, string? arabic)
    {
        Latin = NameKeys.FoldLatin(latin);
        LatinKey = NameKeys.LatinKey(latin);
        LatinAlternativeKey = NameKeys.LatinAlternativeKey(latin);
        Arabic = NameKeys.FoldArabic(arabic);
        ArabicKey = NameKeys.ArabicKey(arabic);
        ArabicSkeleton = NameKeys.SkeletonFromArabic(arabic);
        IsCompound = Latin.Contains(' ') || Arabic.Contains(' ');
        LatinLetters = JaroWinkler.Letters(Latin);
        LatinKeyLetters = JaroWinkler.Letters(LatinKey);
        ArabicKeyLetters = JaroWinkler.Letters(ArabicKey);
        LatinAlternativeLetters = JaroWinkler.Letters(LatinAlternativeKey);
        ArabicSkeletonLetters = JaroWinkler.Letters(ArabicSkeleton);
    }

    /// <summary>Folded Latin form; empty when unknown.</summary>
    public string Latin { get; }

    /// <summary>Consonant skeleton of the Latin form.</summary>
    public string LatinKey { get; }

    /// <summary>Second skeleton of the Latin form; equal to the first when there is none.</summary>
    public string LatinAlternativeKey { get; }

    /// <summary>Folded Arabic form; empty when unknown.</summary>
    public string Arabic { get; }

    /// <summary>Key of the Arabic form.</summary>
    public string ArabicKey { get; }

    /// <summary>Skeleton of the Arabic form, to meet a person known in Latin letters alone.</summary>
    public string ArabicSkeleton { get; }

    /// <summary>True when the name has several words in either script.</summary>
    internal bool IsCompound { get; }

    internal ulong LatinLetters { get; }

    internal ulong LatinKeyLetters { get; }

    internal ulong ArabicKeyLetters { get; }

    internal ulong LatinAlternativeLetters { get; }

    internal ulong ArabicSkeletonLetters { get; }

    /// <summary>True when the name is known in neither script.</summary>
    public bool IsEmpty => Latin.Length == 0 && Arabic.Length == 0;
}
