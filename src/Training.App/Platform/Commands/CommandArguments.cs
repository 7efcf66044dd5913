using System.Globalization;

namespace Training.App.Platform.Commands;

/// <summary>What follows a command's name: words, and options as <c>--name value</c> or <c>--name=value</c>.</summary>
internal sealed class CommandArguments
{
    private readonly List<string> words = [];
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    /// <exception cref="CommandException">An option is unknown or has no value.</exception>
    public CommandArguments(IReadOnlyList<string> rest, IReadOnlyCollection<string> known)
    {
        for (var i = 0; i < rest.Count; i++)
        {
            if (!rest[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(rest[i]);
                continue;
            }
            var equals = rest[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? rest[i][2..] : rest[i][2..equals];
            if (!known.Contains(name)) throw new CommandException($"The option --{name} is not known here; --help lists what is.");
            if (equals >= 0) options[name] = rest[i][(equals + 1)..];
            else if (i + 1 < rest.Count && !rest[i + 1].StartsWith("--", StringComparison.Ordinal)) options[name] = rest[++i];
            else throw new CommandException($"The option --{name} needs a value.");
        }
    }

    /// <summary>Words that are not options.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>The one word the command needs.</summary>
    public string Word(string meaning) =>
        words is [var word] ? word : throw new CommandException($"Name one {meaning}.");

    /// <summary>The option's value; null when it was not given.</summary>
    public string? Option(string name) => options.GetValueOrDefault(name);

    /// <summary>A count of zero or more.</summary>
    public int Count(string name, int otherwise)
    {
        if (Option(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new CommandException($"The option --{name} needs a whole number.");
    }
}
