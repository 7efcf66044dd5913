using System.Text;

namespace Training.Domain.Tests;

/// <summary>Reads the reference lists of the repository, found by walking up from the test directory.</summary>
internal static class ReferenceFile
{
    public static string Folder { get; } = FindFolder();

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name));
        var header = Split(lines[0]);
        return
        [
            .. lines.Skip(1).Where(line => line.Length > 0).Select(line =>
                Split(line).Select((value, i) => (header[i], value)).ToDictionary(pair => pair.Item1, pair => pair.value)),
        ];
    }

    private static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }
        cells.Add(cell.ToString());
        return cells;
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "seed-data", "reference");
            if (System.IO.Directory.Exists(candidate)) return candidate;
        }
        throw new DirectoryNotFoundException("seed-data/reference was not found above the test directory.");
    }
}
