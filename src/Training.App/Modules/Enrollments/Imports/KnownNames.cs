using Training.App.Platform.Seeding;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The common given and family names of the country, by which two columns without a heading are told apart.</summary>
internal sealed class KnownNames
{
    private readonly Lazy<(HashSet<string> Given, HashSet<string> Family)> keys = new(Read);

    /// <summary>How much a column looks like given names: 1 when every value is one and no family name, -1 the other way round.</summary>
    public double Leaning(IReadOnlyList<string> values)
    {
        if (values.Count == 0) return 0;
        var (given, family) = keys.Value;
        return values.Average(value => (given.Contains(KeyOf(value)) ? 1 : 0) - (family.Contains(KeyOf(value)) ? 1 : 0));
    }

    private static (HashSet<string> Given, HashSet<string> Family) Read() =>
        (Keys("first-names.csv").ToHashSet(), Keys("surnames.csv").ToHashSet());

    private static IEnumerable<string> Keys(string file) => ReferenceFiles.Rows(ReferenceFiles.DefaultFolder, file)
        .SelectMany(row => new[] { row("latin"), row("arabic") }).Where(name => name.Length > 0).Select(KeyOf);

    private static string KeyOf(string name) => NameKeys.LatinKey(name) is { Length: > 0 } latin ? latin : NameKeys.ArabicKey(name);
}
