using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Training.Data.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Notifications;
using Training.Domain.Registry;
using Training.Domain.Rights;
using Training.Domain.Webhooks;

namespace Training.Data.Mapping;

/// <summary>
/// Who sees which rows, in one place. A test finds every entity that leads to a person and fails when it has no filter here.
/// </summary>
public static class ScopeFilters
{
    /// <summary>Name of the filter on each entity.</summary>
    public const string Name = "Scope";

    internal static void Apply(ModelBuilder model, TrainingDbContext db)
    {
        // An assistant's group opens its enrollments, and by them the names of the children in it; not guardians, consents,
        // readings or whatever else hangs on an enrollment. It counts only at the doors that are made for assistants (Policies.Sheets).
        Filter<Enrollment>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId)
            || db.Scope.Regions.Contains(row.RegionId) || db.Scope.Participants.Contains(row.ParticipantId) || db.Scope.Groups.Contains(row.GroupId));
        Filter<Certificate>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId)
            || db.Scope.Regions.Contains(row.RegionId) || db.Scope.Participants.Contains(row.ParticipantId));
        // A check says which certificate was looked at and nothing of who looked; one of an unknown code is nobody's.
        Filter<CertificateCheck>(model, row => db.Scope.Nation || db.Set<Certificate>().Any(certificate => certificate.Id == row.CertificateId));
        Filter<CertificateRevision>(model, row => db.Scope.Nation || db.Set<Certificate>().Any(certificate => certificate.Id == row.CertificateId));
        // Whether a certificate is to be revoked is the staff's question, not the family's.
        Filter<RevocationCase>(model, row => db.Scope.Nation
            || (db.Scope.Participants.Length == 0 && db.Set<Certificate>().Any(certificate => certificate.Id == row.CertificateId)));
        Filter<EnrollmentChange>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.Id == row.EnrollmentId && !db.Scope.Groups.Contains(enrollment.GroupId)));
        // Both sides see what is asked between them; a family hears of it from its club.
        Filter<Transfer>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.FromSiteId) || db.Scope.Regions.Contains(row.FromRegionId)
            || db.Scope.Sites.Contains(row.ToSiteId) || db.Scope.Regions.Contains(row.ToRegionId));
        Filter<Import>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId ?? 0)
            || db.Scope.Regions.Contains(row.RegionId ?? 0) || (row.SiteId == null && row.UploadedBy == db.Scope.Holder));
        Filter<ImportDecision>(model, row => db.Scope.Nation || db.Set<Import>().Any(import => import.Id == row.ImportId));
        // A squad's day is also its host's, whose people stand at the door, and no other family's than its players'.
        Filter<Session>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId)
            || db.Scope.Sites.Contains(row.HostSiteId ?? 0) || (row.SquadId == null && db.Scope.Groups.Contains(row.GroupId))
            || (db.Scope.Participants.Length > 0
                && ((row.SquadId == null && db.Set<Enrollment>().Any(enrollment => enrollment.GroupId == row.GroupId))
                    || db.Set<SquadPlayer>().Any(player => player.SquadId == row.SquadId))));

        // A club that a child has left keeps its own enrollment, sheets and certificates of it, not the child's file; the region
        // keeps the file, for who comes back, and the family its own.
        // A file that was merged into another is nobody's any more; its code leads on (ParticipantAliases).
        Filter<Participant>(model, row => row.MergedIntoId == null
            && (db.Scope.Nation || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.Id
                && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.Id)))));
        Filter<Guardianship>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId
                && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.ParticipantId))));
        Filter<Consent>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId
                && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.ParticipantId))));
        Filter<FileReading>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId
                && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.ParticipantId))));
        Filter<ConsentObjection>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId
                && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.ParticipantId))));
        Filter<ViewOnlyGuardian>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId
                && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId) || db.Scope.Participants.Contains(row.ParticipantId))));
        // What opens a family's door is read by the door alone, which knows the paper or the link.
        Filter<OneTimeCode>(model, row => db.Scope.Nation);
        Filter<PersonalLink>(model, row => db.Scope.Nation
            || (db.Scope.Participants.Length == 0 && db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId && enrollment.Slot == 0
                && !db.Scope.Groups.Contains(enrollment.GroupId))));
        // The family reads in its log that and why a file was corrected; the values, former and proposed, are for the staff of the sites where the
        // child takes part now, and of every region in which it ever did.
        Filter<FileCorrection>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0
            && db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.ParticipantId && !db.Scope.Groups.Contains(enrollment.GroupId) && (enrollment.Slot == 0 || db.Scope.Regions.Contains(enrollment.RegionId)))));
        Filter<Guardian>(model, row => db.Scope.Nation || db.Set<Guardianship>().Any(tie => tie.GuardianId == row.Id));

        // Who answers for a region answers also for a child whose file is gone; what a family asked is shown to it by its own door.
        Filter<RightsRequest>(model, row => db.Scope.Nation || db.Scope.Regions.Contains(row.RegionId) || db.Scope.Participants.Contains(row.ParticipantId));
        // Leads to nobody, and is asked for while children are erased alone.
        Filter<NamelessFile>(model, row => db.Scope.Nation || db.Scope.Regions.Length > 0);

        // Questions between files are the staff's, not the family's.
        Filter<DuplicatePair>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0
            && (db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.LowId && !db.Scope.Groups.Contains(enrollment.GroupId))
                || db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.HighId && !db.Scope.Groups.Contains(enrollment.GroupId)))));
        Filter<Merge>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0
            && db.Set<Enrollment>().Any(enrollment => enrollment.ParticipantId == row.SurvivorId && !db.Scope.Groups.Contains(enrollment.GroupId))));
        Filter<MergeMove>(model, row => db.Scope.Nation || db.Set<Merge>().Any(merge => merge.Id == row.MergeId));

        // A sheet stays whole for the site that kept it, also after a child on it has gone elsewhere.
        Filter<AttendanceMark>(model, row => db.Scope.Nation
            || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId))
            || db.Set<Enrollment>().Any(enrollment => enrollment.Id == row.EnrollmentId && !db.Scope.Groups.Contains(enrollment.GroupId)));
        Filter<MarkedGroup>(model, row => db.Scope.Nation
            || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.GroupId == row.GroupId))
            || db.Set<Enrollment>().Any(enrollment => enrollment.Id == row.EnrollmentId && !db.Scope.Groups.Contains(enrollment.GroupId)));
        // What is kept beside a session's marks is for whoever sees the session; a family does not see who marked.
        Filter<HeldMark>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId)));
        Filter<MarkChange>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId)));
        Filter<MarkBatch>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId)));
        Filter<SessionChange>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId)));
        Filter<SessionAdult>(model, row => db.Scope.Nation || (db.Scope.Participants.Length == 0 && db.Set<Session>().Any(session => session.Id == row.SessionId)));
        Filter<Squad>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId)
            || db.Scope.Sites.Contains(row.HostSiteId));
        Filter<SquadPlayer>(model, row => db.Scope.Nation || db.Set<Squad>().Any(squad => squad.Id == row.SquadId)
            || db.Set<Enrollment>().Any(enrollment => enrollment.Id == row.EnrollmentId && !db.Scope.Groups.Contains(enrollment.GroupId)));
        Filter<MedicalCertificate>(model, row => db.Scope.Nation
            || db.Set<Enrollment>().Any(enrollment => enrollment.Id == row.EnrollmentId && !db.Scope.Groups.Contains(enrollment.GroupId)));
        Filter<Schedule>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));

        // What was sent is the log of the site that answers for it.
        Filter<Notice>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));

        // A partner's address and what it was told is for who answers for its region, or for the nation.
        Filter<Webhook>(model, row => db.Scope.Nation || db.Scope.Regions.Contains(row.RegionId ?? 0));
        Filter<WebhookDelivery>(model, row => db.Scope.Nation || db.Set<Webhook>().Any(webhook => webhook.Id == row.WebhookId));

        Filter<SiteCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<MonthCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<GroupCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<ModuleCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<SiteEnrollmentCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<GroupEnrollmentCell>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<SiteTally>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
        Filter<SessionTally>(model, row => db.Scope.Nation || db.Scope.Sites.Contains(row.SiteId) || db.Scope.Regions.Contains(row.RegionId));
    }

    private static void Filter<TEntity>(ModelBuilder model, Expression<Func<TEntity, bool>> visible)
        where TEntity : class => model.Entity<TEntity>().HasQueryFilter(Name, visible);
}
