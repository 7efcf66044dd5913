using System.Globalization;
using Sylvan.Data.Csv;
using Training.App.Platform.Commands;
using Training.App.Platform.Seeding;
using Training.Domain.Common;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry;

/// <summary>
/// Says how well the matcher does on labelled pairs: of the files of one child, how many it brings before a person; of different
/// children, how many it bothers a person with.
/// </summary>
[Command("registry measure-matcher", "[FILE]", "Precision and recall of the matcher on the labelled pairs that ship, or on FILE of the same columns.", NeedsDatabase = false)]
internal sealed class MeasureMatcher : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var matching = Path.Combine(ReferenceFiles.DefaultFolder, "..", "matching");
        string[] files = arguments.Words.Count > 0
            ? [.. arguments.Words]
            : [Path.Combine(ReferenceFiles.DefaultFolder, "dedup-pairs.csv"), Path.Combine(matching, "hard-pairs.csv"), Path.Combine(matching, "held-out-pairs.csv")];
        foreach (var file in files)
        {
            if (!File.Exists(file)) throw new CommandException($"There is no file {file}.");
            await PrintAsync(Path.GetFileName(file), Read(file, oneGuardian: false), output);
            // As it mostly is: a child registered twice has one guardian with one phone, which the lists do not give.
            await PrintAsync($"{Path.GetFileName(file)}, one guardian's phone in both files of a child", Read(file, oneGuardian: true), output);
        }
        return 0;
    }

    private static async Task PrintAsync(string name, List<(bool Same, bool Found, string What)> pairs, TextWriter output)
    {
        var found = pairs.Count(pair => pair is { Same: true, Found: true });
        var flagged = pairs.Count(pair => pair is { Same: false, Found: true });
        var (same, different) = (pairs.Count(pair => pair.Same), pairs.Count(pair => !pair.Same));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: found {found} of {same} duplicates (recall {Share(found, same)}), flagged {flagged} of {different} different children, precision {Share(found, found + flagged)}"));
        foreach (var what in pairs.GroupBy(pair => (pair.Same, pair.What)).OrderByDescending(group => group.Key.Same).ThenBy(group => group.Key.What, StringComparer.Ordinal))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {(what.Key.Same ? "same" : "different"),-9} {what.Count(pair => pair.Found),3} of {what.Count(),3} brought up  {what.Key.What}"));
        }
    }

    private static string Share(int part, int whole) => whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:F1} %");

    private static List<(bool Same, bool Found, string What)> Read(string file, bool oneGuardian)
    {
        using var reader = CsvDataReader.Create(file);
        var columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, index => index);
        string Cell(string name) => columns.TryGetValue(name, out var index) ? reader.GetString(index).Trim() : "";
        PersonFacts Facts(string side) => new()
        {
            Given = NameForms.Of(Cell($"{side}_first"), Cell($"{side}_first_ar")),
            Family = NameForms.Of(Cell($"{side}_last"), Cell($"{side}_last_ar")),
            BirthDate = DateOnly.ParseExact(Cell($"{side}_birth"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            IsFemale = Cell($"{side}_sex") == "f",
            MassarCode = Cell($"{side}_massar"),
            GuardianPhones = PhoneNumber.TryParse(Cell($"{side}_phone"), out var phone) ? [phone] : [],
        };
        var pairs = new List<(bool, bool, string)>();
        while (reader.Read())
        {
            var (a, b, same) = (Facts("a"), Facts("b"), Cell("label") == "same");
            if (oneGuardian && same && PhoneNumber.TryParse("0612345678", out var shared)) (a, b) = (a with { GuardianPhones = [shared] }, b with { GuardianPhones = [shared] });
            pairs.Add((same, DuplicateMatcher.Compare(a, b).Verdict != MatchVerdict.Different, Cell("what_it_tests")));
        }
        return pairs;
    }
}
