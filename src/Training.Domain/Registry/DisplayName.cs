namespace Training.Domain.Registry;

/// <summary>Names as they are shown: given name first, in both scripts.</summary>
public static class DisplayName
{
    /// <summary>The whole name; null when neither part is known.</summary>
    public static string? Join(string? given, string? family) =>
        string.IsNullOrWhiteSpace(given) && string.IsNullOrWhiteSpace(family) ? null : $"{given} {family}".Trim();

    /// <summary>Initials such as <c>Y. A.</c>, one a part; null when neither part is known.</summary>
    public static string? Initials(string? given, string? family)
    {
        var initials = new[] { given, family }.Select(First).OfType<string>().ToArray();
        return initials.Length == 0 ? null : string.Join(' ', initials);
    }

    private static string? First(string? part)
    {
        foreach (var rune in (part ?? "").EnumerateRunes())
        {
            if (System.Text.Rune.IsLetter(rune)) return $"{System.Text.Rune.ToUpperInvariant(rune)}.";
        }
        return null;
    }
}
