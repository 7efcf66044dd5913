using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Domain.Tests.Enrollments;

internal sealed class EligibilityTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [TestCase("2018-09-01", null)]
    [TestCase("2018-09-02", "2027/28")]
    [TestCase("2019-11-03", "2028/29")]
    public void Who_is_too_young_hears_from_which_season_on(string birth, string? season)
    {
        var refusal = Registration.Eligibility(Edition, DateOnly.Parse(birth, null), Today);

        Assert.That(refusal?.Facts?["season"], Is.EqualTo(season));
        Assert.That(refusal?.Code, Is.EqualTo(season is null ? null : "tooYoung"));
    }

    [Test]
    public void The_season_named_takes_the_child_indeed()
    {
        var later = Edition;
        later.AgeReferenceDate = new DateOnly(2028, 9, 1);
        later.EndsOn = new DateOnly(2029, 6, 30);

        Assert.That(Registration.Eligibility(later, new DateOnly(2019, 11, 3), new DateOnly(2028, 10, 1)), Is.Null);
        Assert.That(Registration.Eligibility(Edition, new DateOnly(2007, 9, 1), Today)?.Code, Is.EqualTo("tooOld"));
    }

    private static Edition Edition => new()
    {
        Id = 1, Code = "football-2026", Track = Track.Football, NameFr = "F", NameAr = "ع", Target = 1, AgeMin = 8, AgeMax = 18,
        AgeReferenceDate = new DateOnly(2026, 9, 1), StartsOn = new DateOnly(2026, 9, 15), EndsOn = new DateOnly(2027, 6, 30),
        DefaultGroupCapacity = 30, Completion = new CompletionRule(75, true), CertificateTextFr = "", CertificateTextAr = "", IssuerFr = "", IssuerAr = "",
    };
}
