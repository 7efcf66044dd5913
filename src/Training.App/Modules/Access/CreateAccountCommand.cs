using System.Security.Cryptography;
using Training.App.Platform.Commands;
using Training.Domain.Access;

namespace Training.App.Modules.Access;

/// <summary>Gives an adult an account from the shell: the way in on a new installation.</summary>
[Command("account create", "--email A --name N --role directorate|coordinator|coach|facilitator|assistant|operator [--region CODE | --league CODE | --site CODE | --group ID] [--language ar|fr|en]", "Creates an account and prints its password once.")]
internal sealed class CreateAccountCommand(CreateAccount.Handler handler) : ICommand
{
    private const int PasswordLength = 20;

    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Role>(arguments.Option("role"), ignoreCase: true, out var role) || role is Role.Machine || !Enum.IsDefined(role))
            throw new CommandException("The option --role is directorate, coordinator, coach, facilitator, assistant or operator.");
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", PasswordLength);
        var created = await handler.HandleAsync(
            new CreateAccount.Request(
                arguments.Option("email"), arguments.Option("name"), password, arguments.Option("language") ?? "ar",
                [new CreateAccount.Grant(role, arguments.Option("region"), arguments.Option("site"), arguments.Option("league"), arguments.Option("group"))]),
            cancellationToken);
        if (!created.Succeeded) throw new CommandException(Explain(created.Error));
        await output.WriteLineAsync($"Password, shown only now: {password}");
        return 0;
    }

    private static string Explain(Domain.Common.Error error) => error.Fields is { } fields
        ? "Not created: " + string.Join("; ", fields.Select(field => $"{field.Key}: {field.Value[0].Code}"))
            + ". A coordinator needs --region or --league, a coach or facilitator --site, an assistant --group, the others none."
        : $"Not created: {error.Code}.";
}
