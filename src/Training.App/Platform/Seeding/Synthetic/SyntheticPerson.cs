namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>An invented child and the guardian who signs. Spellings vary as they do on club lists.</summary>
internal sealed record SyntheticPerson
{
    /// <summary>Latin given name; null when the list has only Arabic.</summary>
    public required string? GivenName { get; init; }

    /// <summary>Latin family name; null when the list has only Arabic.</summary>
    public required string? FamilyName { get; init; }

    /// <summary>Arabic given name; null when the list has only Latin.</summary>
    public required string? GivenNameAr { get; init; }

    /// <summary>Arabic family name; null when the list has only Latin.</summary>
    public required string? FamilyNameAr { get; init; }

    /// <summary>Birth date; 1 January more often than chance, as where the day is unknown.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Girl or boy.</summary>
    public required bool IsFemale { get; init; }

    /// <summary>Massar school code, unique; null for those who gave none.</summary>
    public required string? MassarCode { get; init; }

    /// <summary>HCP code of the province where the family lives.</summary>
    public required string ProvinceCode { get; init; }

    /// <summary>Code of the site.</summary>
    public required string SiteCode { get; init; }

    /// <summary>Guardian's name in one script.</summary>
    public required string GuardianName { get; init; }

    /// <summary>Guardian's capacity.</summary>
    public required SyntheticRelationship Relationship { get; init; }

    /// <summary>Guardian's phone in E.164; one for the whole family, from ranges kept for invented people.</summary>
    public required string GuardianPhone { get; init; }

    /// <summary>True when the family is written to in French, false for Arabic.</summary>
    public required bool PrefersFrench { get; init; }

    /// <summary>Day of the signed paper; null when it has not come back yet.</summary>
    public required DateOnly? ConsentOn { get; init; }

    /// <summary>True for the second and later children of a family.</summary>
    public required bool IsSibling { get; init; }
}

/// <summary>Capacity of a guardian.</summary>
internal enum SyntheticRelationship
{
    Mother,
    Father,
    LegalGuardian,
}
