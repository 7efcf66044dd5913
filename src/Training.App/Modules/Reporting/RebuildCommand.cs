using System.Diagnostics;
using Training.App.Platform.Commands;
using Training.App.Platform.Seeding;

namespace Training.App.Modules.Reporting;

[Command("report rebuild", "", "Counts every figure anew from enrollments, sessions and marks; may run beside a serving process.")]
internal sealed class RebuildCommand(RebuildFigures.Handler handler) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var rebuilt = await handler.HandleAsync(cancellationToken);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"Figures of {rebuilt.Sites:N0} sites from {rebuilt.Sessions:N0} sessions in {watch.Elapsed.TotalSeconds:F1} s"));
        return 0;
    }
}

/// <summary>A load is written past the bus: its figures are counted once, at its end.</summary>
internal sealed class LoadFigures(RebuildFigures.Handler handler) : ILoadPart
{
    public int Order => 90;

    public async Task<string?> LoadAsync(LoadSize size, CancellationToken cancellationToken)
    {
        var rebuilt = await handler.HandleAsync(cancellationToken);
        return FormattableString.Invariant($"Figures of {rebuilt.Sites:N0} sites from {rebuilt.Sessions:N0} sessions");
    }
}
