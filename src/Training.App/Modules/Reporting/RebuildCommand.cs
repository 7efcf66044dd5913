using System.Diagnostics;
using System.Globalization;
using Training.App.Platform.Commands;

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

/// <summary>Sessions and marks of a load are written past the bus: their figures are counted once, at its end.</summary>
internal sealed class LoadFigures(RebuildFigures.Handler handler) : ILoadStep
{
    public int Order => 90;

    public async Task RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var rebuilt = await handler.HandleAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"figures         {watch.Elapsed.TotalSeconds,7:F2} s  {rebuilt.Sites} sites, {rebuilt.Sessions} sessions"));
    }
}
