using System.Globalization;

namespace Training.Benchmarks;

/// <summary>From the start of the published application to its first answer, on a folder that is there already and on an empty one.</summary>
internal static class StartBenchmark
{
    private const int Starts = 7;

    public static async Task RunAsync(ResultTable table)
    {
        var floor = await MedianAsync(async () => { await using var server = await ServerProcess.StartFloorAsync(); return server.StartedIn; });
        var first = await MedianAsync(async () => { await using var app = await ServerProcess.StartAppAsync(); return app.StartedIn; });
        var kept = Directory.CreateTempSubdirectory("training-bench-").FullName;
        await using (await ServerProcess.StartAppAsync(kept, keep: true))
        {
        }
        var again = await MedianAsync(async () => { await using var app = await ServerProcess.StartAppAsync(kept, keep: true); return app.StartedIn; });
        Directory.Delete(kept, recursive: true);

        Add("start to the first answer", again, bar: "<= 1.5 s");
        Add("start to the first answer, with making the database", first, bar: "");

        void Add(string what, TimeSpan median, string bar) => table.Add(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{median.TotalSeconds:F2} s, median of {Starts}"),
            string.Create(CultureInfo.InvariantCulture, $"{floor.TotalSeconds:F2} s empty endpoint"),
            string.Create(CultureInfo.InvariantCulture, $"{median / floor:F1}"),
            bar);
    }

    private static async Task<TimeSpan> MedianAsync(Func<Task<TimeSpan>> start)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++) times.Add(await start());
        return times.Order().ElementAt(Starts / 2);
    }
}
