namespace Training.Benchmarks;

/// <summary>
/// Names as people type them to find a child: another spelling, a slip of the hand, either order, either script, and one in five
/// the given or the family name alone. The same ones each time.
/// </summary>
internal static class MisspeltNames
{
    private readonly record struct Name(string Latin, string Arabic, string[] Variants);

    public static IReadOnlyList<string> Make(int count)
    {
        var random = new Random(20_260_901);
        var given = Read("first-names.csv", latin: 1);
        var family = Read("surnames.csv", latin: 0);
        return [.. Enumerable.Range(0, count).Select(_ => Typed(random, given[random.Next(given.Length)], family[random.Next(family.Length)]))];
    }

    private static string Typed(Random random, Name given, Name family)
    {
        var arabic = random.Next(3) == 0;
        var first = Spell(random, given, arabic);
        var last = Spell(random, family, arabic);
        return random.Next(10) switch
        {
            0 => first,
            1 => last,
            < 6 => $"{first} {last}",
            _ => $"{last} {first}",
        };
    }

    private static string Spell(Random random, Name name, bool arabic)
    {
        if (arabic) return random.Next(2) == 0 ? Slip(random, name.Arabic) : name.Arabic;
        var spelling = name.Variants.Length > 0 && random.Next(2) == 0 ? name.Variants[random.Next(name.Variants.Length)] : name.Latin;
        return random.Next(2) == 0 ? Slip(random, spelling) : spelling.ToLowerInvariant();
    }

    /// <summary>One letter missing, or exchanged with the next.</summary>
    private static string Slip(Random random, string text)
    {
        if (text.Length < 5) return text;
        var at = random.Next(1, text.Length - 2);
        return random.Next(2) == 0 ? text.Remove(at, 1) : text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
    }

    private static Name[] Read(string file, int latin)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Training.sln"))) folder = folder.Parent!;
        return [.. File.ReadLines(Path.Combine(folder.FullName, "seed-data", "reference", file)).Skip(1).Select(line => line.Split(','))
            .Select(row => new Name(row[latin], row[latin + 1], row[latin + 2].Split('|', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
