using Training.Domain.Enrollments;

namespace Training.Domain.Attendance.Tournaments;

/// <summary>What decides whether a youth plays.</summary>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Status">Where the enrollment stands.</param>
/// <param name="SiteId">The enrollment's site today.</param>
/// <param name="EnrolledOn">The local day on which it was made.</param>
/// <param name="EndedOn">The local day on which it ended; null while live.</param>
/// <param name="ConsentOn">The day of the guardian's standing consent to participation; null when none is known.</param>
/// <param name="MedicalUntil">Last day of the medical certificate; null when none was seen.</param>
/// <param name="AgeExcepted">True when a coordinator lets the youth play in spite of the birth date.</param>
public sealed record PlayerFacts(
    DateOnly BirthDate, EnrollmentStatus Status, int SiteId, DateOnly EnrolledOn, DateOnly? EndedOn, DateOnly? ConsentOn, DateOnly? MedicalUntil,
    bool AgeExcepted);

/// <summary>One condition of playing, met or not, with the dates that make it so.</summary>
/// <param name="Code">Stable code of what was found, camelCase; texts are looked up by it.</param>
/// <param name="Met">True when it does not stand in the way.</param>
/// <param name="Facts">The dates that decide; empty when the code says everything.</param>
public sealed record EligibilityCheck(string Code, bool Met, IReadOnlyDictionary<string, object?> Facts);

/// <summary>
/// Whether a youth may play, condition by condition. It clears for playing alone: that somebody was there is a fact and is marked
/// whatever is found here. Consent and the medical certificate protect the child, so no coordinator can except from them.
/// </summary>
public static class Eligibility
{
    /// <summary>Born before the category's first day.</summary>
    public const string TooOld = "tooOld";

    /// <summary>Born after the category's last day: would play up.</summary>
    public const string TooYoung = "tooYoung";

    /// <summary>Judges every condition, in the order in which they are shown.</summary>
    /// <param name="player">The youth.</param>
    /// <param name="siteId">The squad's club.</param>
    /// <param name="age">Who plays in the squad's category.</param>
    /// <param name="lastDay">The tournament's last day.</param>
    public static IReadOnlyList<EligibilityCheck> Judge(PlayerFacts player, int siteId, PlayingAge age, DateOnly lastDay) =>
        [Place(player, siteId), Age(player, age), Consent(player), Medical(player, lastDay)];

    /// <summary>True when nothing stands in the way.</summary>
    public static bool Cleared(IEnumerable<EligibilityCheck> checks) => checks.All(check => check.Met);

    private static EligibilityCheck Place(PlayerFacts player, int siteId) =>
        player.EndedOn is { } ended ? Unmet("enrollmentEnded", ("date", ended))
        : player.SiteId != siteId ? Unmet("otherSite")
        : player.Status == EnrollmentStatus.Waitlisted ? Unmet("waitlisted")
        : Met("enrolled", ("date", player.EnrolledOn));

    private static EligibilityCheck Age(PlayerFacts player, PlayingAge age)
    {
        (string, object?)[] window = [("from", age.From), ("until", age.Until)];
        if (age.Fits(player.BirthDate)) return Met("ageFits", window);
        return player.AgeExcepted ? Met("ageExcepted", window) : Unmet(player.BirthDate < age.From ? TooOld : TooYoung, window);
    }

    private static EligibilityCheck Consent(PlayerFacts player) =>
        player.Status == EnrollmentStatus.AwaitingConsent ? Unmet("consentMissing")
        : player.ConsentOn is { } day ? Met("consentGiven", ("date", day))
        : Met("consentKnown");

    private static EligibilityCheck Medical(PlayerFacts player, DateOnly lastDay) => player.MedicalUntil switch
    {
        null => Unmet("medicalMissing", ("needed", lastDay)),
        { } until when until < lastDay => Unmet("medicalExpires", ("date", until), ("needed", lastDay)),
        { } until => Met("medicalValid", ("date", until)),
    };

    private static EligibilityCheck Met(string code, params (string Name, object? Value)[] facts) =>
        new(code, true, facts.ToDictionary(fact => fact.Name, fact => fact.Value));

    private static EligibilityCheck Unmet(string code, params (string Name, object? Value)[] facts) =>
        new(code, false, facts.ToDictionary(fact => fact.Name, fact => fact.Value));
}
