namespace Training.Domain.Access;

/// <summary>What an adult does in the programmes. A role is held within a scope.</summary>
public enum Role : byte
{
    /// <summary>National directorate: figures and settings of the whole country.</summary>
    Directorate = 1,

    /// <summary>Coordinator of a Jazari Institute for a region, or of a regional league for its clubs.</summary>
    Coordinator = 2,

    /// <summary>Coach of a club.</summary>
    Coach = 3,

    /// <summary>Facilitator of a youth house.</summary>
    Facilitator = 4,

    /// <summary>Operator of the system: sees no child.</summary>
    Operator = 5,

    /// <summary>An organisation's machine, by API key.</summary>
    Machine = 6,

    /// <summary>Assistant of one group: keeps its sheets, and sees nothing beyond it.</summary>
    Assistant = 7,
}
