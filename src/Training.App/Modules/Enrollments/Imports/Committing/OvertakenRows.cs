using Training.App.Modules.Enrollments.Imports.Matching;
using Training.Data;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Directory;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>Leaves out rows that the time since the preview has overtaken: children who were registered, enrolled or merged meanwhile.</summary>
internal sealed class OvertakenRows(Edition edition, Latecomers latecomers)
{
    /// <summary>The rows that are still to be registered.</summary>
    /// <param name="session">The change, which sees the whole country.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="isFirst">True for the first chunk of a transaction: in the course of it nobody comes.</param>
    /// <param name="fallen">Takes the others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ReadyRow>> LeaveOutAsync(WriteSession session, Chunk chunk, bool isFirst, List<FallenRow> fallen, CancellationToken cancellationToken)
    {
        var before = fallen.Count;
        await LeaveOutKnownAsync(session.Db, chunk, fallen, cancellationToken);
        if (isFirst) await latecomers.MeetAsync(session, chunk.OwnKeys, chunk.Now, cancellationToken);
        else latecomers.Pass(chunk.Now);
        await LeaveOutNewAsync(session, chunk, fallen, cancellationToken);
        if (fallen.Count == before && !chunk.Rows.Exists(row => row.HasNewsOnly)) return chunk.Rows;
        var drop = fallen.Skip(before).Select(row => row.Verdict.Row).ToHashSet();
        return chunk.Rows.FindAll(row => !row.HasNewsOnly && !drop.Contains(row.Row));
    }

    private async Task LeaveOutKnownAsync(TrainingDbContext db, Chunk chunk, List<FallenRow> fallen, CancellationToken cancellationToken)
    {
        var known = chunk.Rows.FindAll(row => row is { IsKnown: true, HasNewsOnly: false });
        if (known.Count == 0) return;
        var keys = known.Select(row => row.ParticipantId).ToHashSet();
        var enrolled = await KnownPeople.EnrolledAtAsync(db, edition.Id, keys, cancellationToken);
        var merged = await ParticipantAliases.MergedAmongAsync(db, keys, cancellationToken);
        foreach (var row in known)
        {
            // Merged since the preview: a person says whether the row is the child of the file that goes on.
            if (merged.TryGetValue(row.ParticipantId, out var survivor)) fallen.Add(InQuestion(row, survivor));
            // The first of two rows that were said to be one child enrolls it.
            else if (!enrolled.TryAdd(row.ParticipantId, row.Site.Id)) fallen.Add(Enrolled(row, row.ParticipantId, enrolled[row.ParticipantId]));
        }
    }

    private async Task LeaveOutNewAsync(WriteSession session, Chunk chunk, List<FallenRow> fallen, CancellationToken cancellationToken)
    {
        var undecided = chunk.Rows.FindAll(row => row is { IsKnown: false, DecidedBy: null });
        if (undecided.Count == 0) return;
        var alike = new List<(ReadyRow Row, Likeness Likeness, int ParticipantId)>();
        foreach (var row in undecided)
        {
            var (likeness, child) = latecomers.FindLate(row.Row, row.Registration);
            if (row.Early.Likeness >= likeness) (likeness, child) = row.Early;
            if (likeness != Likeness.Different) alike.Add((row, likeness, child));
        }
        if (alike.Count == 0) return;
        var enrolled = await KnownPeople.EnrolledAtAsync(session.Db, edition.Id, alike.Select(entry => entry.ParticipantId).ToHashSet(), cancellationToken);
        foreach (var (row, likeness, child) in alike)
            fallen.Add(likeness == Likeness.Same && enrolled.TryGetValue(child, out var site) ? Enrolled(row, child, site) : InQuestion(row, child));
    }

    private static FallenRow InQuestion(ReadyRow row, int child) =>
        new(new Verdict(row.Row, RowState.PossibleDuplicate, child), [new RowFault(null, "possibleDuplicate")], row.IsKnown);

    private static FallenRow Enrolled(ReadyRow row, int child, int site) => site == row.Site.Id
        ? new(new Verdict(row.Row, RowState.AlreadyEnrolled, child), [], row.IsKnown)
        : new(new Verdict(row.Row, RowState.EnrolledElsewhere, child), [new RowFault(null, "enrolledElsewhere")], row.IsKnown);
}
