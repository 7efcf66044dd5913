using System.Text.Json.Nodes;

namespace Training.App.Tests.Modules.Registry.Duplicates;

/// <summary>An application of its own for each test of merging, and a machine that sees the nation.</summary>
internal abstract class MergeDoor
{
    protected TrainingApplication App { get; private set; } = null!;

    protected HttpClient Nation { get; private set; } = null!;

    [SetUp]
    public void Start()
    {
        App = new TrainingApplication();
        Nation = App.Nation();
    }

    [TearDown]
    public async Task Stop()
    {
        Nation.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>The second child enrolled elsewhere too.</summary>
    protected static JsonObject Also(Youngster child, string site, string edition)
    {
        var body = Files.YasmineAgain(site, edition);
        body["duplicateDecision"] = new JsonObject { ["sameAs"] = child.Participant };
        return body;
    }
}
