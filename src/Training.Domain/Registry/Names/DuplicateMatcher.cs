namespace Training.Domain.Registry.Names;

/// <summary>
/// Says whether two files may be of one person. It never decides to merge or refuse: names here are few and spelled in many
/// ways, so true homonyms are flagged too and a person looks.
/// </summary>
/// <remarks>
/// The one rule for whom a child is compared with, the same at every door (form, API, list, nightly sweep). Any of these is enough:
/// the same sex and a birth date of <see cref="BirthDateBlocks"/>; a guardian with the same phone; an equal Massar code, FIFA
/// Connect ID, or licence number with the same birth date. Nobody else can get a verdict other than different, since another
/// birth date is forgiven only within one family.
/// </remarks>
public static class DuplicateMatcher
{
    /// <summary>
    /// Compares two files. An equal Massar or FIFA code is certain; a conflicting one vetoes. A licence number is unique only per
    /// season and league: equal, it is certain together with the birth date; different, it says nothing.
    /// </summary>
    public static MatchResult Compare(in PersonFacts a, in PersonFacts b)
    {
        var reasons = Codes(a, b);
        if (reasons.HasFlag(MatchReasons.ConflictingCode))
            // One code says the same child and another says not: someone typed one of them wrong.
            return new(HasCertainCode(reasons) ? MatchVerdict.Possible : MatchVerdict.Different, reasons);
        if (HasCertainCode(reasons)) return new(MatchVerdict.Certain, reasons);
        if (a.IsFemale is { } femaleA && b.IsFemale is { } femaleB && femaleA != femaleB) return OfTwoSexes(a, b, reasons | MatchReasons.DifferentSex);

        var dates = Dates(a.BirthDate, b.BirthDate);
        var shared = SharesPhone(a, b);
        reasons |= dates;
        if (shared) reasons |= MatchReasons.SharedGuardianPhone;
        // Brothers carry the same family name and phone, homonyms the same names: with another birth date it takes all of them.
        if (dates.HasFlag(MatchReasons.DifferentBirthDate) && !shared) return new(MatchVerdict.Different, reasons);

        var (given, family, swapped) = Names(a, b);
        if (swapped) reasons |= MatchReasons.NameOrderSwapped;
        if (family <= NameCloseness.Part || given == NameCloseness.Different)
        {
            var twins = shared && family > NameCloseness.Part && dates.HasFlag(MatchReasons.SameBirthDate);
            return new(MatchVerdict.Different, reasons | MatchReasons.DifferentName | (twins ? MatchReasons.Twins : 0));
        }
        if (shared && given == NameCloseness.Similar && !SameOrTypo(a, b, swapped))
        {
            // Twins are often given names that sound alike (Hafsa and Hafida); so in one family a likeness is not enough.
            var twins = dates.HasFlag(MatchReasons.SameBirthDate) ? MatchReasons.Twins : 0;
            return new(MatchVerdict.Different, reasons | MatchReasons.DifferentName | twins);
        }
        // Exchanged names under another date are an uncle's and a nephew's, each named after the other's father.
        if (dates.HasFlag(MatchReasons.DifferentBirthDate) && (given < NameCloseness.Same || swapped))
            return new(MatchVerdict.Different, reasons | MatchReasons.SimilarName);

        reasons |= given == NameCloseness.Part ? MatchReasons.PartOfGivenName
            : given == NameCloseness.Same && family == NameCloseness.Same ? MatchReasons.SameName
            : MatchReasons.SimilarName;
        return new(MatchVerdict.Possible, reasons);
    }

    /// <summary>A sex is mistyped more often than a family gives twins one name: where all else agrees, a person looks. Amine and Amina are twins.</summary>
    private static MatchResult OfTwoSexes(in PersonFacts a, in PersonFacts b, MatchReasons reasons)
    {
        if (a.BirthDate != b.BirthDate || !SharesPhone(a, b)) return new(MatchVerdict.Different, reasons);
        if (!WrittenAlike(a.Given, b.Given) || !WrittenAlike(a.Family, b.Family)) return new(MatchVerdict.Different, reasons);
        return new(MatchVerdict.Possible, reasons | Dates(a.BirthDate, b.BirthDate) | MatchReasons.SharedGuardianPhone | MatchReasons.SameName);
    }

    private static bool WrittenAlike(NameForms a, NameForms b) =>
        a.Latin.Length > 0 && b.Latin.Length > 0 ? a.Latin == b.Latin : a.Arabic.Length > 0 && a.Arabic == b.Arabic;

    private static bool HasCertainCode(MatchReasons reasons) =>
        (reasons & MatchReasonSets.EqualCodes) != 0;

    private static MatchReasons Codes(in PersonFacts a, in PersonFacts b)
    {
        var reasons = Code(a.MassarCode, b.MassarCode, MatchReasons.SameMassarCode) | Code(a.FifaId, b.FifaId, MatchReasons.SameFifaId);
        if (!string.IsNullOrEmpty(a.LicenceNumber) && a.BirthDate == b.BirthDate &&
            string.Equals(a.LicenceNumber, b.LicenceNumber, StringComparison.OrdinalIgnoreCase)) reasons |= MatchReasons.SameLicence;
        return reasons;
    }

    private static MatchReasons Code(string? a, string? b, MatchReasons same)
    {
        if (string.IsNullOrEmpty(a) || string.IsNullOrEmpty(b)) return MatchReasons.None;
        return string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? same : MatchReasons.ConflictingCode;
    }

    private static MatchReasons Dates(DateOnly a, DateOnly b)
    {
        var unknownDay = a is { Day: 1, Month: 1 } || b is { Day: 1, Month: 1 } ? MatchReasons.UnknownBirthDay : MatchReasons.None;
        if (a == b) return MatchReasons.SameBirthDate | unknownDay;
        if (BirthDateBlocks.Swapped(a) == b) return MatchReasons.DayAndMonthSwapped | unknownDay;
        if (Math.Abs(a.DayNumber - b.DayNumber) == 1) return MatchReasons.OneDayApart | unknownDay;
        return MatchReasons.DifferentBirthDate | (a.Year == b.Year ? unknownDay : MatchReasons.None);
    }

    private static bool SharesPhone(in PersonFacts a, in PersonFacts b)
    {
        if (a.GuardianPhones is not { Count: > 0 } phonesA || b.GuardianPhones is not { Count: > 0 } phonesB) return false;
        for (var i = 0; i < phonesA.Count; i++)
            for (var j = 0; j < phonesB.Count; j++)
                if (!phonesA[i].IsEmpty && phonesA[i] == phonesB[j]) return true;
        return false;
    }

    private static (NameCloseness Given, NameCloseness Family, bool Swapped) Names(in PersonFacts a, in PersonFacts b)
    {
        var given = NameComparison.Compare(a.Given, b.Given);
        var family = NameComparison.Compare(a.Family, b.Family);
        if (given > NameCloseness.Different && family > NameCloseness.Part) return (given, family, false);
        var crossedGiven = NameComparison.Compare(a.Given, b.Family);
        if (crossedGiven <= NameCloseness.Part) return (given, family, false);
        var crossedFamily = NameComparison.Compare(a.Family, b.Given);
        return crossedFamily <= NameCloseness.Part ? (given, family, false) : (crossedGiven, crossedFamily, true);
    }

    private static bool SameOrTypo(in PersonFacts a, in PersonFacts b, bool swapped)
    {
        const double typo = 0.94;
        var other = swapped ? b.Family : b.Given;
        var latin = a.Given.Latin.Length > 0 && other.Latin.Length > 0;
        var arabic = a.Given.ArabicKey.Length > 0 && other.ArabicKey.Length > 0;
        // Written in one script each, names can be no more than alike: one that reads as the other is that name.
        if (!latin && !arabic) return true;
        return (latin && NameComparison.LatinAlike(a.Given, other) && JaroWinkler.Similarity(a.Given.Latin, other.Latin) >= typo)
            || (arabic && JaroWinkler.Similarity(a.Given.ArabicKey, other.ArabicKey) >= typo);
    }
}
