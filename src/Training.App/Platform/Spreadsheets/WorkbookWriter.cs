using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Training.App.Platform.Spreadsheets;

/// <summary>How a cell looks; the order is that of the formats in the written styles.</summary>
internal enum CellLook
{
    Plain,
    Heading,
    Text,
    Day,
    FaultyText,
    FaultyDay,
    Reason,
    Number,
    FaultyNumber,
}

/// <summary>A cell to be written.</summary>
/// <param name="Text">Its text, or a day as <c>yyyy-MM-dd</c>.</param>
/// <param name="Look">How it looks; a day look needs a day, a number look a number as XML writes it.</param>
/// <param name="Comment">What is said of it; null when nothing is.</param>
internal readonly record struct WrittenCell(string Text, CellLook Look, string? Comment = null);

/// <summary>Values that are proposed in a column.</summary>
/// <param name="Column">The column, from 0.</param>
/// <param name="Values">The values; another one may be typed all the same.</param>
internal sealed record DropDown(int Column, IReadOnlyList<string> Values);

/// <summary>
/// Writes a workbook of one list, row by row. No cell is ever a formula: every text is written as text in the text format, so that it
/// stays one when somebody edits it.
/// </summary>
internal sealed class WorkbookWriter : IDisposable
{
    private const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string ListsSheet = "Listes";

    /// <summary>Excel becomes slow with many comments; the reasons stand in a column too.</summary>
    private const int CommentsMax = 5_000;

    private readonly ZipArchive zip;
    private readonly string name;
    private readonly bool isRightToLeft;
    private readonly IReadOnlyList<DropDown> dropDowns;
    private readonly List<(int Row, int Column, string Text)> comments = [];
    private readonly XmlWriter sheet;
    private readonly int headingRow;
    private readonly int columns;
    private int row;

    /// <summary>Begins a workbook.</summary>
    /// <param name="target">Where it is written; stays its owner's.</param>
    /// <param name="name">Name of the sheet.</param>
    /// <param name="isRightToLeft">True to show the first column on the right.</param>
    /// <param name="headingRow">The row that stays in view, from 1.</param>
    /// <param name="widths">Widths of the columns, in characters.</param>
    /// <param name="dropDowns">Values proposed below the headings.</param>
    public WorkbookWriter(Stream target, string name, bool isRightToLeft, int headingRow, IReadOnlyList<int> widths, IReadOnlyList<DropDown> dropDowns)
    {
        (this.name, this.isRightToLeft, this.headingRow, this.dropDowns) = (name, isRightToLeft, headingRow, [.. dropDowns.Where(list => list.Values.Count > 0)]);
        columns = widths.Count;
        zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        sheet = Part("xl/worksheets/sheet1.xml");
        BeginSheet(widths);
    }

    /// <summary>Writes the next row.</summary>
    public void Row(IReadOnlyList<WrittenCell> cells)
    {
        row++;
        sheet.WriteStartElement("row");
        sheet.WriteAttributeString("r", Text(row));
        for (var column = 0; column < cells.Count; column++) Cell(cells[column], column);
        sheet.WriteEndElement();
    }

    /// <summary>Writes what follows the rows; to be called once, at the end.</summary>
    public void Complete()
    {
        EndSheet();
        if (comments.Count > 0) WorkbookComments.Write(zip, comments);
        if (dropDowns.Count > 0) WriteLists();
        WriteStyles();
        WritePackage();
    }

    public void Dispose()
    {
        sheet.Dispose();
        zip.Dispose();
    }

    /// <summary>Begins a part of the package.</summary>
    internal static XmlWriter Part(ZipArchive zip, string name) => XmlWriter.Create(
        zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true, CheckCharacters = false });

    /// <summary>A text without what no workbook can hold.</summary>
    internal static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where(XmlConvert.IsXmlChar));

    private XmlWriter Part(string part) => Part(zip, part);

    private void BeginSheet(IReadOnlyList<int> widths)
    {
        sheet.WriteStartElement("worksheet", Namespace);
        sheet.WriteAttributeString("xmlns", "r", null, "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        sheet.WriteStartElement("sheetViews");
        sheet.WriteStartElement("sheetView");
        if (isRightToLeft) sheet.WriteAttributeString("rightToLeft", "1");
        sheet.WriteAttributeString("tabSelected", "1");
        sheet.WriteAttributeString("workbookViewId", "0");
        sheet.WriteStartElement("pane");
        sheet.WriteAttributeString("ySplit", Text(headingRow));
        sheet.WriteAttributeString("topLeftCell", $"A{Text(headingRow + 1)}");
        sheet.WriteAttributeString("activePane", "bottomLeft");
        sheet.WriteAttributeString("state", "frozen");
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteStartElement("cols");
        for (var column = 0; column < widths.Count; column++)
        {
            sheet.WriteStartElement("col");
            sheet.WriteAttributeString("min", Text(column + 1));
            sheet.WriteAttributeString("max", Text(column + 1));
            sheet.WriteAttributeString("width", Text(widths[column]));
            sheet.WriteAttributeString("customWidth", "1");
            sheet.WriteEndElement();
        }
        sheet.WriteEndElement();
        sheet.WriteStartElement("sheetData");
    }

    private void Cell(in WrittenCell cell, int column)
    {
        if (cell.Comment is { } comment && comments.Count < CommentsMax) comments.Add((row, column, comment));
        if (cell.Text.Length == 0 && cell.Look is CellLook.Plain or CellLook.Text) return;
        sheet.WriteStartElement("c");
        sheet.WriteAttributeString("r", Reference(column, row));
        var day = cell.Look is CellLook.Day or CellLook.FaultyDay ? DateOnly.ParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : default(DateOnly?);
        sheet.WriteAttributeString("s", Text((int)cell.Look));
        if (day is { } number)
        {
            sheet.WriteElementString("v", Text((int)number.ToDateTime(TimeOnly.MinValue).ToOADate()));
        }
        else if (cell.Look is CellLook.Number or CellLook.FaultyNumber)
        {
            sheet.WriteElementString("v", cell.Text);
        }
        else
        {
            sheet.WriteAttributeString("t", "inlineStr");
            sheet.WriteStartElement("is");
            sheet.WriteStartElement("t");
            sheet.WriteAttributeString("xml", "space", null, "preserve");
            sheet.WriteString(Clean(cell.Text));
            sheet.WriteEndElement();
            sheet.WriteEndElement();
        }
        sheet.WriteEndElement();
    }

    private void EndSheet()
    {
        sheet.WriteEndElement();
        sheet.WriteStartElement("autoFilter");
        sheet.WriteAttributeString("ref", $"A{Text(headingRow)}:{Reference(columns - 1, Math.Max(row, headingRow))}");
        sheet.WriteEndElement();
        if (dropDowns.Count > 0)
        {
            sheet.WriteStartElement("dataValidations");
            sheet.WriteAttributeString("count", Text(dropDowns.Count));
            for (var i = 0; i < dropDowns.Count; i++)
            {
                var (column, letter) = (dropDowns[i].Column, Letter(i));
                sheet.WriteStartElement("dataValidation");
                sheet.WriteAttributeString("type", "list");
                sheet.WriteAttributeString("allowBlank", "1");
                sheet.WriteAttributeString("sqref", $"{Reference(column, headingRow + 1)}:{Reference(column, Math.Max(row, headingRow + 1))}");
                sheet.WriteElementString("formula1", $"{ListsSheet}!${letter}$1:${letter}${Text(dropDowns[i].Values.Count)}");
                sheet.WriteEndElement();
            }
            sheet.WriteEndElement();
        }
        if (comments.Count > 0)
        {
            sheet.WriteStartElement("legacyDrawing");
            sheet.WriteAttributeString("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "rId1");
            sheet.WriteEndElement();
        }
        sheet.WriteEndElement();
        sheet.Dispose();
    }

    private void WriteLists()
    {
        using var lists = Part("xl/worksheets/sheet2.xml");
        lists.WriteStartElement("worksheet", Namespace);
        lists.WriteStartElement("sheetData");
        for (var i = 0; i < dropDowns.Max(list => list.Values.Count); i++)
        {
            lists.WriteStartElement("row");
            lists.WriteAttributeString("r", Text(i + 1));
            for (var column = 0; column < dropDowns.Count; column++)
            {
                if (i >= dropDowns[column].Values.Count) continue;
                lists.WriteStartElement("c");
                lists.WriteAttributeString("r", Reference(column, i + 1));
                lists.WriteAttributeString("t", "inlineStr");
                lists.WriteStartElement("is");
                lists.WriteElementString("t", Clean(dropDowns[column].Values[i]));
                lists.WriteEndElement();
                lists.WriteEndElement();
            }
            lists.WriteEndElement();
        }
        lists.WriteEndElement();
        lists.WriteEndElement();
    }

    private void WriteStyles()
    {
        using var part = Part("xl/styles.xml");
        part.WriteRaw($"""
            <styleSheet xmlns="{Namespace}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
            <fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="11"/><color rgb="FF9B1C1C"/><name val="Calibri"/></font></fonts>
            <fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF2"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFBD5D5"/></patternFill></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="3" borderId="0" xfId="0" applyFill="1"/></cellXfs>
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """);
    }

    private void WritePackage()
    {
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var lists = dropDowns.Count > 0;
        using (var part = Part("xl/workbook.xml"))
        {
            part.WriteStartElement("workbook", Namespace);
            part.WriteAttributeString("xmlns", "r", null, office);
            part.WriteStartElement("sheets");
            Sheet(part, 1, SheetName(name), isHidden: false);
            if (lists) Sheet(part, 2, ListsSheet, isHidden: true);
            part.WriteEndElement();
            part.WriteEndElement();
        }
        using (var part = Part("xl/_rels/workbook.xml.rels"))
        {
            part.WriteRaw($"""<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>{(lists ? $"<Relationship Id=\"rId2\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet2.xml\"/>" : "")}<Relationship Id="rId3" Type="{office}/styles" Target="styles.xml"/></Relationships>""");
        }
        using (var part = Part("_rels/.rels"))
            part.WriteRaw($"""<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        using (var part = Part("[Content_Types].xml"))
        {
            const string main = "application/vnd.openxmlformats-officedocument.spreadsheetml";
            part.WriteRaw($"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>{(lists ? $"<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"{main}.worksheet+xml\"/>" : "")}<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/>{(comments.Count > 0 ? $"<Override PartName=\"/xl/comments1.xml\" ContentType=\"{main}.comments+xml\"/>" : "")}</Types>""");
        }
    }

    private static void Sheet(XmlWriter part, int number, string name, bool isHidden)
    {
        part.WriteStartElement("sheet");
        part.WriteAttributeString("name", name);
        part.WriteAttributeString("sheetId", Text(number));
        if (isHidden) part.WriteAttributeString("state", "hidden");
        part.WriteAttributeString("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships", $"rId{Text(number)}");
        part.WriteEndElement();
    }

    /// <summary>At most 31 characters, without those that name a place; not the name of our own sheet, in whatever letters: Excel makes no difference.</summary>
    private static string SheetName(string wanted)
    {
        const int longest = 31;
        var plain = string.Concat(Clean(wanted).Select(c => c is '\\' or '/' or '?' or '*' or '[' or ']' or ':' ? ' ' : c)).Trim().Trim('\'');
        if (plain.Length > longest) plain = plain[..longest];
        return plain.Length == 0 || string.Equals(plain, ListsSheet, StringComparison.OrdinalIgnoreCase) ? "Liste" : plain;
    }

    /// <summary>A cell's name: <c>B7</c>.</summary>
    internal static string Reference(int column, int row) => Letter(column) + Text(row);

    private static string Letter(int column)
    {
        var letters = "";
        for (var rest = column; rest >= 0; rest = rest / 26 - 1) letters = (char)('A' + rest % 26) + letters;
        return letters;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
