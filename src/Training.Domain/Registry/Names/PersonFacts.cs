using Training.Domain.Common;

namespace Training.Domain.Registry.Names;

/// <summary>What is known of one person when two files are compared. Nothing else enters the comparison.</summary>
public readonly record struct PersonFacts
{
    /// <summary>Given name.</summary>
    public required NameForms Given { get; init; }

    /// <summary>Family name.</summary>
    public required NameForms Family { get; init; }

    /// <summary>Birth date; 1 January may stand for an unknown day.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>True for a girl, false for a boy, null when unknown.</summary>
    public bool? IsFemale { get; init; }

    /// <summary>Massar school code, upper case; null when unknown.</summary>
    public string? MassarCode { get; init; }

    /// <summary>FIFA Connect ID, upper case; null when unknown.</summary>
    public string? FifaId { get; init; }

    /// <summary>Football licence number, free text; null when unknown. Unique only per season and league.</summary>
    public string? LicenceNumber { get; init; }

    /// <summary>Phones of the guardians; null or empty when none is known.</summary>
    public IReadOnlyList<PhoneNumber>? GuardianPhones { get; init; }
}
