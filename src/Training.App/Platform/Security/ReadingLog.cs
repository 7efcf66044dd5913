using Training.App.Platform.Http;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Platform.Security;

/// <summary>Writes down who read a child's file. A guardian can ask for it.</summary>
internal sealed class ReadingLog(IWriteGate gate, Caller caller, TimeProvider time)
{
    /// <summary>Notes a reading; the answer must not be given before it is durable.</summary>
    /// <param name="participantId">Whose file.</param>
    /// <param name="door">Which page or answer, a stable word.</param>
    /// <param name="parts">What is shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task NoteAsync(int participantId, string door, ShownParts parts, CancellationToken cancellationToken) =>
        NoteAsync(participantId, door, parts, null, cancellationToken);

    /// <summary>Notes a reading with its reason.</summary>
    public async Task NoteAsync(int participantId, string door, ShownParts parts, string? reason, CancellationToken cancellationToken)
    {
        var plain = Reading(participantId, door, parts);
        var reading = reason is null ? plain : plain.Because(reason);
        await gate.WriteAsync<Done>(
            caller.Scope,
            (write, _) =>
            {
                write.Rows.Insert(reading);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            cancellationToken);
    }

    /// <summary>Notes that many files were read at once, in one change.</summary>
    public async Task NoteAllAsync(IReadOnlyList<int> participantIds, string door, ShownParts parts, CancellationToken cancellationToken)
    {
        var rows = participantIds.Select(id => Reading(id, door, parts)).ToArray();
        await gate.WriteAsync<Done>(
            caller.Scope,
            async (write, token) =>
            {
                await write.Rows.InsertAllAsync(rows, token);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>The row of a reading, for a change that writes it in its own transaction.</summary>
    public FileReading Reading(int participantId, string door, ShownParts parts) =>
        new() { ParticipantId = participantId, Reader = caller.Name, Door = door, Parts = parts, At = time.GetUtcNow() };
}
