using System.Collections.Concurrent;
using MassTransit;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;

namespace Training.App.Tests.Platform.Messaging;

/// <summary>A thing happened.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Subject">What it is about.</param>
public sealed record SampleHappened(int Number, string Subject = "one");

/// <summary>What consumers did, and how they are told to behave.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<(string Consumer, int Number, string Caller)> entries = new();

    /// <summary>Runs inside the consumer before it finishes.</summary>
    public Func<string, int, CancellationToken, Task> Behaviour { get; set; } = (_, _, _) => Task.CompletedTask;

    public IReadOnlyList<int> Of(string consumer) => [.. entries.Where(entry => entry.Consumer == consumer).Select(entry => entry.Number)];

    /// <summary>Numbers whose consumer has finished.</summary>
    public ConcurrentQueue<int> Finished { get; } = new();

    public IReadOnlyList<string> Callers => [.. entries.Select(entry => entry.Caller).Distinct()];

    public async Task NoteAsync(string consumer, int number, Caller caller, CancellationToken cancellationToken)
    {
        entries.Enqueue((consumer, number, caller.Name));
        await Behaviour(consumer, number, cancellationToken);
        Finished.Enqueue(number);
    }
}

internal sealed class FirstConsumer(Journal journal, Caller caller) : IConsumer<SampleHappened>
{
    public const string Name = "FirstConsumer.SampleHappened";

    public Task Consume(ConsumeContext<SampleHappened> context) =>
        journal.NoteAsync("first", context.Message.Number, caller, context.CancellationToken);
}

internal sealed class SecondConsumer(Journal journal, Caller caller) : IConsumer<SampleHappened>
{
    public const string Name = "SecondConsumer.SampleHappened";

    public Task Consume(ConsumeContext<SampleHappened> context) =>
        journal.NoteAsync("second", context.Message.Number, caller, context.CancellationToken);
}

/// <summary>A subject is to be computed again.</summary>
public sealed record SubjectTouched(int Number, string Subject);

internal sealed class RecomputingConsumer(Journal journal, Caller caller) : IConsumer<SubjectTouched>, ICoalesce<SubjectTouched>
{
    public Task Consume(ConsumeContext<SubjectTouched> context) =>
        journal.NoteAsync("recomputing", context.Message.Number, caller, context.CancellationToken);

    public string KeyOf(SubjectTouched message) => message.Subject;
}

/// <summary>Something that may be done side by side.</summary>
public sealed record PieceReady(int Number);

[Unordered(4)]
internal sealed class ParallelConsumer(Journal journal, Caller caller) : IConsumer<PieceReady>
{
    public Task Consume(ConsumeContext<PieceReady> context) =>
        journal.NoteAsync("parallel", context.Message.Number, caller, context.CancellationToken);
}
