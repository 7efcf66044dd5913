using Training.Domain.Directory;

namespace Training.Domain.Reporting;

/// <summary>
/// The ages of an edition cut at every date at which a band of age or a football category begins: one small number then tells both,
/// and figures are kept once for the two. Cohort 0 is the youngest.
/// </summary>
public sealed class Cohorts
{
    /// <summary>How many cohorts an edition has at most: three steps between bands, and eight between categories.</summary>
    public const int Max = 12;

    private readonly DateOnly[] cuts;
    private readonly (AgeBand Band, AgeCategory? Category)[] cohorts;

    /// <summary>The cohorts of an edition.</summary>
    public Cohorts(Edition edition)
    {
        AgeBand[] older = [AgeBand.From11To13, AgeBand.From14To15, AgeBand.From16To18];
        // Who was born on the day of a category's limit is still in it; who was born on the day of a band's is in the band above.
        cuts = [.. older.Select(band => AgeBands.BornUntil(band, edition.AgeReferenceDate).AddDays(1))
            .Concat(AgeCategory.All.Select(category => new DateOnly(edition.SeasonEndYear - category.Number, 1, 1)))
            .Distinct().OrderDescending()];
        cohorts = [.. cuts.Append(DateOnly.MinValue).Select(first => (AgeBands.Of(edition.AgeOf(first)), edition.CategoryOf(first)))];
    }

    /// <summary>First birth date of each cohort but the last, youngest cohort first: who was born on it or later, and is in no younger cohort, is in it.</summary>
    public IReadOnlyList<DateOnly> Cuts => cuts;

    /// <summary>How many there are.</summary>
    public int Count => cohorts.Length;

    /// <summary>The cohort of a birth date.</summary>
    public int Of(DateOnly birthDate)
    {
        var cohort = 0;
        while (cohort < cuts.Length && birthDate < cuts[cohort]) cohort++;
        return cohort;
    }

    /// <summary>The band of age of a cohort.</summary>
    public AgeBand BandOf(int cohort) => cohorts[cohort].Band;

    /// <summary>The football category of a cohort; null outside football and for who is too old for all.</summary>
    public AgeCategory? CategoryOf(int cohort) => cohorts[cohort].Category;
}
