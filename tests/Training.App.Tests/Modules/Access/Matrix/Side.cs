namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>Whose ids a door is tried with, seen from the people of RSB in region 02.</summary>
internal enum Side
{
    /// <summary>RSB itself.</summary>
    Own,

    /// <summary>Another site of region 02.</summary>
    Neighbour,

    /// <summary>A site of another region.</summary>
    Foreign,
}

/// <summary>Ids of one side, by the words that stand for them in doors and in what is sent.</summary>
/// <param name="Surname">Name of the side's children and guardians, of nobody else.</param>
/// <param name="Values">Ids by word.</param>
internal sealed record SideIds(string Surname, IReadOnlyDictionary<string, string> Values);
