using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>What a row or a file says that tells one child from another; names by their number in the <see cref="NameCache"/>.</summary>
/// <param name="Key">Row in the list, or key of the participant.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Sex">Sex.</param>
/// <param name="Given">Given name.</param>
/// <param name="Family">Family name.</param>
/// <param name="Codes">Official codes; null when there is none.</param>
internal readonly record struct Person(int Key, DateOnly BirthDate, Sex Sex, int Given, int Family, OfficialCodes? Codes)
{
    /// <summary>The child of a good row.</summary>
    public static Person Of(int row, Registration registration, NameCache names) => new(
        row, registration.BirthDate, registration.Sex,
        names.NumberOf(registration.Name.Given, registration.Name.GivenAr), names.NumberOf(registration.Name.Family, registration.Name.FamilyAr),
        OfficialCodes.Of(registration.MassarCode, registration.FifaId, registration.LicenceNumber));

    /// <summary>What the matcher compares.</summary>
    public PersonFacts Facts(NameCache names, IReadOnlyList<PhoneNumber> phones) => new()
    {
        Given = names[Given],
        Family = names[Family],
        BirthDate = BirthDate,
        IsFemale = Sex == Sex.Female,
        MassarCode = Codes?.Massar,
        FifaId = Codes?.Fifa,
        LicenceNumber = Codes?.Licence,
        GuardianPhones = phones,
    };
}

/// <summary>Official codes of a child; null where none was given.</summary>
internal sealed record OfficialCodes(string? Massar, string? Fifa, string? Licence)
{
    /// <summary>The codes, or null when there is none.</summary>
    public static OfficialCodes? Of(string? massar, string? fifa, string? licence) =>
        massar is null && fifa is null && licence is null ? null : new OfficialCodes(massar, fifa, licence);

    /// <summary>Keys under which a child with an equal code is found.</summary>
    public IEnumerable<(char Kind, string Code)> Keys()
    {
        if (Massar is not null) yield return ('m', Massar);
        if (Fifa is not null) yield return ('f', Fifa);
        if (Licence is not null) yield return ('l', Licence.ToUpperInvariant());
    }
}

/// <summary>What two children are to each other.</summary>
internal enum Likeness
{
    /// <summary>Two children.</summary>
    Different,

    /// <summary>Perhaps one: a person decides.</summary>
    Possible,

    /// <summary>One child beyond doubt: an equal official code that nothing contradicts, or the same birth date, sex, written name and guardian's phone.</summary>
    Same,
}

/// <summary>Judges pairs by the shared matcher.</summary>
internal sealed class PersonMatcher(NameCache names)
{
    public NameCache Names => names;

    /// <summary>What two children are to each other.</summary>
    public Likeness Compare(in Person a, IReadOnlyList<PhoneNumber> phonesA, in Person b, IReadOnlyList<PhoneNumber> phonesB)
    {
        var match = DuplicateMatcher.Compare(a.Facts(names, phonesA), b.Facts(names, phonesB));
        if (match.Verdict == MatchVerdict.Certain) return Contradict(a, b, match.Reasons) ? Likeness.Possible : Likeness.Same;
        if (match.Verdict == MatchVerdict.Different) return Likeness.Different;
        const MatchReasons same = MatchReasons.SameBirthDate | MatchReasons.SharedGuardianPhone;
        return (match.Reasons & same) == same && names.WrittenAlike(a.Given, b.Given) && names.WrittenAlike(a.Family, b.Family)
            ? Likeness.Same
            : Likeness.Possible;
    }

    /// <summary>
    /// An equal code beside another sex, or beside another name and another birth date, is rather a slip in the code: no list enrolls a
    /// child by it unasked. A licence number is free text, and some lists write their club's into every row: under another name it says little.
    /// </summary>
    private bool Contradict(in Person a, in Person b, MatchReasons reasons) =>
        a.Sex != b.Sex
        || (a.BirthDate != b.BirthDate && !names.Meet(a.Given, a.Family, b.Given, b.Family))
        || ((reasons & MatchReasonSets.EqualCodes) == MatchReasons.SameLicence && !(names.WrittenAlike(a.Given, b.Given) && names.WrittenAlike(a.Family, b.Family)));
}
