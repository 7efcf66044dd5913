using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Security;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Rights;

/// <summary>
/// The parts of an exported file. The caller has seen the child by its own scope; what belongs to the child is then read whole, since a
/// right of access ends at no site's border.
/// </summary>
internal sealed class ExportParts(ReadDb db)
{
    public async Task<IReadOnlyList<ExportFile.GuardianLine>> GuardiansAsync(int child, bool isFamily, CancellationToken cancellationToken)
    {
        var rows = await (from tie in All<Guardianship>()
                          join guardian in All<Guardian>() on tie.GuardianId equals guardian.Id
                          where tie.ParticipantId == child
                          orderby tie.Position
                          select new ExportFile.GuardianLine(guardian.Name, tie.Relationship, guardian.Phone, guardian.Language)).ToListAsync(cancellationToken);
        return isFamily ? [.. rows.Select(row => row with { Phone = row.Phone is { } phone ? $"…{phone[^2..]}" : null })] : rows;
    }

    public async Task<IReadOnlyList<ExportFile.ConsentLine>> ConsentsAsync(int child, CancellationToken cancellationToken) =>
        await (from consent in All<Consent>()
               join guardian in All<Guardian>() on consent.GuardianId equals guardian.Id into signatories
               from signatory in signatories.DefaultIfEmpty()
               where consent.ParticipantId == child
               orderby consent.Id
               select new ExportFile.ConsentLine(consent.Purpose, consent.Method, consent.GivenOn, consent.TextVersion, consent.WithdrawnAt, signatory.Name)).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ExportFile.EnrollmentLine>> EnrollmentsAsync(int child, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        var rows = await All<Enrollment>().Where(row => row.ParticipantId == child).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        int[] keys = [.. rows.Select(row => row.Id)];
        var history = (await All<EnrollmentChange>().Where(row => keys.Contains(row.EnrollmentId)).OrderBy(row => row.Version).ToListAsync(cancellationToken)).ToLookup(row => row.EnrollmentId);
        var marks = (await (from found in db.Marks().IgnoreQueryFilters()
                            where keys.Contains(found.EnrollmentId)
                            orderby found.Session.Date, found.Session.Start
                            select new { found.EnrollmentId, found.Session.Date, found.Session.Kind, found.Mark.Status }).ToListAsync(cancellationToken)).ToLookup(row => row.EnrollmentId);
        var medical = await All<MedicalCertificate>().Where(row => keys.Contains(row.EnrollmentId)).ToDictionaryAsync(row => row.EnrollmentId, row => row.ValidUntil, cancellationToken);
        var inArabic = Languages.Current == "ar";
        return [.. rows.Select(row => new ExportFile.EnrollmentLine(
            inArabic ? directory.Edition(row.EditionId).NameAr : directory.Edition(row.EditionId).NameFr, inArabic ? directory.Site(row.SiteId).NameAr : directory.Site(row.SiteId).NameFr,
            row.Status, row.EnrolledAt, row.EndedAt, row.EndReason, medical.TryGetValue(row.Id, out var until) ? until : null,
            [.. history[row.Id].Select(line => new ExportFile.HistoryLine(line.At, line.Act, line.Reason, line.Note))],
            [.. marks[row.Id].Select(mark => new ExportFile.MarkLine(mark.Date, mark.Kind, mark.Status))]))];
    }

    public async Task<IReadOnlyList<ExportFile.CertificateLine>> CertificatesAsync(int child, CancellationToken cancellationToken) =>
        await All<Certificate>().Where(row => row.ParticipantId == child).OrderBy(row => row.Id)
            .Select(row => new ExportFile.CertificateLine(row.Number, row.Kind, row.Status, row.IssuedOn)).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ExportFile.ReadingLine>> ReadingsAsync(int[] files, CancellationToken cancellationToken) =>
        [.. (await All<FileReading>().Where(row => files.Contains(row.ParticipantId)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            .Select(row => new ExportFile.ReadingLine(row.At, row.Door, row.Parts.Words(), row.Reason))];

    public async Task<IReadOnlyList<ExportFile.CorrectionLine>> CorrectionsAsync(int[] files, bool isFamily, CancellationToken cancellationToken)
    {
        string? Shown(CorrectedFact fact, string? value) =>
            isFamily && value is { Length: > 2 } && fact.Field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal) ? $"…{value[^2..]}" : value;
        var rows = await All<FileCorrection>().Where(row => files.Contains(row.ParticipantId)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.SelectMany(row => row.Facts().Select(fact => new ExportFile.CorrectionLine(row.At, row.Status, fact.Field, Shown(fact, fact.Before), Shown(fact, fact.After), row.Reason)))];
    }

    private IQueryable<TEntity> All<TEntity>()
        where TEntity : class => db.Set<TEntity>().IgnoreQueryFilters();
}
