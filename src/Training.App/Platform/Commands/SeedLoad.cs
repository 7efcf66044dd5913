namespace Training.App.Platform.Commands;

/// <summary>A part of loading synthetic data; each module brings its own, found by itself and run in order.</summary>
internal interface ILoadStep
{
    /// <summary>Place among the steps: people before their sessions.</summary>
    int Order { get; }

    /// <summary>Loads what the options ask for; nothing when they do not ask for it.</summary>
    Task RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken);
}

[Command("seed load", "--participants N --sessions N --marks N --seed N", "Loads synthetic people through the import, then sessions and marks for them; prints the times.")]
internal sealed class SeedLoad(IEnumerable<ILoadStep> steps) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var step in steps.OrderBy(step => step.Order)) await step.RunAsync(arguments, output, cancellationToken);
        return 0;
    }
}
