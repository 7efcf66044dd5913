using System.Globalization;
using Training.App.Tests.Platform;

namespace Training.App.Tests.Faults;

/// <summary>
/// Half an hour of clubs, lists, sessions and certificates at an even pace: memory does not grow. <c>TRAINING_TEST_SOAK_MINUTES</c> makes it
/// shorter or longer.
/// </summary>
[Category("Long")]
[NonParallelizable]
internal sealed class SoakTests
{
    private const int Lanes = 2;

    /// <summary>What the last third may take more than the second: pages of a database that has grown, kept in its cache of a set size.</summary>
    private const double GrowthMax = 1.10;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly string storage = Directory.CreateTempSubdirectory("training-soak-").FullName;

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(storage, recursive: true);

    [Test]
    public async Task Memory_is_flat()
    {
        var length = TimeSpan.FromMinutes(double.TryParse(Environment.GetEnvironmentVariable("TRAINING_TEST_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 30);
        await using var app = await AppProcess.StartAsync(storage);
        using var client = new Persistent(TimeSpan.FromMinutes(3), app.Client.BaseAddress!);
        var season = new Season(client);
        using var end = new CancellationTokenSource(length);
        var next = 0;
        var playing = Enumerable.Range(0, Lanes).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested) await Task.WhenAll(season.PlayAsync(Interlocked.Increment(ref next)), Task.Delay(Beat));
        })).ToArray();
        var memory = new List<double>();
        while (!end.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None), Task.WhenAll(playing));
            memory.Add(MegabytesOf(app.Id));
        }
        await Task.WhenAll(playing);

        await new Ledger(storage).HasAsync(season);
        var thirds = memory.Chunk((memory.Count + 2) / 3).Select(Median).ToArray();
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{length.TotalMinutes:N0} minutes, {season.Clubs} clubs, {season.Listed} children by lists, {client.Repeats} repeats; resident memory (median) {string.Join(" / ", thirds.Select(third => $"{third:N0}"))} MB, at most {memory.Max():N0}"));
        Assert.That(thirds[2], Is.LessThan(thirds[1] * GrowthMax), "memory grows");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double MegabytesOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
