using Training.App.Platform.Commands;

namespace Training.App.Platform.Security;

[Command("sealing-keys list", "", "Shows the keys that seal personal words and files, and how much each of them seals.")]
internal sealed class ListSealingKeys(SealingBook book) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var (id, made, words, files) in await book.CountAsync(cancellationToken))
            await output.WriteLineAsync($"{id ?? "open    "}  {(made is { } at ? at.ToString("yyyy-MM-dd HH:mm 'UTC'", null) : "not sealed"),-20}  {words:N0} values, {files:N0} files");
        return 0;
    }
}

[Command("sealing-keys rotate", "", "Makes a new sealing key and seals everything again under it; the old ones go on opening what they sealed. Runs beside a serving process.")]
internal sealed class RotateSealingKey(SealingBook book) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var (key, words, files) = await book.RotateAsync(cancellationToken);
        await output.WriteLineAsync($"Key {key.Id} seals from now on; {words:N0} values and {files:N0} files were sealed again. Back up: the key lies beside the others.");
        return 0;
    }
}

[Command("sealing-keys retire", "ID", "Takes an old sealing key away once nothing is sealed under it; older backups need their own copy of it.")]
internal sealed class RetireSealingKey(SealingBook book) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var id = arguments.Word("key, by its id");
        await book.RetireAsync(id, cancellationToken);
        await output.WriteLineAsync($"Key {id} is gone.");
        return 0;
    }
}
