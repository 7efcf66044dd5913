using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Rights;

/// <summary>An order to erase a child's file.</summary>
/// <param name="ParticipantId">Key of the file that is the child's now.</param>
/// <param name="StandInId">A free key, taken when the first child of its sex and year is erased.</param>
/// <param name="ClaimHash">A random value for that case.</param>
/// <param name="Reference">Day at which the latest edition counts ages.</param>
/// <param name="By">Who erases.</param>
/// <param name="Now">The time.</param>
public sealed record EraseOrder(int ParticipantId, int StandInId, long ClaimHash, DateOnly Reference, string By, DateTimeOffset Now);

/// <summary>What was erased.</summary>
/// <param name="Files">Stored documents that nobody needs any more, by their hash: to be removed after the commit.</param>
/// <param name="Enrollments">Enrollments that stay for the figures.</param>
/// <param name="Certificates">Certificates that can still be verified.</param>
public sealed record Erased(IReadOnlyList<string> Files, IReadOnlyList<Enrollment> Enrollments, int Certificates);

/// <summary>
/// Erases a child's file in one change: the person goes, with every file that was merged into it, guardians who have no other child,
/// consents, readings' reasons, words that were written about it. What was counted stays, on a stand-in without a name; a certificate stays
/// as initials and year, so that whoever holds one can have it verified.
/// </summary>
/// <param name="session">The change.</param>
/// <param name="scope">The caller's scope: every enrollment of the child must lie in it.</param>
public sealed class EraseFile(WriteSession session, AccessScope scope)
{
    /// <summary>
    /// What names a child and stays: on the stand-in, or as who read and what was asked, or without the name. Every other table that names
    /// a participant is emptied of the child, also one that is added later.
    /// </summary>
    public static IReadOnlyList<Type> Kept { get; } =
        [typeof(Enrollment), typeof(Certificate), typeof(FileReading), typeof(ImportDecision), typeof(RightsRequest), typeof(NamelessFile)];

    /// <summary>What hangs on an enrollment, which stays: <see cref="EraseWords"/> says of each what goes. A test finds every other.</summary>
    public static IReadOnlyList<Type> OfEnrollments { get; } =
    [
        typeof(Certificate), typeof(EnrollmentChange), typeof(Transfer), typeof(AttendanceMark), typeof(MarkedGroup), typeof(HeldMark), typeof(MarkChange), typeof(SquadPlayer),
        typeof(MedicalCertificate),
    ];

    private TrainingDbContext Db => session.Db;

    /// <summary>Erases, or refuses and leaves everything.</summary>
    public async Task<Result<Erased>> EraseAsync(EraseOrder order, CancellationToken cancellationToken)
    {
        var child = await All<Participant>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == order.ParticipantId && row.MergedIntoId == null, cancellationToken);
        if (child is null || await Db.Set<NamelessFile>().AnyAsync(row => row.ParticipantId == order.ParticipantId, cancellationToken))
            return Error.NotFound("participantNotFound");
        var enrollments = await All<Enrollment>().AsTracking().Where(row => row.ParticipantId == order.ParticipantId).ToListAsync(cancellationToken);
        if (!enrollments.TrueForAll(row => scope.Covers(row.SiteId, row.RegionId))) return Error.Rule("eraseAcrossRegions");
        var files = await All<Participant>().AsNoTracking().Where(row => row.Id == child.Id || row.MergedIntoId == child.Id).ToListAsync(cancellationToken);
        int[] keys = [.. files.Select(row => row.Id)];
        int[] places = [.. enrollments.Select(row => row.Id)];

        var guardians = await GuardiansAsync(keys, cancellationToken);
        await new EraseWords(Db).OfAsync(files, guardians, enrollments, cancellationToken);
        await EndAsync(enrollments, order, cancellationToken);
        var documents = await CertificatesAsync(keys, order, cancellationToken);
        var standIn = await StandInAsync(child, order, cancellationToken);
        await All<Enrollment>().Where(row => places.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, standIn), cancellationToken);
        await All<Certificate>().Where(row => keys.Contains(row.ParticipantId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, standIn), cancellationToken);
        await RemoveTiesAsync(keys, cancellationToken);
        await All<Participant>().Where(row => keys.Contains(row.Id) && row.MergedIntoId != null).ExecuteDeleteAsync(cancellationToken);
        await All<Participant>().Where(row => row.Id == child.Id).ExecuteDeleteAsync(cancellationToken);
        return new Erased(documents, enrollments, await All<Certificate>().CountAsync(row => places.Contains(row.EnrollmentId), cancellationToken));
    }

    private IQueryable<TEntity> All<TEntity>()
        where TEntity : class => Db.Set<TEntity>().IgnoreQueryFilters();

    /// <summary>Guardians of this child alone; who has another child stays for that one.</summary>
    private async Task<List<Guardian>> GuardiansAsync(int[] keys, CancellationToken cancellationToken) =>
        await All<Guardian>().AsNoTracking()
            .Where(row => (All<Guardianship>().Any(tie => tie.GuardianId == row.Id && keys.Contains(tie.ParticipantId))
                    || All<Consent>().Any(consent => consent.GuardianId == row.Id && keys.Contains(consent.ParticipantId)))
                && !All<Guardianship>().Any(tie => tie.GuardianId == row.Id && !keys.Contains(tie.ParticipantId)))
            .ToListAsync(cancellationToken);

    /// <summary>A child that still takes part leaves first: its place is free.</summary>
    private async Task EndAsync(List<Enrollment> enrollments, EraseOrder order, CancellationToken cancellationToken)
    {
        foreach (var row in enrollments.Where(row => row.IsLive))
        {
            var (held, before) = (row.HoldsPlace, row.Status);
            row.Withdraw(Enrollment.Erased, order.Now);
            session.Rows.Insert(new EnrollmentChange
            {
                EnrollmentId = row.Id, Version = row.Version, Act = EnrollmentAct.Withdrawn, By = order.By, At = order.Now, Reason = Enrollment.Erased,
                FromSiteId = row.SiteId, FromGroupId = row.GroupId, FromStatus = before,
                ToSiteId = row.SiteId, ToGroupId = row.GroupId, ToStatus = EnrollmentStatus.Withdrawn,
            });
            if (held) await All<Group>().Where(group => group.Id == row.GroupId).ExecuteUpdateAsync(set => set.SetProperty(group => group.Taken, group => group.Taken - 1), cancellationToken);
        }
        await Db.SaveChangesAsync(cancellationToken);
        int[] places = [.. enrollments.Select(row => row.Id)];
        await All<Transfer>().Where(row => places.Contains(row.EnrollmentId) && row.Slot == 0).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, TransferStatus.Cancelled).SetProperty(row => row.Slot, row => row.Id)
                .SetProperty(row => row.DecidedBy, order.By).SetProperty(row => row.DecidedAt, order.Now).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
    }

    /// <summary>The minimal record: number, code, kind, dates, initials, year, and the hash by which a paper in somebody's hands is known again. One that nobody has received yet goes altogether.</summary>
    private async Task<List<string>> CertificatesAsync(int[] keys, EraseOrder order, CancellationToken cancellationToken)
    {
        var unmade = All<Certificate>().Where(row => keys.Contains(row.ParticipantId) && row.Status == CertificateStatus.Earned && row.Revision == 1);
        await All<RevocationCase>().Where(row => unmade.Any(certificate => certificate.Id == row.CertificateId)).ExecuteDeleteAsync(cancellationToken);
        await unmade.ExecuteDeleteAsync(cancellationToken);
        var rows = await All<Certificate>().AsNoTracking().Where(row => keys.Contains(row.ParticipantId)).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            var (given, family) = (Initial(row.GivenName), Initial(row.FamilyName));
            var (givenAr, familyAr) = (Initial(row.GivenNameAr), Initial(row.FamilyNameAr));
            var birth = NamelessFile.Blur(row.BirthDate, order.Reference);
            await All<Certificate>().Where(certificate => certificate.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(certificate => certificate.GivenName, given).SetProperty(certificate => certificate.FamilyName, family)
                    .SetProperty(certificate => certificate.GivenNameAr, givenAr).SetProperty(certificate => certificate.FamilyNameAr, familyAr)
                    .SetProperty(certificate => certificate.BirthDate, birth)
                    // A corrected document that was still to be made would be made with initials.
                    .SetProperty(certificate => certificate.Status, certificate => certificate.Status == CertificateStatus.Earned ? CertificateStatus.Issued : certificate.Status)
                    .SetProperty(certificate => certificate.ErasedAt, order.Now),
                cancellationToken);
            await All<CertificateRevision>().Where(revision => revision.CertificateId == row.Id).ExecuteUpdateAsync(set => set.SetProperty(revision => revision.Reason, ""), cancellationToken);
        }
        return [.. rows.Select(row => row.FileHash).OfType<string>().Distinct()];
    }

    private static string? Initial(string? name)
    {
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (System.Text.Rune.IsLetter(rune)) return rune.ToString();
        }
        return null;
    }

    private async Task<int> StandInAsync(Participant child, EraseOrder order, CancellationToken cancellationToken)
    {
        var birth = NamelessFile.Blur(child.BirthDate, order.Reference);
        var known = await Db.Set<NamelessFile>().SingleOrDefaultAsync(row => row.BirthDate == birth && row.Sex == child.Sex, cancellationToken);
        if (known is not null) return known.ParticipantId;
        session.Rows.Insert(NamelessFile.Open(order.StandInId, birth, child.Sex, order.ClaimHash, order.Now));
        session.Rows.Insert(new NamelessFile { BirthDate = birth, Sex = child.Sex, ParticipantId = order.StandInId });
        return order.StandInId;
    }

    private async Task RemoveTiesAsync(int[] keys, CancellationToken cancellationToken)
    {
        var guardians = (await GuardiansAsync(keys, cancellationToken)).Select(row => row.Id).ToArray();
        foreach (var type in Db.Model.GetEntityTypes().Where(type => type.FindProperty(nameof(Consent.ParticipantId)) is not null && !Kept.Contains(type.ClrType)))
        {
            foreach (var key in keys) session.Sql.Execute($"DELETE FROM \"{type.GetTableName()}\" WHERE \"{nameof(Consent.ParticipantId)}\" = @p0", key);
        }
        await All<Guardian>().Where(row => guardians.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        await All<DuplicatePair>().Where(row => keys.Contains(row.LowId) || keys.Contains(row.HighId)).ExecuteDeleteAsync(cancellationToken);
        await All<Merge>().Where(row => keys.Contains(row.SurvivorId) || keys.Contains(row.RetiredId)).ExecuteDeleteAsync(cancellationToken);
        await All<ImportDecision>().Where(row => keys.Contains(row.ParticipantId ?? 0))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParticipantId, (int?)null), cancellationToken);
    }
}
