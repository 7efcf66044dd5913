using Training.Domain.Attendance.Tournaments;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Domain.Tests.Attendance;

internal sealed class EligibilityTests
{
    private const int Season = 2027;
    private const int Club = 7;

    private static readonly DateOnly LastDay = new(2026, 11, 26);

    private static readonly PlayerFacts Good = new(
        new DateOnly(2014, 5, 6), EnrollmentStatus.Active, Club, new DateOnly(2026, 10, 1), EndedOn: null, new DateOnly(2026, 9, 30),
        MedicalUntil: LastDay, AgeExcepted: false);

    [TestCase("U13", "U13 U14 U15", "2014-01-01", "2015-12-31")]
    [TestCase("U14", "U13 U14 U15", "2013-01-01", "2013-12-31")]
    [TestCase("U15", "U13 U14 U15", "2012-01-01", "2012-12-31")]
    [TestCase("U15", "U13 U15", "2012-01-01", "2013-12-31")]
    [TestCase("U15", "U15", "2012-01-01", "2013-12-31")]
    public void A_category_takes_two_birth_years_less_those_of_a_smaller_one_that_plays(string category, string playing, string from, string until)
    {
        var age = PlayingAge.Of(AgeCategory.FromCode(category)!, playing.Split(' ').Select(code => AgeCategory.FromCode(code)!), Season);

        Assert.That((age.From, age.Until), Is.EqualTo((DateOnly.Parse(from, null), DateOnly.Parse(until, null))));
    }

    [Test]
    public void A_youth_of_age_with_consent_and_a_certificate_to_the_last_day_is_cleared() =>
        Assert.That(Codes(Good), Is.EqualTo(new[] { "enrolled", "ageFits", "consentGiven", "medicalValid" }));

    [Test]
    public void Whoever_is_too_old_or_plays_up_is_told_the_date_and_may_be_excepted()
    {
        var (old, young) = (Good with { BirthDate = new DateOnly(2013, 12, 31) }, Good with { BirthDate = new DateOnly(2016, 1, 1) });

        Assert.That((Unmet(old), Unmet(young)), Is.EqualTo(("tooOld", "tooYoung")));
        Assert.That(Judge(old).Single(check => !check.Met).Facts["from"], Is.EqualTo(new DateOnly(2014, 1, 1)));
        Assert.That(Eligibility.Cleared(Judge(old with { AgeExcepted = true })) && Eligibility.Cleared(Judge(young with { AgeExcepted = true })));
    }

    [Test]
    public void No_exception_helps_where_consent_or_the_certificate_is_missing()
    {
        var excepted = Good with { AgeExcepted = true };

        Assert.That(Unmet(excepted with { Status = EnrollmentStatus.AwaitingConsent }), Is.EqualTo("consentMissing"));
        Assert.That(Unmet(excepted with { MedicalUntil = null }), Is.EqualTo("medicalMissing"));
        Assert.That(Unmet(excepted with { MedicalUntil = LastDay.AddDays(-1) }), Is.EqualTo("medicalExpires"));
    }

    [Test]
    public void Whoever_left_or_went_to_another_club_does_not_play_for_this_one()
    {
        Assert.That(Unmet(Good with { EndedOn = new DateOnly(2026, 11, 1) }), Is.EqualTo("enrollmentEnded"));
        Assert.That(Unmet(Good with { SiteId = Club + 1 }), Is.EqualTo("otherSite"));
        Assert.That(Unmet(Good with { Status = EnrollmentStatus.Waitlisted }), Is.EqualTo("waitlisted"));
    }

    private static IReadOnlyList<EligibilityCheck> Judge(PlayerFacts player) =>
        Eligibility.Judge(player, Club, PlayingAge.Of(AgeCategory.FromCode("U13")!, [AgeCategory.FromCode("U13")!], Season), LastDay);

    private static string[] Codes(PlayerFacts player) => [.. Judge(player).Select(check => check.Code)];

    private static string Unmet(PlayerFacts player) => Judge(player).Single(check => !check.Met).Code;
}
