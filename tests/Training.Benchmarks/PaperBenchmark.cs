using System.Diagnostics;
using System.Globalization;
using Training.Paper.Tests.Corpus;

namespace Training.Benchmarks;

/// <summary>How often reading a photographed sheet proposes what was ticked, leaves it open, or is wrong, from careful photographs to careless ones.</summary>
internal static class PaperBenchmark
{
    private const int Photos = 120, Seed = 2026;

    public static void Run(ResultTable table)
    {
        var corpus = new PhotoCorpus();
        foreach (var carelessness in (double[])[0.2, 0.6, 1])
        {
            var watch = Stopwatch.StartNew();
            var tally = corpus.Measure(Photos, Seed, carelessness);
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"sheets photographed, carelessness {carelessness}"),
                string.Create(CultureInfo.InvariantCulture, $"{tally.Read}/{tally.Photos} photos read; of {tally.Marked} ticked rows {tally.Right} right, {tally.Blank} left open; {tally.Wrong} wrong of all {tally.Marked + tally.Unmarked}"),
                string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds / Photos:F0} ms a photo, taking it included"),
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * tally.Right / Math.Max(1, tally.Marked):F1} % right"),
                "0 wrong");
        }
    }
}
