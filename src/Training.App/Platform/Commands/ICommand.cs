namespace Training.App.Platform.Commands;

/// <summary>
/// Something the operator asks for on the command line. A class with <see cref="CommandAttribute"/> anywhere in the application
/// is found by itself and made with the application's services.
/// </summary>
internal interface ICommand
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code, 0 for success.</returns>
    /// <exception cref="CommandException">The request cannot be met; the message is the one sentence the operator needs.</exception>
    Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken);
}

/// <summary>How a command is called.</summary>
/// <param name="name">One or two words: <c>seed load</c>.</param>
/// <param name="arguments">As shown by <c>--help</c>; the options named here are the ones it takes.</param>
/// <param name="summary">One line.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CommandAttribute(string name, string arguments, string summary) : Attribute
{
    public string Name => name;

    public string Arguments => arguments;

    public string Summary => summary;

    /// <summary>True when the schema and the reference data must be there first.</summary>
    public bool NeedsDatabase { get; init; } = true;
}

/// <summary>A request that cannot be met: one clear sentence, exit code 2.</summary>
internal sealed class CommandException(string message) : Exception(message);
