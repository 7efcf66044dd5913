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

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)('a' + random.Next(5)))]);
}
