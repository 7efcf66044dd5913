using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Training.App.Tests.Platform;

/// <summary>
/// Reads what the hosts of these tests log, at the levels of the product, for the made-up names and phones that the tests register: a
/// line that quotes one would quote a child.
/// </summary>
internal sealed partial class LogScan : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> quoting = new();
    private int lines;

    /// <summary>Lines that were read.</summary>
    public int Lines => lines;

    /// <summary>Those that quote somebody.</summary>
    public IReadOnlyCollection<string> Quoting => quoting;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Read($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Read($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }

    private void Read(string line)
    {
        Interlocked.Increment(ref lines);
        if (Somebody().IsMatch(line)) quoting.Enqueue(line);
    }

    [GeneratedRegex(
        @"\b(Yasmine|Alaoui|Bennani|Chraibi|Fassi|Guessous|Jabri|Kettani|Lahlou|Mernissi|Naciri|Ouazzani|Soufiane|Zakaria|Samira|Tazi)\b|ياسمين|العلوي|سميرة|(\+212|\b0)[67][0-9]{8}\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Somebody();
}
