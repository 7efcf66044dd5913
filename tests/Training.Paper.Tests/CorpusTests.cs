using Training.Paper.Tests.Corpus;

namespace Training.Paper.Tests;

/// <summary>A small corpus at every change; the large one is a benchmark.</summary>
internal sealed class CorpusTests
{
    private static readonly PhotoCorpus Corpus = new();

    [TestCase(0.2, 8, 8, 0.88)]
    [TestCase(1.0, 10, 8, 0.80)]
    public void Of_photographs_careful_and_careless_no_mark_is_proposed_that_nobody_made(double carelessness, int photos, int leastRead, double leastRight)
    {
        var tally = Corpus.Measure(photos, seed: 11, carelessness);

        Assert.That(tally.Wrong, Is.Zero, "wrong proposals");
        Assert.That(tally.Read, Is.GreaterThanOrEqualTo(leastRead), "photographs read");
        Assert.That((double)tally.Right / tally.Marked, Is.GreaterThanOrEqualTo(leastRight), "marks proposed as they are");
    }
}
