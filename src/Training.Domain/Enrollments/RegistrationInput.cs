using Training.Domain.Registry;

namespace Training.Domain.Enrollments;

/// <summary>What somebody typed to register a child; every door (form, API, import row) fills the same record.</summary>
public sealed record RegistrationInput
{
    /// <summary>Given name, Latin letters; null when not given.</summary>
    public string? GivenName { get; init; }

    /// <summary>Family name, Latin letters; null when not given.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Given name, Arabic letters; null when not given.</summary>
    public string? GivenNameAr { get; init; }

    /// <summary>Family name, Arabic letters; null when not given.</summary>
    public string? FamilyNameAr { get; init; }

    /// <summary>Birth date; null when not given.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Sex; null when not given.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Province of residence; null when not given.</summary>
    public int? ProvinceId { get; init; }

    /// <summary>Massar school code; null when not given.</summary>
    public string? MassarCode { get; init; }

    /// <summary>FIFA Connect ID; null when not given.</summary>
    public string? FifaId { get; init; }

    /// <summary>FRMF licence number; null when not given.</summary>
    public string? LicenceNumber { get; init; }

    /// <summary>Free note; null when not given.</summary>
    public string? Note { get; init; }

    /// <summary>The guardians, first contact first; at least one.</summary>
    public IReadOnlyList<GuardianInput> Guardians { get; init; } = [];

    /// <summary>Consents that came along; may be empty.</summary>
    public IReadOnlyList<ConsentInput> Consents { get; init; } = [];
}

/// <summary>A guardian as typed.</summary>
/// <param name="Name">Name in either script.</param>
/// <param name="Relationship">Capacity.</param>
/// <param name="Phone">Phone as typed; null or blank when none.</param>
/// <param name="NoPhone">True when the guardian says to have none.</param>
/// <param name="Language">Language of messages; Arabic when null.</param>
public sealed record GuardianInput(string? Name, Relationship? Relationship, string? Phone, bool NoPhone, FamilyLanguage? Language);

/// <summary>A consent as given.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Method">How proven.</param>
/// <param name="Guardian">Index in the guardians.</param>
/// <param name="GivenOn">The day (Africa/Casablanca).</param>
public sealed record ConsentInput(ConsentPurpose? Purpose, ConsentMethod? Method, int Guardian, DateOnly? GivenOn);
