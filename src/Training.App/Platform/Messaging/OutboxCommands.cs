using System.Globalization;
using Training.App.Platform.Commands;

namespace Training.App.Platform.Messaging;

[Command("outbox dead", "[--take N]", "Lists deliveries that were given up.")]
internal sealed class OutboxDead(DeadLetters letters) : ICommand
{
    private const int Take = 50;

    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var letter in await letters.ListAsync(arguments.Count("take", Take), cancellationToken))
        {
            var consumer = letter.Consumer.Length == 0 ? "broker" : letter.Consumer;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{letter.Id}\t{letter.FailedAt:u}\t{consumer}\t{letter.Message}\t{letter.Attempts} tries\t{letter.Reason}"));
        }
        var count = await letters.CountAsync(cancellationToken);
        await output.WriteLineAsync(count == 0 ? "No delivery was given up." : $"{count} in all; \"outbox replay ID\" or \"outbox replay all\" tries again.");
        return 0;
    }
}

[Command("outbox replay", "ID|all", "Tries deliveries again that were given up.")]
internal sealed class OutboxReplay(DeadLetters letters) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        const string what = "ID as listed by \"outbox dead\", or \"all\"";
        var word = arguments.Word(what);
        long? id = null;
        if (word != "all")
        {
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new CommandException($"Name one {what}.");
            id = number;
        }
        var count = await letters.ReplayAsync(id, cancellationToken);
        if (count == 0) throw new CommandException("There is no such delivery.");
        await output.WriteLineAsync($"{count} will be tried again by the worker.");
        return 0;
    }
}
