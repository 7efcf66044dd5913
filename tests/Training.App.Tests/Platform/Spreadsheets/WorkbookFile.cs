using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Training.App.Tests.Platform.Spreadsheets;

/// <summary>
/// Writes workbooks part by part, shaped as Excel, LibreOffice and generators of all kinds shape them: shared and inline texts, styles,
/// dates as numbers, the 1904 calendar, the strict form, hidden sheets, merged titles, formulas with their saved value.
/// </summary>
internal sealed class WorkbookFile
{
    private const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    private readonly List<(string Name, string State, string Xml)> sheets = [];
    private readonly List<string> shared = [];

    /// <summary>True to write texts into a part of their own, as Excel does.</summary>
    public bool SharesTexts { get; init; } = true;

    public bool From1904 { get; init; }

    public bool IsStrict { get; init; }

    /// <summary>Parts that no list needs: macros, links to elsewhere.</summary>
    public Dictionary<string, string> Extra { get; } = [];

    private string Main => IsStrict ? Strict : Transitional;

    private string Relations => IsStrict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A value that the sheet holds as a number with a date's format.</summary>
    public static object Day(int year, int month, int day) => new DateOnly(year, month, day);

    /// <summary>Adds a sheet; a null row is left out, so that its number is missing in the file.</summary>
    public WorkbookFile Sheet(string name, params object?[]?[] rows) => Sheet(name, "visible", rows);

    public WorkbookFile Sheet(string name, string state, object?[]?[] rows, string? merge = null)
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] is not { } cells) continue;
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row + 1}\" spans=\"1:9\">");
            for (var column = 0; column < cells.Length; column++)
                if (cells[column] is { } value) xml.Append(Cell($"{(char)('A' + column)}{row + 1}", value));
            xml.Append("</row>");
        }
        xml.Append("</sheetData>").Append(merge is null ? "" : $"<mergeCells count=\"1\"><mergeCell ref=\"{merge}\"/></mergeCells>").Append("</worksheet>");
        return Raw(name, xml.ToString(), state);
    }

    /// <summary>Adds a sheet whose markup is given.</summary>
    public WorkbookFile Raw(string name, string xml, string state = "visible")
    {
        sheets.Add((name, state, xml));
        return this;
    }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                + (SharesTexts ? "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>" : "")
                + string.Concat(sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")) + "</Types>");
            Write(zip, "_rels/.rels", Relation("rId1", "officeDocument", "xl/workbook.xml"));
            Write(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr{(From1904 ? " date1904=\"1\"" : "")}/><sheets>"
                + string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\"{(sheet.State == "visible" ? "" : $" state=\"{sheet.State}\"")} r:id=\"rId{i + 1}\"/>")) + "</sheets></workbook>");
            Write(zip, "xl/_rels/workbook.xml.rels", Relation(
                [.. sheets.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")), ("rId90", "styles", "styles.xml"), .. SharesTexts ? [("rId91", "sharedStrings", "sharedStrings.xml")] : Array.Empty<(string, string, string)>()]));
            Write(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[$-40C]dd\\/mm\\/yyyy;@\"/></numFmts><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
                + "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            if (SharesTexts) Write(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\" count=\"{shared.Count}\">{string.Concat(shared)}</sst>");
            for (var i = 0; i < sheets.Count; i++) Write(zip, $"xl/worksheets/sheet{i + 1}.xml", sheets[i].Xml);
            foreach (var (name, text) in Extra) Write(zip, name, text);
        }
        return file.ToArray();
    }

    private string Cell(string reference, object value) => value switch
    {
        DateOnly day => Number(reference, day.ToDateTime(TimeOnly.MinValue).ToOADate() - (From1904 ? 1462 : 0), day.Day % 2 + 1),
        int or long or double => Number(reference, Convert.ToDouble(value, CultureInfo.InvariantCulture), 0),
        Formula formula => $"<c r=\"{reference}\" t=\"str\"><f>{SecurityElement.Escape(formula.Text)}</f><v>{SecurityElement.Escape(formula.Saved)}</v></c>",
        string text when SharesTexts => $"<c r=\"{reference}\" t=\"s\"><v>{Share(text)}</v></c>",
        string text => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
        _ => throw new ArgumentException($"No cell holds a {value.GetType().Name}."),
    };

    /// <summary>A formula with the value that was saved with it.</summary>
    internal sealed record Formula(string Text, string Saved);

    private static string Number(string reference, double value, int style) =>
        $"<c r=\"{reference}\"{(style == 0 ? "" : $" s=\"{style}\"")}><v>{value.ToString("R", CultureInfo.InvariantCulture)}</v></c>";

    /// <summary>The first words of a shared text may be set in another face, and be given a pronunciation.</summary>
    private int Share(string text)
    {
        var space = text.IndexOf(' ');
        shared.Add(space < 0
            ? $"<si><t>{SecurityElement.Escape(text)}</t></si>"
            : $"<si><r><rPr><b/></rPr><t xml:space=\"preserve\">{SecurityElement.Escape(text[..space])}</t></r><r><t xml:space=\"preserve\">{SecurityElement.Escape(text[space..])}</t></r><rPh sb=\"0\" eb=\"1\"><t>zz</t></rPh></si>");
        return shared.Count - 1;
    }

    private string Relation(string id, string type, string target) => Relation([(id, type, target)]);

    private string Relation((string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(relation => $"<Relationship Id=\"{relation.Id}\" Type=\"{Relations}/{relation.Type}\" Target=\"{relation.Target}\"/>")) + "</Relationships>";

    private static void Write(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + text);
    }
}
