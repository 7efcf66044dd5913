using Training.Domain.Directory;
using Training.Domain.Registry;

namespace Training.Domain.Enrollments;

/// <summary>Makes the rows of a registration.</summary>
public static class RegistrationFactory
{
    /// <summary>Opens the child's file.</summary>
    /// <param name="registration">What was checked.</param>
    /// <param name="id">Key of the child.</param>
    /// <param name="claimHash">Lookup value of its first claim code.</param>
    /// <param name="now">The time.</param>
    public static Participant OpenFile(this Registration registration, int id, long claimHash, DateTimeOffset now) => new()
    {
        Id = id,
        GivenName = registration.Name.Given,
        FamilyName = registration.Name.Family,
        GivenNameAr = registration.Name.GivenAr,
        FamilyNameAr = registration.Name.FamilyAr,
        BirthDate = registration.BirthDate,
        Sex = registration.Sex,
        ProvinceId = registration.ProvinceId,
        MassarCode = registration.MassarCode,
        FifaId = registration.FifaId,
        LicenceNumber = registration.LicenceNumber,
        Note = registration.Note,
        ClaimHash = claimHash,
        CreatedAt = now,
    };

    /// <summary>Records a guardian.</summary>
    public static Guardian Record(this CheckedGuardian guardian, int id, DateTimeOffset now) => new()
    {
        Id = id,
        Name = guardian.Name,
        Phone = guardian.Phone.IsEmpty ? null : guardian.Phone.ToString(),
        Language = guardian.Language,
        CreatedAt = now,
    };

    /// <summary>Records a consent with today's text version.</summary>
    public static Consent Record(this CheckedConsent consent, int id, int participantId, int guardianId, DateTimeOffset now) => new()
    {
        Id = id,
        ParticipantId = participantId,
        GuardianId = guardianId,
        Purpose = consent.Purpose,
        Method = consent.Method,
        GivenOn = consent.GivenOn,
        TextVersion = Consent.CurrentTextVersion,
        RecordedAt = now,
    };

    /// <summary>Enrolls the child in a group: active with consent, awaiting consent without, waitlisted when the group is full.</summary>
    public static Enrollment Enroll(
        this Registration registration, int id, int participantId, Group group, bool hasPlace, DateTimeOffset now, int? importId = null) => new()
    {
        Id = id,
        ParticipantId = participantId,
        EditionId = group.EditionId,
        SiteId = group.SiteId,
        RegionId = group.RegionId,
        GroupId = group.Id,
        Status = !hasPlace ? EnrollmentStatus.Waitlisted
            : registration.MayTakePart ? EnrollmentStatus.Active
            : EnrollmentStatus.AwaitingConsent,
        EnrolledAt = now,
        ImportId = importId,
    };
}
