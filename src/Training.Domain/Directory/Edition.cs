namespace Training.Domain.Directory;

/// <summary>The two national programmes.</summary>
public enum Track : byte
{
    /// <summary>Football-academy track, in clubs.</summary>
    Football = 1,

    /// <summary>Workshop track, in youth houses.</summary>
    YouthHouse = 2,
}

/// <summary>
/// One edition of a programme with its settings. Ages, hours and the completion rule are settings because the public sources
/// differ between editions.
/// </summary>
public sealed class Edition
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Public code, for instance <c>football-2026</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The programme.</summary>
    public required Track Track { get; init; }

    /// <summary>The edition before, whose youths may be taken over; null for the first of a programme.</summary>
    public int? FollowsId { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>How many youths the edition is to enroll, nationwide.</summary>
    public required int Target { get; set; }

    /// <summary>Youngest age in completed years at <see cref="AgeReferenceDate"/>, inclusive.</summary>
    public required int AgeMin { get; set; }

    /// <summary>Oldest age in completed years at <see cref="AgeReferenceDate"/>, inclusive.</summary>
    public required int AgeMax { get; set; }

    /// <summary>The day on which ages are counted.</summary>
    public required DateOnly AgeReferenceDate { get; set; }

    /// <summary>First day of the edition.</summary>
    public required DateOnly StartsOn { get; set; }

    /// <summary>Last day of the edition, inclusive. After it nobody is enrolled and participation certificates fall due.</summary>
    public required DateOnly EndsOn { get; set; }

    /// <summary>Places in a group that is opened on demand.</summary>
    public required int DefaultGroupCapacity { get; set; }

    /// <summary>How long an offered place is held for a family's answer, in hours.</summary>
    public int OfferHours { get; set; } = 72;

    /// <summary>When the programme counts as completed.</summary>
    public required CompletionRule Completion { get; set; }

    /// <summary>Body text of the certificates, French.</summary>
    public required string CertificateTextFr { get; set; }

    /// <summary>Body text of the certificates, Arabic.</summary>
    public required string CertificateTextAr { get; set; }

    /// <summary>Issuing organisation, French.</summary>
    public required string IssuerFr { get; set; }

    /// <summary>Issuing organisation, Arabic.</summary>
    public required string IssuerAr { get; set; }

    /// <summary>
    /// Youngest age in completed years, counted on the day it is asked for, at which a certificate is given as a digital credential
    /// (working assumption of the programme, therefore a setting).
    /// </summary>
    public int BadgeAgeMin { get; set; } = BadgeAgeDefault;

    /// <summary><see cref="BadgeAgeMin"/> when nobody has said otherwise.</summary>
    public const int BadgeAgeDefault = 15;

    /// <summary>The least that may be set as <see cref="BadgeAgeMin"/>.</summary>
    public const int BadgeAgeLowest = 10;

    /// <summary>The most that may be set as <see cref="BadgeAgeMin"/>: of age.</summary>
    public const int BadgeAgeHighest = 18;

    /// <summary>True when enrollments are taken on that day (Africa/Casablanca).</summary>
    public bool TakesEnrollmentsOn(DateOnly day) => day <= EndsOn;

    /// <summary>Age in completed years at the reference date.</summary>
    public int AgeOf(DateOnly birthDate)
    {
        var age = AgeReferenceDate.Year - birthDate.Year;
        return birthDate > AgeReferenceDate.AddYears(-age) ? age - 1 : age;
    }

    /// <summary>
    /// The year in which the season ends, by which football categories are counted: 2027 for a season whose ages are counted in
    /// autumn 2026.
    /// </summary>
    public int SeasonEndYear => AgeReferenceDate.Year + 1;

    /// <summary>The football category of a birth year in this edition's season; null outside football and for who is too old for all.</summary>
    public AgeCategory? CategoryOf(DateOnly birthDate) => Track == Track.Football ? AgeCategory.For(birthDate.Year, SeasonEndYear) : null;

    /// <summary>The kind of site that holds this track.</summary>
    public SiteKind SiteKind => Track == Track.Football ? SiteKind.Club : SiteKind.YouthHouse;
}

/// <summary>
/// The completion rule of an edition. Only closed sessions count; present and late count as attended, excused does not
/// (working assumption of the programme, therefore a setting).
/// </summary>
/// <param name="HoursPercent">Share of the curriculum's hours that must have been attended, 0 to 100.</param>
/// <param name="AllMandatoryModules">True when every mandatory module must have been attended in at least one session.</param>
public sealed record CompletionRule(int HoursPercent, bool AllMandatoryModules);

/// <summary>A module of an edition's curriculum.</summary>
public sealed class CurriculumModule
{
    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Code within the edition, for instance <c>ethics</c>.</summary>
    public required string Code { get; init; }

    /// <summary>French name.</summary>
    public required string NameFr { get; set; }

    /// <summary>Arabic name.</summary>
    public required string NameAr { get; set; }

    /// <summary>Length in minutes.</summary>
    public required int Minutes { get; set; }

    /// <summary>True when completion asks for it.</summary>
    public required bool Mandatory { get; set; }

    /// <summary>Place in the curriculum, from 1.</summary>
    public required int Position { get; set; }
}

/// <summary>Who signs an edition's certificates, and from when to when.</summary>
public sealed class Signatory
{
    /// <summary>Longest name or title, in characters.</summary>
    public const int TextMax = 120;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Name in Latin letters.</summary>
    public required string NameFr { get; set; }

    /// <summary>Name in Arabic letters.</summary>
    public required string NameAr { get; set; }

    /// <summary>Title, French.</summary>
    public required string TitleFr { get; set; }

    /// <summary>Title, Arabic.</summary>
    public required string TitleAr { get; set; }

    /// <summary>First day of validity, inclusive.</summary>
    public required DateOnly ValidFrom { get; set; }

    /// <summary>Last day of validity, inclusive; null while in office.</summary>
    public DateOnly? ValidTo { get; set; }
}

/// <summary>A group of youths at a site in an edition.</summary>
public sealed class Group
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 80;

    /// <summary>Largest capacity.</summary>
    public const int CapacityMax = 500;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>The site.</summary>
    public required int SiteId { get; init; }

    /// <summary>The site's region.</summary>
    public required int RegionId { get; init; }

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Name, unique within site and edition.</summary>
    public required string Name { get; set; }

    /// <summary>Places.</summary>
    public required int Capacity { get; set; }

    /// <summary>Places held by live enrollments that are not on the waiting list.</summary>
    public int Taken { get; set; }

    /// <summary>The import that opened it; null when somebody did, or a single registration.</summary>
    public int? ImportId { get; init; }

    /// <summary>
    /// True when its import was taken back and left it empty: it has no places, is shown in no list, and stands for the history of
    /// those who were in it. Its name is free for another.
    /// </summary>
    public bool IsClosed => Capacity == 0;
}
