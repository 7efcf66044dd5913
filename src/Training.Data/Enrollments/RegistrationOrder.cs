using System.Globalization;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Data.Enrollments;

/// <summary>A checked registration with the keys it will use.</summary>
/// <param name="Registration">What was checked.</param>
/// <param name="Edition">The edition.</param>
/// <param name="Site">The site, within the caller's scope.</param>
/// <param name="GroupId">The group asked for; null: the first with a place.</param>
/// <param name="IsNotADuplicate">True when a person said that no candidate is this child.</param>
/// <param name="SameAs">The known child a person chose; null when none.</param>
public sealed record RegistrationOrder(
    Registration Registration, Edition Edition, Site Site, int? GroupId, bool IsNotADuplicate, int? SameAs)
{
    /// <summary>Key for the child, unused when it is known.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>Key for the enrollment.</summary>
    public required int EnrollmentId { get; init; }

    /// <summary>Key for each guardian, unused for those that are known.</summary>
    public required IReadOnlyList<int> GuardianIds { get; init; }

    /// <summary>Key for each consent.</summary>
    public required IReadOnlyList<int> ConsentIds { get; init; }

    /// <summary>Key for a group that must be opened; null until it turned out so.</summary>
    public int? NewGroupId { get; init; }

    /// <summary>Hash of the new child's claim code, unused when the child is known. Made beforehand, like all that the one writer need not do itself.</summary>
    public required long ClaimHash { get; init; }

    /// <summary>Registrations of children who were born on one day wait for each other under this name.</summary>
    public string BirthLock { get; } = LockOf(Registration.BirthDate);

    /// <summary>Who registers, by the caller's stable name: remembered with what was said of possible duplicates.</summary>
    public required string Caller { get; init; }

    /// <summary>True when the site's places are limited over all its groups, so that registrations there wait for each other.</summary>
    public bool SiteIsLimited { get; init; }

    /// <summary>The day of an instant, in the programme's zone.</summary>
    public required Func<DateTimeOffset, DateOnly> DayOf { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is decided about the children of one day waits under this name.</summary>
    public static string LockOf(DateOnly birthDate) => string.Create(CultureInfo.InvariantCulture, $"birth:{birthDate:yyyyMMdd}");
}

/// <summary>
/// A child who may be the one being registered, as the caller may see it: outside the caller's scope initials and birth year only.
/// </summary>
/// <param name="Participant">Participant code.</param>
/// <param name="Name">Name, or initials outside the caller's scope.</param>
/// <param name="NameAr">Arabic name; null outside the caller's scope or when unknown.</param>
/// <param name="BirthDate">Birth date; null outside the caller's scope.</param>
/// <param name="BirthYear">Birth year.</param>
/// <param name="InScope">True when the caller may open the file.</param>
/// <param name="Certain">True when an official code is equal.</param>
/// <param name="Reasons">Stable codes of what is alike.</param>
public sealed record DuplicateCandidate(
    string Participant, string Name, string? NameAr, DateOnly? BirthDate, int BirthYear, bool InScope, bool Certain, IReadOnlyList<string> Reasons);
