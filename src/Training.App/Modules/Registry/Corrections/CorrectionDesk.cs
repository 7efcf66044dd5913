using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.Messages;
using Training.App.Modules.Registry.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Security;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Registry.Corrections;

/// <summary>What correcting and deciding about a correction have in common: who may, how it is written, and whom it is told.</summary>
internal sealed class CorrectionDesk(
    ReadDb db, DirectoryCatalog catalog, IDatabaseProvider provider, ReadingLog readings, IRecentProof proof, FileDeciders deciders, Caller caller, TimeProvider time)
{
    /// <param name="Id">Id of the correction.</param>
    /// <param name="Status">Written, or waiting for somebody who answers for the region.</param>
    /// <param name="Version">Version of the file afterwards.</param>
    /// <param name="FamilyClosed">True when the family's printed code was renewed: it needs a new print.</param>
    /// <param name="Alike">How many other files are now to be compared with this one.</param>
    internal sealed record Outcome(int Id, CorrectionStatus Status, int Version, bool FamilyClosed, int Alike);

    /// <summary>True for who gives the second look.</summary>
    public Task<bool> MayDecideAsync(WriteSession write, int child, CancellationToken cancellationToken) =>
        deciders.IncludeCallerAsync(write.Db.Set<Enrollment>(), child, cancellationToken);

    /// <summary>The refusal of somebody who must prove first who they are; null when it is known.</summary>
    public Error? Unproven => proof.IsFresh ? null : Error.Of(ErrorKind.Forbidden, "proveAgain");

    /// <summary>Lets changes of one file, and a merge of it, wait for each other. Registrations that compare themselves with it wait where it is written.</summary>
    public async Task<FileState?> HoldAsync(WriteSession write, int key, CancellationToken cancellationToken)
    {
        await provider.SerializeAsync(write.Db, CorrectFile.LockOf(key), cancellationToken);
        return await new CorrectFile(write, provider).LoadAsync(key, cancellationToken);
    }

    /// <summary>Writes a correction into the file, tells the families' logs, and answers the family's request.</summary>
    public async Task<Result<Outcome>> ApplyAsync(
        WriteSession write, FileState state, FileCorrection row, CorrectionOrder order, CancellationToken cancellationToken)
    {
        var facts = row.Facts();
        foreach (var date in facts.Where(fact => fact.Field == CorrectionFields.BirthDate).SelectMany(fact => new[] { fact.Before!, fact.After! }).Order())
            await provider.SerializeAsync(write.Db, RegistrationOrder.LockOf(DateOnly.ParseExact(date, "O", CultureInfo.InvariantCulture)), cancellationToken);
        var file = new CorrectFile(write, provider);
        if (await file.ConflictAsync(state.Child.Id, facts, cancellationToken) is { } conflict) return conflict;
        var done = await file.ApplyAsync(state, facts, order, cancellationToken);
        write.Rows.Insert(readings.Reading(state.Child.Id, "file-corrected", PartsOf(facts)).Because(row.Reason));
        // A guardian of several children reads it in the log of each. The reason was said of this child and may name it: it stays in its own log.
        foreach (var other in done.Tied) write.Rows.Insert(readings.Reading(other, "guardian-corrected", ShownParts.Guardians));
        if (row.RequestId is { } key)
        {
            var asked = await write.Db.Set<RightsRequest>().AsTracking().SingleOrDefaultAsync(request => request.Id == key, cancellationToken);
            if (asked?.Decide(RightsStatus.Done, caller.Name, order.Now, row.Answer) == false) return Error.Conflict("alreadyAnswered");
            await write.Db.SaveChangesAsync(cancellationToken);
        }
        var corrected = new FileCorrected(row.Id, state.Child.Id, state.Child.Version);
        // Figures are by sex and age; of the rest the trail alone hears.
        if (facts.Any(fact => fact.Field is CorrectionFields.BirthDate or CorrectionFields.Sex)) write.Events.Add(corrected);
        else write.Events.Mention(corrected);
        return new Outcome(row.Id, CorrectionStatus.Applied, state.Child.Version, done.Closed.Count > 0, done.Alike);
    }

    /// <summary>True when a guardian's name or language would change also for a child outside the caller's scope.</summary>
    public async Task<bool> ReachesBeyondAsync(WriteSession write, FileState state, IReadOnlyList<CorrectedFact> facts, CancellationToken cancellationToken)
    {
        if (caller.Scope.Nation) return false;
        var others = await GuardianTies.OthersAsync(write.Db, state.SharedBy(facts), state.Child.Id, cancellationToken);
        return others.Count > 0 && await write.Db.Set<Participant>().CountAsync(row => others.Contains(row.Id), cancellationToken) < others.Count;
    }

    /// <summary>The outcome with what the file is at odds with now; a repeat by somebody whom the child has left finds nobody.</summary>
    public async Task<Result<CorrectParticipant.Response>> AnswerAsync(Outcome outcome, int key, CancellationToken cancellationToken)
    {
        var child = await db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
        if (child is null) return Error.NotFound("participantNotFound");
        var effects = await CorrectionEffects.OfAsync(db, child, await catalog.SnapshotAsync(cancellationToken), time.Today(), cancellationToken);
        return new CorrectParticipant.Response(OpaqueId.Correction(outcome.Id), outcome.Status, outcome.Version, outcome.FamilyClosed, outcome.Alike, effects);
    }

    /// <summary>The parts of the file that a correction touches.</summary>
    public static ShownParts PartsOf(IReadOnlyList<CorrectedFact> facts)
    {
        var parts = ShownParts.None;
        foreach (var fact in facts)
        {
            parts |= fact.Guardian is not null ? ShownParts.Guardians
                : fact.Field is CorrectionFields.BirthDate or CorrectionFields.Sex ? ShownParts.Identity : ShownParts.OfficialCodes;
        }
        return parts;
    }
}
