using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// The enrollments of a list that its undo left alone, each with the reason. They are looked for in the whole country, since a child
/// may have moved on; of children elsewhere only initials are shown.
/// </summary>
internal sealed class KeptEnrollments(KnownChildren children, DbContextOptions<TrainingDbContext> options)
{
    public async Task<IReadOnlyList<GetImport.Kept>> ListAsync(int importId, int most, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var rows = await WithdrawImported.Kept(db, importId).OrderBy(row => row.Id).Take(most)
            .Select(row => new
            {
                row.Id, row.ParticipantId, row.EndReason,
                IsMerged = db.Set<Merge>().IgnoreQueryFilters().Any(merge => merge.SurvivorId == row.ParticipantId || merge.RetiredId == row.ParticipantId),
                HasMoved = db.Set<Transfer>().IgnoreQueryFilters().Any(transfer => transfer.EnrollmentId == row.Id && transfer.Status == TransferStatus.Accepted),
                IsAskedFor = db.Set<Transfer>().IgnoreQueryFilters().Any(transfer => transfer.EnrollmentId == row.Id),
                HasCertificate = db.Set<Certificate>().IgnoreQueryFilters().Any(certificate => certificate.EnrollmentId == row.Id),
                IsMarked = db.Set<MarkedGroup>().IgnoreQueryFilters().Any(mark => mark.EnrollmentId == row.Id)
                    || db.Set<HeldMark>().IgnoreQueryFilters().Any(mark => mark.EnrollmentId == row.Id),
            })
            .ToListAsync(cancellationToken);
        var known = await children.ShowAsync([.. rows.Select(row => row.ParticipantId).Distinct()], cancellationToken);
        return [.. rows.Select(row =>
        {
            var child = known[row.ParticipantId];
            var reason = row.IsMerged ? "merged"
                : row.EndReason is not null ? "withdrawn"
                : row.HasMoved ? "transferred"
                : row.HasCertificate ? "certificate"
                : row.IsMarked ? "marked"
                : row.IsAskedFor ? "transferAsked"
                : "changed";
            return new GetImport.Kept(OpaqueId.Enrollment(row.Id), child.Participant, child.Name, child.NameAr, child.InScope, reason);
        })];
    }
}
