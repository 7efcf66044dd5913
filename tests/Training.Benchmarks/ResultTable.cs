namespace Training.Benchmarks;

/// <summary>One line a claim: what was measured, its floor, the ratio, and the bar.</summary>
internal sealed class ResultTable
{
    private readonly List<string[]> rows = [["what", "measured", "floor", "ratio", "bar"]];

    public void Add(string what, string measured, string floor, string ratio, string bar)
    {
        rows.Add([what, measured, floor, ratio, bar]);
        Console.WriteLine($"{what}: {measured} | floor {floor} | ratio {ratio} | bar {bar}");
    }

    public void Print()
    {
        Console.WriteLine();
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
            Console.WriteLine("| " + string.Join(" | ", row.Select((cell, i) => cell.PadRight(widths[i]))) + " |");
    }
}
