namespace Training.Domain.Registry.Names;

/// <summary>The birth dates under which the same child may already be registered.</summary>
public static class BirthDateBlocks
{
    /// <summary>At most this many dates come out of <see cref="Write"/>.</summary>
    public const int MaxCount = 4;

    /// <summary>Writes the date itself, one day before and after, and the date with day and month exchanged where that is another date.</summary>
    /// <param name="birthDate">The date to look around.</param>
    /// <param name="target">Room for <see cref="MaxCount"/> dates.</param>
    /// <returns>How many were written; no date twice.</returns>
    public static int Write(DateOnly birthDate, Span<DateOnly> target)
    {
        target[0] = birthDate;
        var count = 1;
        if (birthDate > DateOnly.MinValue) target[count++] = birthDate.AddDays(-1);
        if (birthDate < DateOnly.MaxValue) target[count++] = birthDate.AddDays(1);
        if (Swapped(birthDate) is { } swapped && !target[..count].Contains(swapped)) target[count++] = swapped;
        return count;
    }

    /// <summary>The date with day and month exchanged; null when no calendar has it.</summary>
    public static DateOnly? Swapped(DateOnly date) =>
        date.Day <= 12 ? new DateOnly(date.Year, date.Day, date.Month) : null;
}
