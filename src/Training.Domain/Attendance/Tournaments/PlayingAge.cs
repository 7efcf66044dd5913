using Training.Domain.Directory;

namespace Training.Domain.Attendance.Tournaments;

/// <summary>
/// The birth dates that play in a category of a tournament. A category takes two birth years, less those of a smaller category that
/// plays in the same tournament: a child belongs to the smallest that fits.
/// </summary>
/// <param name="From">First birth date, inclusive: who was born before is too old.</param>
/// <param name="Until">Last birth date, inclusive: who was born after plays up, which a coordinator must allow.</param>
public readonly record struct PlayingAge(DateOnly From, DateOnly Until)
{
    private const int BirthYears = 2;

    /// <summary>The ages of a category.</summary>
    /// <param name="category">The category.</param>
    /// <param name="playing">Every category of the tournament.</param>
    /// <param name="seasonEndYear">The year in which the season ends.</param>
    public static PlayingAge Of(AgeCategory category, IEnumerable<AgeCategory> playing, int seasonEndYear)
    {
        var first = category.FirstBirthYear(seasonEndYear);
        var smaller = playing.Where(other => other.Number < category.Number).Select(other => other.FirstBirthYear(seasonEndYear));
        var after = smaller.Append(first + BirthYears).Min();
        return new PlayingAge(new DateOnly(first, 1, 1), new DateOnly(after, 1, 1).AddDays(-1));
    }

    /// <summary>True when a birth date plays in the category without asking.</summary>
    public bool Fits(DateOnly birthDate) => birthDate >= From && birthDate <= Until;
}
