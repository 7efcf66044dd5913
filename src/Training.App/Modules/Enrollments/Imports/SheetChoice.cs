using System.Text.Json;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>What a person said of a list whose columns were unclear.</summary>
/// <param name="Sheet">Name of the sheet; null in a text file, or where the workbook has one that fits.</param>
/// <param name="HeaderRow">The row of the headings as the user sees it; 0 when the list has none.</param>
/// <param name="Columns">What each column holds, in the order of the file, null for one that is not read; empty where the headings say it.</param>
internal sealed record SheetChoice(string? Sheet, int HeaderRow, IReadOnlyList<ImportField?> Columns)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>As it is stored with the import.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads a stored choice; null when none was made.</summary>
    public static SheetChoice? Of(string? text) => text is null ? null : JsonSerializer.Deserialize<SheetChoice>(text, Format);
}
