namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>What is wrong with a faulty row; each such row has one of these and nothing else wrong.</summary>
internal enum SyntheticFault
{
    /// <summary>No name in either script.</summary>
    MissingName,

    /// <summary>A birth date after the reference date.</summary>
    FutureBirthDate,

    /// <summary>A grown-up.</summary>
    TooOld,

    /// <summary>A guardian's phone of another country.</summary>
    ForeignPhone,

    /// <summary>No phone of the guardian.</summary>
    MissingPhone,

    /// <summary>A site code that no list has. Not used in a list without a site column.</summary>
    UnknownSite,

    /// <summary>31 February.</summary>
    ImpossibleDate,

    /// <summary>A question mark for the sex.</summary>
    UnknownSex,

    /// <summary>Digits for a name.</summary>
    DigitsForName,

    /// <summary>An identity card number after the family name.</summary>
    NationalIdInName,

    /// <summary>A family name longer than any field takes.</summary>
    CellTooLong,

    /// <summary>No guardian's name.</summary>
    MissingGuardian,
}

/// <summary>What was written.</summary>
/// <param name="Rows">Rows without the heading.</param>
/// <param name="Valid">Rows without a fault.</param>
/// <param name="Faults">Rows of each kind of fault, kinds without a row included.</param>
/// <param name="Siblings">Rows of second and later children of a family, faulty ones included.</param>
internal sealed record SyntheticSummary(int Rows, int Valid, IReadOnlyDictionary<SyntheticFault, int> Faults, int Siblings);
