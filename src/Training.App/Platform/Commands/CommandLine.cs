using System.Reflection;
using System.Text.RegularExpressions;
using Training.App.Platform.Seeding;

namespace Training.App.Platform.Commands;

/// <summary>What the command line asks for: a command, help, or simply to run.</summary>
internal sealed partial class CommandLine
{
    private static readonly (Type Type, CommandAttribute About)[] Table =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICommand)))
            .Select(type => (type, type.GetCustomAttribute<CommandAttribute>()!)).OrderBy(entry => entry.Item2.Name, StringComparer.Ordinal),
    ];

    private readonly (Type Type, CommandAttribute About) command;
    private readonly CommandArguments? arguments;

    private CommandLine((Type Type, CommandAttribute About) command, CommandArguments arguments)
    {
        this.command = command;
        this.arguments = arguments;
        HostArguments = [];
    }

    private CommandLine(string[] hostArguments) => HostArguments = hostArguments;

    /// <summary>Settings for the host; none when a command runs.</summary>
    public string[] HostArguments { get; }

    /// <summary>True when a command was named.</summary>
    public bool IsCommand => arguments is not null;

    /// <summary>Reads the command line. A line that starts with an option holds settings, as <c>--urls</c> does.</summary>
    /// <returns>Null when help was asked for, and has been given.</returns>
    /// <exception cref="CommandException">No such command or option.</exception>
    public static CommandLine? Read(string[] args, TextWriter output)
    {
        if (args.Length == 0) return new CommandLine([]);
        if (args[0] is "--help" or "-h" or "-?" or "help")
        {
            WriteHelp(output);
            return null;
        }
        if (args[0].StartsWith('-')) return new CommandLine(args);

        for (var length = Math.Min(2, args.Length); length > 0; length--)
        {
            var name = string.Join(' ', args[..length]);
            if (Array.Find(Table, entry => entry.About.Name == name) is not { About: not null } found) continue;
            var known = Option().Matches(found.About.Arguments).Select(match => match.Groups[1].Value).ToHashSet();
            return new CommandLine(found, new CommandArguments(args[length..], known));
        }
        throw new CommandException($"There is no command \"{string.Join(' ', args.TakeWhile(word => !word.StartsWith('-')).Take(2))}\"; --help lists the commands.");
    }

    /// <summary>Runs the command with the application's services.</summary>
    public async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        if (command.About.NeedsDatabase) await services.PrepareAsync(cancellationToken);
        await using var scope = services.CreateAsyncScope();
        return await ((ICommand)ActivatorUtilities.CreateInstance(scope.ServiceProvider, command.Type)).RunAsync(arguments!, output, cancellationToken);
    }

    private static void WriteHelp(TextWriter output)
    {
        output.WriteLine("Without a command: migrate, load reference data, and run.");
        output.WriteLine();
        foreach (var (_, about) in Table)
        {
            output.WriteLine($"  {about.Name} {about.Arguments}".TrimEnd());
            output.WriteLine($"      {about.Summary}");
        }
        output.WriteLine();
        output.WriteLine("Settings come from environment variables such as Storage__Root or Database__Provider.");
    }

    [GeneratedRegex("--([a-z-]+)")]
    private static partial Regex Option();
}
