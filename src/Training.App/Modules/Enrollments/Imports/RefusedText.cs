using System.Buffers;
using System.Text;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Writes refused rows as separated text, with the list's own delimiter and its lines above the headings.</summary>
internal static class RefusedText
{
    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789 .()");

    // Every delimiter that a spreadsheet may take the file to have, not this list's alone.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\"\r\n;,\t");

    public static async Task WriteAsync(RefusedList list, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        var line = new StringBuilder();
        foreach (var above in list.Sheet.Above) await LineAsync(above);
        await LineAsync([.. list.Headings, list.ReasonHeading]);
        foreach (var row in list.Rows()) await LineAsync([.. row.Cells.Select(cell => cell.Text), row.Reason]);

        async Task LineAsync(IReadOnlyList<string> cells)
        {
            foreach (var cell in cells) Cell(line, cell, list.Sheet.Delimiter);
            line.Length--;
            line.Append("\r\n");
            await writer.WriteAsync(line, cancellationToken);
            line.Clear();
        }
    }

    /// <summary>Writes a cell that no spreadsheet takes for a formula; a phone number in international form is none.</summary>
    internal static void Cell(StringBuilder line, ReadOnlySpan<char> text, char delimiter)
    {
        var formula = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !(text[0] == '+' && text[1..].IndexOfAnyExcept(PhoneCharacters) < 0);
        var quoted = text.IndexOfAny(Quoted) >= 0 || text.Contains(delimiter);
        if (quoted) line.Append('"');
        if (formula) line.Append('\'');
        if (quoted) line.Append(text).Replace("\"", "\"\"", line.Length - text.Length, text.Length).Append('"');
        else line.Append(text);
        line.Append(delimiter);
    }
}
