using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Modules.Rights.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.Data.Enrollments;
using Training.Data.Providers;
using Training.Data.Rights;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>
/// Erases a child everywhere: first the uploaded lists that name it, which are found by its names, then its file in one change, then the
/// documents that nobody needs any more. Broken off half-way, it is said again and goes on: what is gone already is no fault.
/// </summary>
internal sealed class FileEraser(
    IListsOfChild lists, IWriteGate gate, IDatabaseProvider provider, KeyAllocator keys, DirectoryCatalog catalog, IFileStore files, ReadDb db, Caller caller, TimeProvider time)
{
    /// <summary>The request that is granted by it; null when a retention rule asks.</summary>
    /// <param name="RequestId">Key of the request.</param>
    /// <param name="Answer">What the family is told; null for nothing.</param>
    internal sealed record Grant(int RequestId, string? Answer);

    internal sealed record Outcome(int Lists, int Documents, int Certificates);

    /// <summary>Erases, or refuses and leaves the file as it was.</summary>
    /// <param name="participant">Key of the file.</param>
    /// <param name="scope">Every enrollment of the child must lie in it.</param>
    /// <param name="grant">The request that is granted; null for a rule.</param>
    /// <param name="cancellationToken">Gives up before the change.</param>
    public async Task<Result<Outcome>> EraseAsync(int participant, AccessScope scope, Grant? grant, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(participant, scope, cancellationToken) is { } refusal) return refusal;
        // A rule comes long after the lists have gone by theirs; to search them for each of many children would take days.
        var forgotten = grant is null ? 0 : await lists.ForgetAsync(participant, cancellationToken);
        if (!forgotten.Succeeded) return forgotten.Error;
        var order = new EraseOrder(
            participant, await keys.NextAsync<Participant>(cancellationToken), BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))),
            await ReferenceAsync(participant, cancellationToken), caller.Name, time.GetUtcNow());
        var erased = await gate.WriteAsync(scope, (session, token) => EraseAsync(session, scope, order, grant, token), cancellationToken);
        if (!erased.Succeeded) return erased.Error;
        var gone = await FilesToRemoveAsync(erased.Value.Files, cancellationToken);
        foreach (var file in gone) files.Delete(file);
        return new Outcome(forgotten.Value, gone.Count, erased.Value.Certificates);
    }

    /// <summary>Asked before anything is removed, and once more in the change itself.</summary>
    private async Task<Error?> RefusalAsync(int participant, AccessScope scope, CancellationToken cancellationToken)
    {
        if (!await db.Set<Participant>().AnyAsync(row => row.Id == participant, cancellationToken)) return Error.NotFound("participantNotFound");
        var places = await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == participant)
            .Select(row => new { row.SiteId, row.RegionId }).ToListAsync(cancellationToken);
        return places.TrueForAll(row => scope.Covers(row.SiteId, row.RegionId)) ? null : Error.Rule("eraseAcrossRegions");
    }

    private async Task<DateOnly> ReferenceAsync(int participant, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var edition = await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == participant)
            .OrderByDescending(row => row.Id).Select(row => (int?)row.EditionId).FirstOrDefaultAsync(cancellationToken);
        return edition is { } id ? directory.Edition(id).AgeReferenceDate : new DateOnly(time.Today().Year, 1, 1);
    }

    private async Task<Result<Erased>> EraseAsync(WriteSession session, AccessScope scope, EraseOrder order, Grant? grant, CancellationToken cancellationToken)
    {
        await provider.SerializeAsync(session.Db, RegistrationStore.AllChildren, cancellationToken);
        if (grant is not null)
        {
            var row = await session.Db.Set<RightsRequest>().AsTracking().SingleAsync(row => row.Id == grant.RequestId, cancellationToken);
            if (!row.Decide(RightsStatus.Done, order.By, order.Now, null)) return Error.Conflict("alreadyAnswered");
            await session.Db.SaveChangesAsync(cancellationToken);
        }
        var erased = await new EraseFile(session, scope).EraseAsync(order, cancellationToken);
        if (!erased.Succeeded) return erased;
        // The answer is written after the words of the file have gone: it is what the register keeps.
        if (grant is { Answer: { } answer })
            await session.Db.Set<RightsRequest>().Where(row => row.Id == grant.RequestId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Answer, answer), cancellationToken);
        foreach (var row in erased.Value.Enrollments) session.Events.Add(new EnrollmentChanged(row.Id, row.EditionId, row.SiteId, row.SiteId, row.Version));
        session.Events.Add(new FileErased(order.ParticipantId));
        return erased;
    }

    /// <summary>The same bytes may be another certificate's.</summary>
    private async Task<List<string>> FilesToRemoveAsync(IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        var needed = await db.Set<Domain.Certificates.Certificate>().IgnoreQueryFilters().Where(row => hashes.Contains(row.FileHash!) && row.ErasedAt == null).Select(row => row.FileHash!).ToListAsync(cancellationToken);
        return [.. hashes.Except(needed)];
    }
}
