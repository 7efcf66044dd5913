using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Training.Data.Attendance;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.Data.Rights;

/// <summary>
/// Removes what people wrote about a child beside its file: whole where it was written about that child, and its names alone where it was
/// written about a session.
/// </summary>
internal sealed class EraseWords(TrainingDbContext db)
{
    private const string Gap = "…";

    /// <summary>Shorter names are also parts of other words, and say nobody's name alone.</summary>
    private const int NameMin = 3;

    /// <summary>Removes what was written about a child.</summary>
    public async Task OfAsync(
        IReadOnlyCollection<Participant> files, IReadOnlyCollection<Guardian> guardians, IReadOnlyCollection<Enrollment> enrollments, CancellationToken cancellationToken)
    {
        int[] keys = [.. files.Select(row => row.Id)];
        int[] places = [.. enrollments.Select(row => row.Id)];
        await All<FileReading>().Where(row => keys.Contains(row.ParticipantId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellationToken);
        await All<RightsRequest>().Where(row => keys.Contains(row.ParticipantId)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Words, (string?)null).SetProperty(row => row.Answer, (string?)null), cancellationToken);
        await All<EnrollmentChange>().Where(row => places.Contains(row.EnrollmentId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Note, (string?)null), cancellationToken);
        await All<Transfer>().Where(row => places.Contains(row.EnrollmentId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellationToken);
        await All<MarkChange>().Where(row => places.Contains(row.EnrollmentId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellationToken);
        await All<HeldMark>().Where(row => places.Contains(row.EnrollmentId)).ExecuteDeleteAsync(cancellationToken);
        await All<SquadPlayer>().Where(row => places.Contains(row.EnrollmentId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExceptionReason, (string?)null), cancellationToken);
        await All<MedicalCertificate>().Where(row => places.Contains(row.EnrollmentId)).ExecuteDeleteAsync(cancellationToken);
        if (NamesOf(files, guardians) is { } names) await InSessionsAsync(names, [.. enrollments.Select(row => row.GroupId).Distinct()], places, cancellationToken);
    }

    private IQueryable<TEntity> All<TEntity>()
        where TEntity : class => db.Set<TEntity>().IgnoreQueryFilters();

    private async Task InSessionsAsync(Regex names, int[] groups, int[] places, CancellationToken cancellationToken)
    {
        var marked = MarksByEnrollment.In(db).IgnoreQueryFilters().Where(found => places.Contains(found.EnrollmentId)).Select(found => found.Session.Id);
        var sessions = All<Session>().Where(row => groups.Contains(row.GroupId) || marked.Contains(row.Id));
        foreach (var row in await sessions.Where(row => row.Note != null).AsTracking().ToListAsync(cancellationToken)) row.Note = names.Replace(row.Note!, Gap);
        await db.SaveChangesAsync(cancellationToken);
        var told = await All<SessionChange>().AsNoTracking().Where(row => row.Reason != null && sessions.Any(session => session.Id == row.SessionId))
            .Select(row => new { row.Id, row.Reason }).ToListAsync(cancellationToken);
        foreach (var row in told.Where(row => names.IsMatch(row.Reason!)))
        {
            var words = names.Replace(row.Reason!, Gap);
            await All<SessionChange>().Where(change => change.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(change => change.Reason, words), cancellationToken);
        }
    }

    private static Regex? NamesOf(IEnumerable<Participant> files, IEnumerable<Guardian> guardians)
    {
        var names = files.SelectMany(row => new[] { row.GivenName, row.FamilyName, row.GivenNameAr, row.FamilyNameAr, row.MassarCode, row.FifaId, row.LicenceNumber })
            .Concat(guardians.SelectMany(row => new[] { row.Name, row.Phone, National(row.Phone) }))
            .OfType<string>().Where(name => name.Length >= NameMin).Distinct().OrderByDescending(name => name.Length).Select(Regex.Escape).ToArray();
        return names.Length == 0 ? null : new Regex($@"(?<!\w)(?:{string.Join('|', names)})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    private static string? National(string? phone) => phone is null ? null : "0" + phone[4..];
}
