namespace Training.Domain.Registry.Names;

/// <summary>
/// What somebody who types a name may mean: which words are the given name and which the family name, in either order, or all of
/// them one name. Words are tried together because names have several (El Alaoui, Ait Said, بن علي, Fatima Zahra).
/// </summary>
public sealed class NameQuestion
{
    /// <summary>Words beyond these are left out; no name here has more.</summary>
    public const int WordsMax = 6;

    private NameQuestion(IReadOnlyList<NameReading> readings) => Readings = readings;

    /// <summary>The meanings for which the vocabulary has spellings, the best first.</summary>
    public IReadOnlyList<NameReading> Readings { get; }

    /// <summary>Reads what was typed against the spellings that children bear.</summary>
    /// <param name="text">The words typed, cleaned.</param>
    /// <param name="vocabulary">The spellings.</param>
    /// <param name="spellingsMax">How many spellings of one name are followed.</param>
    public static NameQuestion Read(string text, NameVocabulary vocabulary, int spellingsMax)
    {
        var words = text.Split([' ', '-', '.', ',', '،', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > WordsMax) words = words[..WordsMax];
        var readings = new List<NameReading>();
        if (words.Length == 0) return new NameQuestion(readings);

        var whole = vocabulary.Find(string.Join(' ', words), spellingsMax);
        if (Whole(whole.Family) is { Length: > 0 } family) readings.Add(new NameReading([], family));
        if (Whole(whole.Given) is { Length: > 0 } given) readings.Add(new NameReading(given, []));
        for (var first = 1; first < words.Length; first++)
        {
            var start = vocabulary.Find(string.Join(' ', words[..first]), spellingsMax);
            if (start.Given.Count == 0 && start.Family.Count == 0) continue;
            var end = vocabulary.Find(string.Join(' ', words[first..]), spellingsMax);
            if (start.Given.Count > 0 && end.Family.Count > 0) readings.Add(new NameReading(start.Given, end.Family));
            if (end.Given.Count > 0 && start.Family.Count > 0) readings.Add(new NameReading(end.Given, start.Family));
        }
        return new NameQuestion([.. readings.OrderBy(reading => reading.Best)]);
    }

    /// <summary>A name that lacks words typed answers only beside another that has them.</summary>
    private static SpellingMatch[] Whole(IReadOnlyList<SpellingMatch> matches) => [.. matches.Where(match => match.Likeness != SpellingLikeness.Shorter)];

    /// <summary>
    /// The rank of a child whose name is written so, 0 the best: the better of the meanings, and in it the likeness of both parts.
    /// Null when the name answers none of them. It depends on nobody else, so that a list stays in order while people come and go.
    /// </summary>
    public int? Rank(string? given, string? givenAr, string? family, string? familyAr)
    {
        int? best = null;
        foreach (var reading in Readings)
            if (reading.Rank((given, givenAr), (family, familyAr)) is { } rank && (best is null || rank < best)) best = rank;
        return best;
    }
}

/// <summary>One meaning of the words typed.</summary>
public sealed class NameReading
{
    private readonly Dictionary<(string? Latin, string? Arabic), SpellingLikeness> given;
    private readonly Dictionary<(string? Latin, string? Arabic), SpellingLikeness> family;

    internal NameReading(IReadOnlyList<SpellingMatch> given, IReadOnlyList<SpellingMatch> family)
    {
        Given = given;
        Family = family;
        this.given = Likenesses(given);
        this.family = Likenesses(family);
    }

    /// <summary>Spellings of the given name; empty when only a family name was typed.</summary>
    public IReadOnlyList<SpellingMatch> Given { get; }

    /// <summary>Spellings of the family name; empty when only a given name was typed.</summary>
    public IReadOnlyList<SpellingMatch> Family { get; }

    /// <summary>True when the words are one part of a name and nothing is said of the other.</summary>
    public bool IsOnePart => Given.Count == 0 || Family.Count == 0;

    /// <summary>The rank that nobody can surpass.</summary>
    internal int Best => Rank(Given.Count > 0 ? Given[0].Likeness : SpellingLikeness.Same, Family.Count > 0 ? Family[0].Likeness : SpellingLikeness.Same);

    internal int? Rank((string? Latin, string? Arabic) givenName, (string? Latin, string? Arabic) familyName)
    {
        var first = Likeness(given, givenName);
        var last = Likeness(family, familyName);
        return first == SpellingLikeness.Different || last == SpellingLikeness.Different ? null : Rank(first, last);
    }

    private static int Rank(SpellingLikeness first, SpellingLikeness last) => (int)first + (int)last;

    private static SpellingLikeness Likeness(Dictionary<(string? Latin, string? Arabic), SpellingLikeness> known, (string? Latin, string? Arabic) name)
    {
        if (known.Count == 0) return SpellingLikeness.Same;
        if (known.TryGetValue(name, out var likeness)) return likeness;
        // Known in Latin letters alone, where others who are written so bear the Arabic that was typed.
        return name.Arabic is null && known.ContainsKey((name.Latin, "")) ? SpellingLikeness.AcrossScripts : SpellingLikeness.Different;
    }

    private static Dictionary<(string? Latin, string? Arabic), SpellingLikeness> Likenesses(IReadOnlyList<SpellingMatch> matches)
    {
        var likenesses = new Dictionary<(string? Latin, string? Arabic), SpellingLikeness>();
        foreach (var match in matches)
        {
            likenesses[(match.Spelling.Latin, match.Spelling.Arabic)] = match.Likeness;
            if (match.Spelling.Latin is { } latin) likenesses.TryAdd((latin, ""), match.Likeness);
        }
        return likenesses;
    }
}
