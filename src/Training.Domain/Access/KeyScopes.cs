namespace Training.Domain.Access;

/// <summary>What an organisation's key may be used for, within its region or site.</summary>
[Flags]
public enum KeyScopes : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Looks at lists and files.</summary>
    Read = 1,

    /// <summary>Registers, imports, keeps attendance.</summary>
    Write = 2,

    /// <summary>Reads figures.</summary>
    Report = 4,

    /// <summary>All of it.</summary>
    All = Read | Write | Report,
}
