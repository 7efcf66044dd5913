using Training.Domain.Directory;
using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

/// <summary>One small number tells the band of age and the football category, exactly as each is told by itself.</summary>
internal sealed class CohortsTests
{
    private static readonly Edition Season = new()
    {
        Id = 1,
        Code = "football-2026",
        Track = Track.Football,
        NameFr = "",
        NameAr = "",
        Target = 1,
        AgeMin = 8,
        AgeMax = 18,
        AgeReferenceDate = new DateOnly(2026, 9, 1),
        StartsOn = new DateOnly(2026, 9, 15),
        EndsOn = new DateOnly(2027, 6, 30),
        DefaultGroupCapacity = 30,
        Completion = new CompletionRule(75, true),
        CertificateTextFr = "",
        CertificateTextAr = "",
        IssuerFr = "",
        IssuerAr = "",
    };

    [TestCase(2026, 9, 1)]
    [TestCase(2026, 12, 31)]
    [TestCase(2027, 1, 1)]
    [TestCase(2028, 2, 29)]
    public void Tell_the_band_and_the_category_of_every_birth_date(int year, int month, int day)
    {
        Season.AgeReferenceDate = new DateOnly(year, month, day);
        var cohorts = new Cohorts(Season);

        Assert.That(cohorts.Count, Is.LessThanOrEqualTo(Cohorts.Max));
        for (var birth = new DateOnly(year - 24, 1, 1); birth < new DateOnly(year - 5, 12, 31); birth = birth.AddDays(1))
        {
            var cohort = cohorts.Of(birth);
            if (cohorts.BandOf(cohort) != AgeBands.Of(Season.AgeOf(birth)) || cohorts.CategoryOf(cohort) != Season.CategoryOf(birth))
                Assert.Fail($"{birth:yyyy-MM-dd} is in cohort {cohort}");
        }
    }
}
