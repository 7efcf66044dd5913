using Training.App.Platform.Commands;

namespace Training.App.Modules.Access;

[Command("api-key create", "--organisation NAME [--region CODE | --site CODE]", "Makes a key for an organisation and shows it once.")]
internal sealed class ApiKeyCommand(CreateApiKey.Handler handler) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var (region, site) = (arguments.Option("region"), arguments.Option("site"));
        if (region is not null && site is not null) throw new CommandException("Name a region or a site, not both.");
        var made = await handler.HandleAsync(new CreateApiKey.Request(arguments.Option("organisation"), region, site), cancellationToken);
        if (made.Error?.Fields is { } fields)
            throw new CommandException($"The option --{fields.Keys.First()} is {(fields.Values.First()[0].Code == "missing" ? "required" : "not valid")}.");
        await output.WriteLineAsync(made.Value.Key);
        return 0;
    }
}
