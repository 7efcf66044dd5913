namespace Training.Domain.Registry.Names;

/// <summary>
/// Every spelling of a given or family name that some child bears, each once: a few tens of thousands for a whole country, since
/// names repeat. What somebody types is compared with these and not with people. It only grows; a spelling that nobody bears any
/// more finds nobody.
/// </summary>
/// <remarks>Searching is safe from any thread while another adds.</remarks>
public sealed class NameVocabulary
{
    private readonly Dictionary<(string? Latin, string? Arabic), NameSpelling> known = [];
    private readonly Lock adding = new();

    // The array before the count: whoever reads the count sees an array that holds as many.
    private SpellingProbe[] probes = new SpellingProbe[1024];
    private volatile int count;

    /// <summary>How many spellings are known.</summary>
    public int Count => count;

    /// <summary>Notes how a child's name is written; null where a part is unknown in a script.</summary>
    public void Add(string? given, string? givenAr, string? family, string? familyAr)
    {
        lock (adding)
        {
            if (SpellingOf(given, givenAr) is { } first) first.IsGiven = true;
            if (SpellingOf(family, familyAr) is { } last) last.IsFamily = true;
        }
    }

    /// <summary>The spellings that answer what was typed, the best first, and no more than so many for a given and for a family name.</summary>
    /// <param name="typed">One name or its beginning, in either script.</param>
    /// <param name="max">How many at most for each part of a name.</param>
    public NameMatches Find(string typed, int max)
    {
        var name = new TypedName(typed);
        var found = new List<SpellingMatch>();
        var until = count;
        foreach (ref readonly var probe in probes.AsSpan(0, until))
        {
            var likeness = name.Compare(probe);
            if (likeness == SpellingLikeness.Different) continue;
            found.Add(new SpellingMatch(probe.Spelling, likeness, Math.Abs(name.Length - Math.Max(probe.LatinLength, probe.ArabicLength))));
        }
        found.Sort(SpellingMatch.BetterFirst);
        return new NameMatches(
            [.. found.Where(match => match.Spelling.IsGiven).Take(max)], [.. found.Where(match => match.Spelling.IsFamily).Take(max)]);
    }

    private NameSpelling? SpellingOf(string? latin, string? arabic)
    {
        if (latin is null && arabic is null) return null;
        if (known.TryGetValue((latin, arabic), out var spelling)) return spelling;
        spelling = new NameSpelling(latin, arabic);
        known.Add((latin, arabic), spelling);
        if (count == probes.Length) Array.Resize(ref probes, count * 2);
        probes[count] = new SpellingProbe(spelling);
        count++;
        return spelling;
    }
}

/// <summary>A spelling that answers what was typed.</summary>
/// <param name="Spelling">The spelling.</param>
/// <param name="Likeness">How well it answers.</param>
/// <param name="Distance">By how many letters the two differ in length: orders equal answers.</param>
public readonly record struct SpellingMatch(NameSpelling Spelling, SpellingLikeness Likeness, int Distance)
{
    internal static int BetterFirst(SpellingMatch a, SpellingMatch b)
    {
        var order = a.Likeness.CompareTo(b.Likeness);
        if (order == 0) order = a.Distance.CompareTo(b.Distance);
        if (order == 0) order = string.CompareOrdinal(a.Spelling.Latin, b.Spelling.Latin);
        return order != 0 ? order : string.CompareOrdinal(a.Spelling.Arabic, b.Spelling.Arabic);
    }
}

/// <summary>The spellings that answer one name typed, by the part of a name as which somebody bears them.</summary>
/// <param name="Given">Given names, the best first.</param>
/// <param name="Family">Family names, the best first.</param>
public sealed record NameMatches(IReadOnlyList<SpellingMatch> Given, IReadOnlyList<SpellingMatch> Family);
