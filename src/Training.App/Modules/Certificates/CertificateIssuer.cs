using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Gives every enrollment that has earned a certificate exactly one: the facts are read anew each time, and the unique index on
/// enrollment and kind decides. Asking twice, late or out of order changes nothing.
/// </summary>
internal sealed class CertificateIssuer(
    CompletionFacts facts, DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, TimeProvider time)
{
    /// <summary>Most certificates in one transaction and one event.</summary>
    public const int BatchMax = 50;

    /// <summary>The changes that add certificates wait for each other under this name.</summary>
    private const string Lock = "certificates";

    /// <summary>Enrollments with an attended mark in the session.</summary>
    public Task<int> AssessSessionAsync(int sessionId, CancellationToken cancellationToken) =>
        AssessAsync(facts.InSession(sessionId), cancellationToken);

    /// <summary>Every enrollment of the children.</summary>
    public Task<int> AssessChildrenAsync(int[] participants, CancellationToken cancellationToken) =>
        AssessAsync(facts.Of(participants), cancellationToken);

    /// <summary>Whichever of these enrollments have earned one.</summary>
    /// <returns>How many certificates were added.</returns>
    public async Task<int> AssessAsync(IQueryable<Enrollment> among, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var candidates = (await facts.CandidatesAsync(among, cancellationToken)).Where(row => row.Minutes > 0).ToList();
        var withHours = candidates.Where(row => HasHours(row, directory)).ToArray();
        var modules = await facts.ModulesAsync([.. withHours.Select(row => row.EnrollmentId)], cancellationToken);
        var completed = withHours.Where(row => Completes(row, modules[row.EnrollmentId].ToHashSet(), directory)).ToArray();

        var today = time.Today();
        var took = candidates.Except(completed).Where(row => !row.HasParticipation && directory.Edition(row.EditionId).EndsOn < today);
        var added = 0;
        foreach (var batch in completed.Chunk(BatchMax)) added += await AddAsync(batch, CertificateKind.Completion, today, cancellationToken);
        foreach (var batch in took.Chunk(BatchMax)) added += await AddAsync(batch, CertificateKind.Participation, today, cancellationToken);
        return added;
    }

    private static bool HasHours(CompletionFacts.Candidate row, DirectorySnapshot directory) =>
        row.Minutes >= Completion.RequiredMinutes(directory.Edition(row.EditionId).Completion, [.. directory.Modules(row.EditionId)]);

    private static bool Completes(CompletionFacts.Candidate row, HashSet<int> modules, DirectorySnapshot directory) => Completion.Assess(
        directory.Edition(row.EditionId).Completion, [.. directory.Modules(row.EditionId)], row.Minutes, modules).Met;

    private async Task<int> AddAsync(
        CompletionFacts.Candidate[] batch, CertificateKind kind, DateOnly today, CancellationToken cancellationToken)
    {
        var ids = new int[batch.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = await keys.NextAsync<Certificate>(cancellationToken);
        var added = await gate.WriteAsync<int>(
            AccessScope.Whole,
            async (write, token) =>
            {
                await provider.SerializeAsync(write.Db, Lock, token);
                return await AddAsync(write, batch, ids, kind, today, token);
            },
            cancellationToken);
        return added.Value;
    }

    private async Task<int> AddAsync(
        WriteSession write, CompletionFacts.Candidate[] batch, int[] ids, CertificateKind kind, DateOnly today, CancellationToken cancellationToken)
    {
        var enrollments = batch.Select(row => row.EnrollmentId).ToArray();
        var children = batch.Select(row => row.ParticipantId).ToArray();
        var known = await write.Db.Set<Certificate>().Where(row => enrollments.Contains(row.EnrollmentId))
            .Select(row => new { row.EnrollmentId, row.Kind }).ToListAsync(cancellationToken);
        var people = await write.Db.Set<Participant>().AsNoTracking().Where(row => children.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);

        var earned = new List<int>(batch.Length);
        for (var i = 0; i < batch.Length; i++)
        {
            // A completion certificate makes one of participation needless.
            if (known.Exists(row => row.EnrollmentId == batch[i].EnrollmentId && (row.Kind == kind || row.Kind == CertificateKind.Completion))) continue;
            write.Rows.Insert(Earn(batch[i], people[batch[i].ParticipantId], ids[i], kind, today));
            earned.Add(ids[i]);
        }
        if (earned.Count == 0) return 0;
        if (kind == CertificateKind.Completion) await ReplaceAsync(write, batch, cancellationToken);
        write.Events.Add(new CertificatesEarned(earned));
        return earned.Count;
    }

    /// <summary>A child's certificate of participation in the edition gives way, also one from before it left and came back.</summary>
    private static async Task ReplaceAsync(WriteSession write, CompletionFacts.Candidate[] completed, CancellationToken cancellationToken)
    {
        foreach (var edition in completed.GroupBy(row => row.EditionId))
        {
            var children = edition.Select(row => row.ParticipantId).ToArray();
            await write.Db.Set<Certificate>()
                .Where(row => children.Contains(row.ParticipantId) && row.EditionId == edition.Key && row.Kind == CertificateKind.Participation
                    && (row.Status == CertificateStatus.Earned || row.Status == CertificateStatus.Issued))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, CertificateStatus.Replaced), cancellationToken);
        }
    }

    private Certificate Earn(CompletionFacts.Candidate row, Participant child, int id, CertificateKind kind, DateOnly today) => new()
    {
        Id = id,
        EnrollmentId = row.EnrollmentId,
        ParticipantId = row.ParticipantId,
        EditionId = row.EditionId,
        SiteId = row.SiteId,
        RegionId = row.RegionId,
        Kind = kind,
        Number = CertificateCodes.Number(today, id),
        VerificationCode = CertificateCodes.NewVerificationCode(),
        GivenName = child.GivenName,
        FamilyName = child.FamilyName,
        GivenNameAr = child.GivenNameAr,
        FamilyNameAr = child.FamilyNameAr,
        BirthDate = child.BirthDate,
        Sex = child.Sex,
        Minutes = row.Minutes,
        IssuedOn = today,
        EarnedAt = time.GetUtcNow(),
    };
}
