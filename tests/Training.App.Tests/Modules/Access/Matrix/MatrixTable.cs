namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>A line of the table.</summary>
/// <param name="Door">The door's name.</param>
/// <param name="Sent">What is sent to it.</param>
/// <param name="Outcomes">One a caller; three words when the sides differ.</param>
/// <param name="Why">Why somebody gets in who elsewhere would not; empty when nobody does.</param>
internal sealed record MatrixLine(string Door, string Sent, IReadOnlyList<string> Outcomes, string Why)
{
    public override string ToString() => $"| {string.Join(" | ", [Door, Sent, .. Outcomes, Why])} |".Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal);

    public static MatrixLine Parse(string line)
    {
        var cells = line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
        return new MatrixLine(cells[0], cells[1], cells[2..^1], cells[^1]);
    }
}

/// <summary>The committed table beside the tests.</summary>
internal static class MatrixTable
{
    /// <summary>From the top of the repository.</summary>
    public const string Path = "tests/Training.App.Tests/access-matrix.md";

    public static string File { get; } = FindFile();

    public static IReadOnlyDictionary<string, MatrixLine> Read() => System.IO.File.ReadLines(File)
        .Where(line => line.Length > 2 && line[0] == '|' && char.IsAsciiLetterUpper(line[2]))
        .Select(MatrixLine.Parse).ToDictionary(line => line.Door);

    private static string FindFile()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Training.sln"))) folder = folder.Parent;
        return System.IO.Path.Combine(folder!.FullName, Path);
    }
}
