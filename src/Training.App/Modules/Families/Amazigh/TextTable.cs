using System.Text.Json;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Modules.Families.Amazigh;

/// <summary>The table a translator works on: key, where the text stands, Arabic, French, Amazigh.</summary>
internal static class TextTable
{
    /// <summary>The headings by which a column is found again, in whatever order the translator has left them.</summary>
    public const string KeyHeading = "key", AmazighHeading = "ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh)";

    /// <summary>Most rows that are looked at.</summary>
    private const int RowsMax = 2000;

    /// <summary>Most faulty rows that are named at once.</summary>
    private const int FaultsMax = 100;

    /// <summary>Writes it with the texts that are there.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, string> known, Texts texts)
    {
        using var file = new MemoryStream();
        using (var workbook = new WorkbookWriter(file, texts["families.amazigh.sheet"], Languages.Current == "ar", headingRow: 1, [34, 30, 60, 60, 60], []))
        {
            workbook.Row([.. new[] { KeyHeading, texts["families.amazigh.where"], "العربية", "Français", AmazighHeading }.Select(name => new WrittenCell(name, CellLook.Heading))]);
            foreach (var (key, part) in Texts.ForFamilies)
            {
                workbook.Row([.. new[] { key, texts[$"families.amazigh.place.{part.Place}"], Texts.Said(key, Languages.Arabic)!, Texts.Said(key, Languages.French)!, known.GetValueOrDefault(key, "") }
                    .Select(text => new WrittenCell(text, CellLook.Text))]);
            }
            workbook.Complete();
        }
        return file.ToArray();
    }

    /// <summary>Reads and checks it.</summary>
    /// <returns>The texts by their keys; or what is wrong, by the row as the user sees it.</returns>
    public static Result<Dictionary<string, string>> Read(byte[] file)
    {
        if (file.Length == 0) return Error.Of(ErrorKind.Invalid, "fileEmpty");
        if (FileKind.FaultOf(file.AsSpan(0, Math.Min(file.Length, FileKind.SampleSize))) is { } fault) return Error.Of(ErrorKind.Invalid, fault);
        if (!FileKind.IsZip(file)) return Error.Of(ErrorKind.Invalid, "notWorkbook");
        try
        {
            using var workbook = new Workbook(new MemoryStream(file, writable: false));
            using var rows = workbook.Rows(workbook.Sheets.FirstOrDefault(sheet => !sheet.IsHidden) ?? workbook.Sheets[0]);
            return ReadRows(rows);
        }
        catch (WorkbookException broken)
        {
            return Error.Of(ErrorKind.Invalid, broken.Code);
        }
    }

    /// <summary>The texts of a version.</summary>
    public static Dictionary<string, string> TextsOf(AmazighVersion? version) =>
        version is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(version.Content)!;

    private static Result<Dictionary<string, string>> ReadRows(TableRows rows)
    {
        var parts = Texts.ForFamilies.ToDictionary(text => text.Key, text => text.Part);
        var read = new Dictionary<string, string>();
        var seen = new HashSet<string>();
        var faults = new Faults();
        var (keyColumn, amazighColumn) = FindColumns(rows);
        if (keyColumn < 0) return Error.Of(ErrorKind.Invalid, "amazighHeadings");
        while (rows.Read())
        {
            if (rows.IsBlank) continue;
            if (rows.Row > RowsMax) return Error.Of(ErrorKind.Invalid, "workbookTooLarge");
            if (faults.Count >= FaultsMax) break;
            var field = $"rows[{rows.Row}]";
            var key = rows.Cell(keyColumn).ToString();
            if (rows.Fault == TableFault.CellTooLong) faults.Add(field, "tooLong", ("max", TableRows.CellMax));
            else if (!parts.TryGetValue(key, out var part)) faults.Add(field, "unknownTextKey");
            else if (!seen.Add(key)) faults.Add(field, "givenTwice");
            else if (AmazighText.Check(rows.Cell(amazighColumn).ToString(), Texts.Said(key, Languages.Arabic)!, Texts.Said(key, Languages.French)!, part.Sms, field, faults) is { } text) read[key] = text;
        }
        return faults.None ? read : faults.ToError();
    }

    /// <summary>The columns of keys and of Amazigh, in the first row that has them.</summary>
    private static (int Key, int Amazigh) FindColumns(TableRows rows)
    {
        const int headingsWithin = 20;
        while (rows.Row < headingsWithin && rows.Read())
        {
            var (key, amazigh) = (-1, -1);
            for (var column = 0; column < rows.CellCount; column++)
            {
                var heading = rows.Cell(column);
                if (heading.Equals(KeyHeading, StringComparison.OrdinalIgnoreCase)) key = column;
                else if (heading.SequenceEqual(AmazighHeading)) amazigh = column;
            }
            if (key >= 0 && amazigh >= 0) return (key, amazigh);
        }
        return (-1, -1);
    }
}
