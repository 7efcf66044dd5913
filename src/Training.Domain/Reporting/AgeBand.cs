namespace Training.Domain.Reporting;

/// <summary>
/// Age in completed years at the edition's reference date, in the bands of the figures (working assumption of the programme:
/// primary school, two steps of collège, lycée).
/// </summary>
public enum AgeBand : byte
{
    /// <summary>8 to 10, and anyone younger an edition may admit.</summary>
    From8To10 = 0,

    /// <summary>11 to 13.</summary>
    From11To13 = 1,

    /// <summary>14 and 15.</summary>
    From14To15 = 2,

    /// <summary>16 to 18, and anyone older an edition may admit.</summary>
    From16To18 = 3,
}

/// <summary>The bands' limits and public codes.</summary>
public static class AgeBands
{
    /// <summary>How many bands there are.</summary>
    public const int Count = 4;

    private static readonly (int From, int To)[] Limits = [(8, 10), (11, 13), (14, 15), (16, 18)];

    /// <summary>Every band, youngest first.</summary>
    public static IReadOnlyList<AgeBand> All { get; } = [AgeBand.From8To10, AgeBand.From11To13, AgeBand.From14To15, AgeBand.From16To18];

    /// <summary>The band of an age in completed years.</summary>
    public static AgeBand Of(int age)
    {
        for (var band = Count - 1; band > 0; band--)
        {
            if (age >= Limits[band].From) return (AgeBand)band;
        }
        return AgeBand.From8To10;
    }

    /// <summary>Youngest age of the band, inclusive, in completed years.</summary>
    public static int From(AgeBand band) => Limits[(int)band].From;

    /// <summary>Oldest age of the band, inclusive, in completed years.</summary>
    public static int To(AgeBand band) => Limits[(int)band].To;

    /// <summary>Public code, for instance <c>11-13</c>.</summary>
    public static string Code(AgeBand band) => FormattableString.Invariant($"{From(band)}-{To(band)}");

    /// <summary>The band with this code; null when there is none.</summary>
    public static AgeBand? Parse(string? code)
    {
        foreach (var band in All)
        {
            if (Code(band) == code?.Trim()) return band;
        }
        return null;
    }

    /// <summary>Last birth date that is at least as old as the band's youngest age on the reference date: on or before it one is in the band or older.</summary>
    public static DateOnly BornUntil(AgeBand band, DateOnly referenceDate) => referenceDate.AddYears(-From(band));
}
