namespace Training.Domain.Registry;

/// <summary>In what capacity a guardian acts.</summary>
public enum Relationship : byte
{
    /// <summary>Mother.</summary>
    Mother = 1,

    /// <summary>Father.</summary>
    Father = 2,

    /// <summary>Legal guardian.</summary>
    LegalGuardian = 3,

    /// <summary>Not stated, as in a list without such a column.</summary>
    NotStated = 5,

    /// <summary>An institution that has custody.</summary>
    Institution = 4,
}

/// <summary>The language a family is addressed in.</summary>
public enum FamilyLanguage : byte
{
    /// <summary>Arabic.</summary>
    Arabic = 1,

    /// <summary>French.</summary>
    French = 2,

    /// <summary>Amazigh.</summary>
    Amazigh = 3,
}

/// <summary>An adult responsible for one or more children. A phone number is never unique: families share it.</summary>
public sealed class Guardian
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 120;

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Name as given, either script.</summary>
    public required string Name { get; set; }

    /// <summary>Phone in E.164 form (<c>+2126…</c>); null when the guardian has none.</summary>
    public string? Phone { get; set; }

    /// <summary>The language of messages.</summary>
    public required FamilyLanguage Language { get; set; }

    /// <summary>When the guardian was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Ties a guardian to a child.</summary>
public sealed class Guardianship
{
    /// <summary>The child.</summary>
    public required int ParticipantId { get; init; }

    /// <summary>The guardian.</summary>
    public required int GuardianId { get; init; }

    /// <summary>The capacity.</summary>
    public required Relationship Relationship { get; set; }

    /// <summary>Order of contact, from 1.</summary>
    public required int Position { get; set; }
}
