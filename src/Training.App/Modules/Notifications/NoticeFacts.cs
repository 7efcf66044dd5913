using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data;
using Training.Data.Registry;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>A guardian who may be written to.</summary>
internal sealed record Recipient(int GuardianId, string Phone, FamilyLanguage Language);

/// <summary>What a notice says now.</summary>
/// <param name="Child">Given name in the two scripts, as far as it is known.</param>
/// <param name="SiteId">The child's site.</param>
/// <param name="At">Day and hour that it tells of, local; null when it tells of none.</param>
internal sealed record Telling((string? Latin, string? Arabic) Child, int SiteId, DateTime? At);

/// <summary>Reads, at the hour of sending, to whom notices go and what they say.</summary>
internal sealed class NoticeFacts(TrainingDbContext db, TimeProvider time)
{
    private readonly record struct Guarded(int ParticipantId, int GuardianId, string? Phone, FamilyLanguage Language, bool Consented);

    /// <summary>What each notice says, by its key; none for one that is no longer true.</summary>
    public async Task<IReadOnlyDictionary<long, Telling>> TellAsync(IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var children = await ChildrenAsync(notices, cancellationToken);
        var subjects = await SubjectsAsync(notices, cancellationToken);
        var tellings = new Dictionary<long, Telling>();
        foreach (var notice in notices)
        {
            if (children.TryGetValue(notice.ParticipantId, out var child) && subjects.TryGetValue((notice.Kind, notice.SubjectId), out var at))
                tellings.Add(notice.Id, new Telling(child, notice.SiteId, at));
        }
        return tellings;
    }

    /// <summary>To whom each child's notices go, or the stable word why to nobody.</summary>
    public async Task<IReadOnlyDictionary<int, (Recipient? To, string? Reason)>> RecipientsAsync(
        IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var files = await FilesAsync(notices, cancellationToken);
        var ids = files.Values.Distinct().ToArray();
        var ties = await (from tie in db.Set<Guardianship>().IgnoreQueryFilters()
                          join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                          where ids.Contains(tie.ParticipantId)
                          orderby tie.Position
                          select new Guarded(
                              tie.ParticipantId, guardian.Id, guardian.Phone, guardian.Language,
                              db.Set<Consent>().Any(row => row.ParticipantId == tie.ParticipantId && row.GuardianId == guardian.Id
                                  && row.Purpose == ConsentPurpose.Messages && row.WithdrawnAt == null
                                  && !db.Set<ConsentObjection>().Any(no => no.ParticipantId == tie.ParticipantId && no.Purpose == row.Purpose && no.EndedAt == null)))).ToListAsync(cancellationToken);
        var byChild = ties.ToLookup(tie => tie.ParticipantId);
        return files.ToDictionary(file => file.Key, file => Choose(byChild[file.Value]));
    }

    private static (Recipient?, string?) Choose(IEnumerable<Guarded> guardians)
    {
        var consented = guardians.Where(one => one.Consented).ToArray();
        if (consented.Length == 0) return (null, Notice.NoConsent);
        foreach (var one in consented)
        {
            if (one.Phone is { } phone && PhoneNumber.FromE164(phone).IsMobile) return (new Recipient(one.GuardianId, phone, one.Language), null);
        }
        return (null, Notice.NoPhone);
    }

    /// <summary>The file under which each child is kept now.</summary>
    private async Task<Dictionary<int, int>> FilesAsync(IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var ids = notices.Select(notice => notice.ParticipantId).Distinct().ToArray();
        var merged = await ParticipantAliases.MergedAmongAsync(db, ids, cancellationToken);
        return ids.ToDictionary(id => id, id => merged.GetValueOrDefault(id, id));
    }

    private async Task<Dictionary<int, (string? Latin, string? Arabic)>> ChildrenAsync(IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var files = await FilesAsync(notices, cancellationToken);
        var ids = files.Values.Distinct().ToArray();
        var names = await db.Set<Participant>().IgnoreQueryFilters().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => (row.GivenName, row.GivenNameAr), cancellationToken);
        return files.Where(file => names.ContainsKey(file.Value)).ToDictionary(file => file.Key, file => names[file.Value]);
    }

    /// <summary>The subjects of which what is told still holds, each with its hour.</summary>
    private async Task<Dictionary<(NoticeKind, int), DateTime?>> SubjectsAsync(IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        int[] Of(params NoticeKind[] kinds) => [.. notices.Where(row => kinds.Contains(row.Kind)).Select(row => row.SubjectId).Distinct()];
        var now = time.Local();
        var today = DateOnly.FromDateTime(now);
        var holding = new Dictionary<(NoticeKind, int), DateTime?>();

        var sessionIds = Of(NoticeKind.SessionCancelled, NoticeKind.SessionMoved);
        foreach (var session in await db.Set<Session>().IgnoreQueryFilters().AsNoTracking().Where(row => sessionIds.Contains(row.Id) && row.Date >= today).ToListAsync(cancellationToken))
        {
            NoticeKind? kind = session.Status switch
            {
                SessionStatus.Cancelled => NoticeKind.SessionCancelled,
                SessionStatus.Open => NoticeKind.SessionMoved,
                _ => null,
            };
            if (kind is { } what && session.Date.ToDateTime(session.Start) > now) holding[(what, session.Id)] = session.Date.ToDateTime(session.Start);
        }

        var certificateIds = Of(NoticeKind.CertificateReady);
        foreach (var id in await db.Set<Certificate>().IgnoreQueryFilters().Where(row => certificateIds.Contains(row.Id) && row.Status == CertificateStatus.Issued)
            .Select(row => row.Id).ToListAsync(cancellationToken))
            holding[(NoticeKind.CertificateReady, id)] = null;

        var enrollmentIds = Of(NoticeKind.PlaceOffered, NoticeKind.ConsentMissing);
        foreach (var row in await db.Set<Enrollment>().IgnoreQueryFilters().AsNoTracking().Where(row => enrollmentIds.Contains(row.Id) && row.Slot == 0).ToListAsync(cancellationToken))
        {
            if (row.IsOffered && row.OfferExpiresAt > time.GetUtcNow()) holding[(NoticeKind.PlaceOffered, row.Id)] = row.OfferExpiresAt.Value.ToLocal();
            if (row.Status == EnrollmentStatus.AwaitingConsent) holding[(NoticeKind.ConsentMissing, row.Id)] = null;
        }
        return holding;
    }
}
