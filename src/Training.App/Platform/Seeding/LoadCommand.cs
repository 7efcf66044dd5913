using System.Diagnostics;
using Training.App.Platform.Commands;

namespace Training.App.Platform.Seeding;

/// <summary>How much to invent.</summary>
/// <param name="Participants">Youths, faulty rows of their list included.</param>
/// <param name="Sessions">Sessions.</param>
/// <param name="Marks">Marks over all sessions.</param>
internal sealed record LoadSize(int Participants, int Sessions, int Marks);

/// <summary>A part of the load. Found by itself, wherever in the application it stands.</summary>
internal interface ILoadPart
{
    /// <summary>Parts run in this order, each after the one it builds on: 10 participants, 20 sessions and marks, 90 figures.</summary>
    int Order { get; }

    /// <summary>Loads the part.</summary>
    /// <returns>What was loaded, for the operator; null when there was nothing to do.</returns>
    Task<string?> LoadAsync(LoadSize size, CancellationToken cancellationToken);
}

[Command("seed load", "[--participants N] [--sessions N] [--marks N]", "Loads synthetic youths, sessions and marks, for trying the system at size.")]
internal sealed class LoadCommand(IServiceProvider services) : ICommand
{
    private const int MarksPerSession = 25;

    private static readonly Type[] Parts =
    [
        .. typeof(LoadCommand).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ILoadPart))),
    ];

    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var marks = arguments.Count("marks", 0);
        var sessions = arguments.Count("sessions", (marks + MarksPerSession - 1) / MarksPerSession);
        var size = new LoadSize(arguments.Count("participants", 0), sessions, marks);
        if (size is { Participants: 0, Sessions: 0 }) throw new CommandException("Name --participants, --sessions or --marks.");

        foreach (var part in Parts.Select(type => (ILoadPart)ActivatorUtilities.CreateInstance(services, type)).OrderBy(part => part.Order))
        {
            var watch = Stopwatch.StartNew();
            if (await part.LoadAsync(size, cancellationToken) is { } told)
                await output.WriteLineAsync(FormattableString.Invariant($"{told} in {watch.Elapsed.TotalSeconds:F1} s"));
        }
        return 0;
    }
}
