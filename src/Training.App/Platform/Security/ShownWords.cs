using System.Numerics;
using System.Text.Json;
using Training.Domain.Registry;

namespace Training.App.Platform.Security;

/// <summary>The parts of a file in stable words.</summary>
internal static class ShownWords
{
    private static readonly ShownParts[] Single = [.. Enum.GetValues<ShownParts>().Where(part => BitOperations.IsPow2((int)part))];

    /// <summary>One word a part, in the order of the file.</summary>
    public static IReadOnlyList<string> Words(this ShownParts parts) =>
        [.. Single.Where(part => parts.HasFlag(part)).Select(part => JsonNamingPolicy.CamelCase.ConvertName(part.ToString()))];
}
