using Training.Domain.Common;

namespace Training.Domain.Access;

/// <summary>
/// Which passwords are refused: short ones and those that everybody tries. No rule asks for kinds of characters, which makes people
/// write <c>Password1!</c>.
/// </summary>
public static class PasswordRule
{
    /// <summary>Fewest characters.</summary>
    public const int Min = 12;

    /// <summary>Most characters.</summary>
    public const int Max = 256;

    /// <summary>Fewest different characters.</summary>
    private const int DifferentMin = 5;

    /// <summary>Longest run of a person's own name that a password may be made of.</summary>
    private const int NameMin = 4;

    /// <summary>Notes why a password is refused.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="own">What others know of the person: address and name.</param>
    /// <param name="isCommon">Says of letters alone whether everybody tries them.</param>
    /// <param name="faults">Where the faults are noted, at <c>password</c>.</param>
    public static void Check(string? password, IEnumerable<string> own, Func<string, bool> isCommon, Faults faults)
    {
        if (string.IsNullOrEmpty(password)) faults.Add("password", "missing");
        else if (password.Length < Min) faults.Add("password", "tooShort", ("min", Min));
        else if (password.Length > Max) faults.Add("password", "tooLong", ("max", Max));
        else if (IsGuessed(password, own, isCommon)) faults.Add("password", "passwordCommon");
    }

    private static bool IsGuessed(string password, IEnumerable<string> own, Func<string, bool> isCommon)
    {
        if (password.Distinct().Count() < DifferentMin) return true;
        var letters = Letters(password);
        // Digits alone are dates and telephone numbers.
        if (letters.Length == 0 || isCommon(letters)) return true;
        return own.SelectMany(text => text.Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries)).Select(Letters)
            .Where(word => word.Length >= NameMin).OrderByDescending(word => word.Length)
            .Aggregate(letters, (left, word) => left.Replace(word, "", StringComparison.Ordinal)).Length == 0;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter).Select(char.ToLowerInvariant));
}
