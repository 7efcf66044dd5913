using System.Text;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>
/// Who gets in where, and with whose ids: every endpoint, page and form × every kind of caller × own, neighbouring and foreign ids gives
/// exactly the committed table. A door without a line fails, and the failure is the line to add.
/// </summary>
[TestFixture]
internal sealed class ScopeMatrixTests
{
    /// <summary>Callers who never reach another side's ids, except where the table says why.</summary>
    private static readonly string[] Bounded = ["anonymous", "family", "coach", "facilitator", "assistant", "league", "coordinator", "operator", "key"];

    private MatrixWorld world = null!;
    private IReadOnlyList<MatrixCaller> callers = [];
    private List<MatrixLine> found = null!;

    [OneTimeSetUp]
    public async Task TryEveryDoor()
    {
        world = await MatrixWorld.BuildAsync();
        callers = await MatrixCallers.ComeInAsync(world);
        var known = MatrixTable.Read();
        found = [];
        foreach (var door in await Door.DiscoverAsync(world.App.Services))
        {
            var line = known.GetValueOrDefault(door.Name) ?? new MatrixLine(door.Name, door.IsPage || door.Method == HttpMethod.Get ? "" : "{}", [], "");
            var outcomes = new List<string>();
            foreach (var caller in callers) outcomes.Add(await TryAsync(caller, door, line));
            found.Add(line with { Outcomes = outcomes });
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var caller in callers) caller.Client.Dispose();
        if (world is not null) await world.DisposeAsync();
    }

    [Test]
    public void Every_door_answers_everybody_as_the_table_says()
    {
        var file = Path.Combine(TestContext.CurrentContext.TestDirectory, Path.GetFileName(MatrixTable.Path));
        var known = MatrixTable.Read();
        var gone = known.Keys.Except(found.Select(line => line.Door)).Select(door => $"- {known[door]}");
        var news = found.Where(line => !known.TryGetValue(line.Door, out var before) || before.ToString() != line.ToString())
            .SelectMany(line => known.TryGetValue(line.Door, out var before) ? new[] { $"- {before}", $"+ {line}" } : [$"+ {line}"]);
        var differences = gone.Concat(news).ToArray();
        if (differences.Length > 0) File.WriteAllText(file, Written());

        Assert.That(differences, Is.Empty, $"""
            {MatrixTable.Path} differs from what the doors do. Read each line below: is every cell meant? Then put the lines with + in
            (the whole table as it would be: {file}) and take those with - out. What is sent stands in the second column: words in braces
            are ids of the world, so that a line tries own / neighbouring / foreign ones (src/README.md, "A new door").

            {string.Join('\n', differences)}
            """);
    }

    [Test]
    public void Nobody_reaches_another_side_unless_the_table_says_why()
    {
        var reached = from line in found
                      where line.Why.Length == 0
                      from column in Enumerable.Range(0, callers.Count)
                      where Bounded.Contains(callers[column].Name) && Depends(line)
                      let sides = line.Outcomes[column].Split(" / ")
                      from foreign in IsNarrow(line, callers[column]) ? sides[^Math.Min(2, sides.Length)..] : sides[^1..]
                      // A form says a refusal in words: that the own id is let in shows that the refusal is the foreign id's.
                      where foreign is not ("401" or "403" or "404" or "405") && (foreign, sides[0]) is not ("rule", "in")
                      select $"{line.Door}: {callers[column].Name} gets \"{foreign}\" with a foreign id";

        Assert.That(reached, Is.Empty);
    }

    [Test]
    public void No_answer_breaks_or_names_a_child_of_another_side() =>
        Assert.That(found.Where(line => line.Outcomes.Any(outcome => outcome.Contains("LEAK", StringComparison.Ordinal) || outcome.Contains("BROKEN", StringComparison.Ordinal))), Is.Empty);

    /// <summary>A line whose own id is nowhere let in would prove nothing of the foreign one.</summary>
    [Test]
    public void Every_id_of_the_table_is_a_real_one()
    {
        var unreal = from line in found
                     where line.Why.Length == 0 && Depends(line) && line.Outcomes.All(outcome => outcome.Split(" / ")[0] is "401" or "403" or "404" or "405")
                     select line.ToString();

        Assert.That(unreal, Is.Empty);
    }

    private async Task<string> TryAsync(MatrixCaller caller, Door door, MatrixLine line)
    {
        var outcomes = new List<string>();
        foreach (var side in Depends(line) ? caller.Tries : caller.Tries[..1])
            outcomes.Add(await caller.TryAsync(door, line.Sent, world[side], Enum.GetValues<Side>().Except(caller.Sees).Select(other => world[other].Surname)));
        return outcomes.Distinct().Count() == 1 ? outcomes[0] : string.Join(" / ", outcomes);
    }

    /// <summary>True when also the second id must be refused. A tournament is a region's: all its clubs may look at it, of whatever league.</summary>
    private static bool IsNarrow(MatrixLine line, MatrixCaller caller) =>
        caller.Name == "assistant" || (caller.Name == "league" && !line.Door.Contains("/tournaments/{id}", StringComparison.Ordinal));

    /// <summary>True when the line names an id, so that it has sides.</summary>
    private bool Depends(MatrixLine line)
    {
        var door = new Door(line.Door, IsPage: false);
        return door.Address(world[Side.Own]) != door.Address(world[Side.Foreign]) || Knock.NamesAnId(line.Sent);
    }

    private string Written()
    {
        var lines = File.ReadLines(MatrixTable.File).TakeWhile(line => !line.StartsWith('|'));
        var text = new StringBuilder(string.Join('\n', lines));
        text.Append("\n| door | sent | ").AppendJoin(" | ", callers.Select(caller => caller.Name)).Append(" | why |\n|");
        for (var column = 0; column < callers.Count + 3; column++) text.Append("---|");
        text.Append('\n');
        foreach (var line in found) text.Append(line).Append('\n');
        return text.ToString();
    }
}
