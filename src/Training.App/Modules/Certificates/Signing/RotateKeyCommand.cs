using Training.App.Platform.Commands;

namespace Training.App.Modules.Certificates.Signing;

[Command("certificate-key rotate", "", "Makes a new key for the signed statements of certificates; what was signed before stays verifiable.")]
internal sealed class RotateKeyCommand(StatementKeys keys) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var made = await keys.RotateAsync(cancellationToken)
            ?? throw new CommandException("There are as many keys as a statement can name.");
        await output.WriteLineAsync($"Key {made.Number} signs from now on; running processes take it within a minute.");
        return 0;
    }
}
