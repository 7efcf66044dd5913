using Training.App.Platform.Commands;

namespace Training.App.Tests.Platform.Commands;

internal sealed class CommandLineTests
{
    [Test]
    public void Runs_when_nothing_or_only_settings_are_given()
    {
        Assert.That(CommandLine.Read([], TextWriter.Null)?.IsCommand, Is.False);
        var line = CommandLine.Read(["--urls", "http://localhost:1"], TextWriter.Null);
        Assert.That(line?.IsCommand, Is.False);
        Assert.That(line?.HostArguments, Is.EqualTo(new[] { "--urls", "http://localhost:1" }));
    }

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("help")]
    public void Help_lists_every_command(string asked)
    {
        using var output = new StringWriter();

        Assert.That(CommandLine.Read([asked], output), Is.Null);

        foreach (var name in new[] { "migrate", "seed reference", "seed demo", "api-key create", "backup FILE", "restore FILE" })
            Assert.That(output.ToString(), Does.Contain($"  {name}"));
    }

    [TestCase("frobnicate")]
    [TestCase("seed")]
    [TestCase("seed everything")]
    public void Refuses_an_unknown_command_with_one_sentence(string typed)
    {
        var fault = Assert.Throws<CommandException>(() => CommandLine.Read(typed.Split(' '), TextWriter.Null));

        Assert.That(fault?.Message, Is.EqualTo($"There is no command \"{typed}\"; --help lists the commands."));
    }

    [TestCase("api-key create --organization X", "The option --organization is not known here; --help lists what is.")]
    [TestCase("api-key create --organisation", "The option --organisation needs a value.")]
    public void Refuses_an_option_it_cannot_use(string typed, string sentence) =>
        Assert.That(() => CommandLine.Read(typed.Split(' '), TextWriter.Null), Throws.TypeOf<CommandException>().With.Message.EqualTo(sentence));

    [Test]
    public void Takes_options_in_both_spellings()
    {
        var arguments = new CommandArguments(["--participants", "200", "--marks=5", "word"], ["participants", "marks"]);

        Assert.That((arguments.Count("participants", 0), arguments.Count("marks", 0), arguments.Word("WORD")), Is.EqualTo((200, 5, "word")));
        Assert.That(() => new CommandArguments(["--marks", "many"], ["marks"]).Count("marks", 0), Throws.TypeOf<CommandException>());
    }
}
