using System.Globalization;
using Training.App.Platform;
using Training.App.Platform.Commands;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>
/// Withdraws a leaked key. A new one signs before it is said of the old one, so that nothing is signed by a withdrawn key; what the old one
/// signed is proof no more without the register, whatever day it bears, since whoever holds the key chooses the day.
/// </summary>
[Command("certificate-key withdraw", "NUMBER [--from DAY]", "Says that others may hold a signing key, since a day (today when none is given); another signs from now on.")]
internal sealed class WithdrawKeyCommand(StatementKeys keys, WithdrawnKeys withdrawn, TimeProvider time) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var word = arguments.Word("key by its number");
        var all = await keys.AllAsync(cancellationToken);
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || all.All(key => key.Number != number))
            throw new CommandException("There is no key with this number.");
        var from = time.Today();
        if (arguments.Option("from") is { } day
            && (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out from) || from > time.Today()))
            throw new CommandException("The option --from needs a day that is not to come, for instance 2026-11-23.");
        var signing = all[^1];
        if (signing.Number == number) signing = await keys.RotateAsync(cancellationToken) ?? throw new CommandException("There are as many keys as a statement can name.");
        if (!await withdrawn.AddAsync(number, from, cancellationToken)) throw new CommandException("This key was withdrawn before.");
        await output.WriteLineAsync($"Key {number} is withdrawn; key {signing.Number} signs, in running processes within a minute.");
        return 0;
    }
}
