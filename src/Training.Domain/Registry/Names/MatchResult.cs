namespace Training.Domain.Registry.Names;

/// <summary>What the comparison of two files says. Only a person merges or refuses.</summary>
public enum MatchVerdict
{
    /// <summary>Two people, as far as the facts go.</summary>
    Different,

    /// <summary>Perhaps one person: someone looks at both files.</summary>
    Possible,

    /// <summary>One person: the same official code.</summary>
    Certain,
}

/// <summary>The facts behind a verdict; each has a stable code (<see cref="MatchResult.Codes"/>).</summary>
[Flags]
public enum MatchReasons
{
    /// <summary>Nothing in common was found.</summary>
    None = 0,

    /// <summary>The same Massar code.</summary>
    SameMassarCode = 1 << 0,

    /// <summary>The same FIFA Connect ID.</summary>
    SameFifaId = 1 << 1,

    /// <summary>The same licence number and birth date.</summary>
    SameLicence = 1 << 2,

    /// <summary>Two different official codes of one kind.</summary>
    ConflictingCode = 1 << 3,

    /// <summary>One is a girl, the other a boy.</summary>
    DifferentSex = 1 << 4,

    /// <summary>The same birth date.</summary>
    SameBirthDate = 1 << 5,

    /// <summary>Day and month exchanged.</summary>
    DayAndMonthSwapped = 1 << 6,

    /// <summary>One day apart.</summary>
    OneDayApart = 1 << 7,

    /// <summary>The birth dates differ in another way.</summary>
    DifferentBirthDate = 1 << 8,

    /// <summary>The names are written alike.</summary>
    SameName = 1 << 9,

    /// <summary>The names sound alike.</summary>
    SimilarName = 1 << 10,

    /// <summary>Given and family name exchanged.</summary>
    NameOrderSwapped = 1 << 11,

    /// <summary>One file has only a part of a compound given name.</summary>
    PartOfGivenName = 1 << 12,

    /// <summary>The names differ.</summary>
    DifferentName = 1 << 13,

    /// <summary>A guardian with the same phone.</summary>
    SharedGuardianPhone = 1 << 14,

    /// <summary>Same birth date, guardian and family name, other given name.</summary>
    Twins = 1 << 15,

    /// <summary>One birth date is 1 January, which may stand for an unknown day.</summary>
    UnknownBirthDay = 1 << 16,
}

/// <summary>Reasons that belong together.</summary>
public static class MatchReasonSets
{
    /// <summary>An official code that is the same.</summary>
    public const MatchReasons EqualCodes = MatchReasons.SameMassarCode | MatchReasons.SameFifaId | MatchReasons.SameLicence;

    /// <summary>What speaks against one child.</summary>
    public const MatchReasons Against =
        MatchReasons.ConflictingCode | MatchReasons.DifferentSex | MatchReasons.DifferentBirthDate | MatchReasons.DifferentName | MatchReasons.Twins;
}

/// <summary>A verdict and the facts that explain it in one sentence.</summary>
/// <param name="Verdict">What the comparison says.</param>
/// <param name="Reasons">The facts behind it.</param>
public readonly record struct MatchResult(MatchVerdict Verdict, MatchReasons Reasons)
{
    /// <summary>The stable codes of <see cref="Reasons"/> in camelCase, in a fixed order.</summary>
    public IReadOnlyList<string> Codes()
    {
        var codes = new List<string>();
        foreach (var reason in Enum.GetValues<MatchReasons>())
        {
            if (reason == MatchReasons.None || !Reasons.HasFlag(reason)) continue;
            var name = reason.ToString();
            codes.Add(char.ToLowerInvariant(name[0]) + name[1..]);
        }
        return codes;
    }
}
