namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>Whose ids a door is tried with.</summary>
internal enum Side
{
    /// <summary>RSB itself, in region 02.</summary>
    Own,

    /// <summary>Another site of region 02.</summary>
    Neighbour,

    /// <summary>A site of another region, of the league LR-GC.</summary>
    Foreign,

    /// <summary>Another group of RSB.</summary>
    Sibling,

    /// <summary>A club of that other region, of its other league.</summary>
    OtherLeague,
}

/// <summary>Ids of one side, by the words that stand for them in doors and in what is sent.</summary>
/// <param name="Surname">Name of the side's children and guardians, of nobody else.</param>
/// <param name="Values">Ids by word.</param>
internal sealed record SideIds(string Surname, IReadOnlyDictionary<string, string> Values);
