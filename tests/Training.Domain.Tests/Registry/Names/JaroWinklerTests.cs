using Training.Domain.Registry.Names;

namespace Training.Domain.Tests.Registry.Names;

public class JaroWinklerTests
{
    // The published examples of Winkler.
    [TestCase("MARTHA", "MARHTA", 0.9611)]
    [TestCase("DWAYNE", "DUANE", 0.8400)]
    [TestCase("DIXON", "DICKSONX", 0.8133)]
    [TestCase("JONES", "JOHNSON", 0.8324)]
    [TestCase("same", "same", 1)]
    [TestCase("abc", "xyz", 0)]
    [TestCase("", "a", 0)]
    [TestCase("", "", 0)]
    public void Gives_the_published_values(string a, string b, double expected) =>
        Assert.That(JaroWinkler.Similarity(a, b), Is.EqualTo(expected).Within(0.0001));

    [Test]
    public void Stays_between_nothing_and_one_and_gives_one_to_a_text_itself()
    {
        var random = new Random(5);
        for (var n = 0; n < 20_000; n++)
        {
            var (a, b) = (Text(random), Text(random));
            var similarity = JaroWinkler.Similarity(a, b);
            Assert.That(similarity, Is.InRange(0, 1));
            Assert.That(JaroWinkler.Similarity(a, a), Is.EqualTo(a.Length == 0 ? 0 : 1));
        }
    }

    [Test]
    public void Compares_names_as_the_plain_similarity_would()
    {
        // The shortcut by letters may only leave out work, never an answer.
        var names = ReferenceFile.Read("first-names.csv").Concat(ReferenceFile.Read("surnames.csv"))
            .SelectMany(row => row["latin_variants"].Split('|', StringSplitOptions.RemoveEmptyEntries).Append(row["latin"]))
            .Distinct().Select(name => new NameForms(name, null)).ToList();
        for (var i = 0; i < names.Count; i++)
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (names[i], names[j]);
                var shared = a.LatinKey == b.LatinKey || a.LatinKey == b.LatinAlternativeKey || a.LatinAlternativeKey == b.LatinKey ||
                             a.LatinAlternativeKey == b.LatinAlternativeKey;
                if (shared) continue;
                var plain = JaroWinkler.Similarity(a.Latin, b.Latin) >= 0.90 ||
                            (a.LatinKey.Length >= 4 && b.LatinKey.Length >= 4 && JaroWinkler.Similarity(a.LatinKey, b.LatinKey) >= 0.90);
                if (NameComparison.LatinAlike(a, b) != plain) Assert.Fail($"{a.Latin} and {b.Latin} are compared in two ways.");
            }
    }

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)('a' + random.Next(5)))]);
}
