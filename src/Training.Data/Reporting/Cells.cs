using Training.Domain.Registry;
using Training.Domain.Reporting;

namespace Training.Data.Reporting;

/// <summary>A cell of the attendance figures. It holds counts, no person; yet it is filtered by site like the rows it counts.</summary>
public abstract class AttendanceCell
{
    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site: figures are attributed to it.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>Month of the sessions as yyyymm.</summary>
    public required int Month { get; init; }

    /// <summary>Marks "present".</summary>
    public int Present { get; set; }

    /// <summary>Marks "late".</summary>
    public int Late { get; set; }

    /// <summary>Marks "excused".</summary>
    public int Excused { get; set; }

    /// <summary>Marks "absent".</summary>
    public int Absent { get; set; }

    internal void Add(MarkCounts counts)
    {
        Present += counts.Present;
        Late += counts.Late;
        Excused += counts.Excused;
        Absent += counts.Absent;
    }
}

/// <summary>Marks of a site in a month by sex and cohort.</summary>
public sealed class SiteCell : AttendanceCell
{
    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>The cohort of age, as the edition's <see cref="Cohorts"/> number it.</summary>
    public required byte Cohort { get; init; }
}

/// <summary>A cell that counts sessions too.</summary>
public abstract class SessionCell : AttendanceCell
{
    /// <summary>Sessions that are planned, under way or closed; cancelled ones are out.</summary>
    public int Sessions { get; set; }

    /// <summary>Sessions that were held: with marks, or closed.</summary>
    public int Held { get; set; }

    /// <summary>Closed sessions.</summary>
    public int Closed { get; set; }

    /// <summary>Length of the sessions that were held, in minutes.</summary>
    public int Minutes { get; set; }
}

/// <summary>Marks and sessions of a site in a month.</summary>
public sealed class MonthCell : SessionCell;

/// <summary>Marks and sessions of a group in a month.</summary>
public sealed class GroupCell : SessionCell
{
    /// <summary>The group.</summary>
    public required int GroupId { get; init; }
}

/// <summary>Marks and sessions of a module at a site in a month. A session that covers two modules counts in both.</summary>
public sealed class ModuleCell : SessionCell
{
    /// <summary>The module.</summary>
    public required int ModuleId { get; init; }
}

/// <summary>A cell of the enrollment figures.</summary>
public abstract class EnrollmentCell
{
    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>The cohort of age, as the edition's <see cref="Cohorts"/> number it.</summary>
    public required byte Cohort { get; init; }

    /// <summary>Live with a place and consent.</summary>
    public int Active { get; set; }

    /// <summary>Live with a place, consent not recorded yet.</summary>
    public int Awaiting { get; set; }

    /// <summary>Live on the waiting list.</summary>
    public int Waiting { get; set; }

    /// <summary>Ended.</summary>
    public int Withdrawn { get; set; }

    /// <summary>With a completion certificate that stands.</summary>
    public int Completed { get; set; }

    /// <summary>Certificates of either kind whose document exists and stands.</summary>
    public int Certificates { get; set; }

    /// <summary>True when another cell says the same of its children.</summary>
    internal bool CountsAs(EnrollmentCell other) => (RegionId, Active, Awaiting, Waiting, Withdrawn, Completed, Certificates)
        == (other.RegionId, other.Active, other.Awaiting, other.Waiting, other.Withdrawn, other.Completed, other.Certificates);
}

/// <summary>Enrollments of a site by sex and cohort.</summary>
public sealed class SiteEnrollmentCell : EnrollmentCell;

/// <summary>Enrollments of a group by sex and cohort.</summary>
public sealed class GroupEnrollmentCell : EnrollmentCell
{
    /// <summary>The group.</summary>
    public required int GroupId { get; init; }
}

/// <summary>When the figures of a site in an edition last changed.</summary>
public sealed class SiteTally
{
    /// <summary>Number of the rules by which figures are counted: a site counted by earlier ones is counted anew.</summary>
    public const int CurrentRules = 1;

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The rules by which it was counted.</summary>
    public int Rules { get; set; }

    /// <summary>Counts recounts of the enrollments, from 1: a recount that was overtaken starts again.</summary>
    public int Recounts { get; set; }

    /// <summary>When a change was last counted; null when none has been yet.</summary>
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Counts the changes of the site's figures, from 1: where it is the same, so are they.</summary>
    public int Revision { get; private set; }

    /// <summary>Since when a recount of the enrollments is asked for; null when none is.</summary>
    public DateTimeOffset? StaleSince { get; set; }

    /// <summary>Since when a recount is under way; null when none is. One that never ends was killed and is due again.</summary>
    public DateTimeOffset? CountingSince { get; set; }

    /// <summary>Notes that the figures have changed.</summary>
    public void Change(DateTimeOffset now) => (ChangedAt, Revision) = (now, Revision + 1);
}
