using System.Globalization;
using System.Xml;

namespace Training.App.Platform.Spreadsheets;

/// <summary>
/// The rows of a sheet, read forward. Every value becomes the text a person would have typed: a date <c>yyyy-MM-dd</c>, a whole
/// number its digits (a phone number that lost its zero stays nine digits, however it was stored).
/// </summary>
internal sealed class WorkbookRows(Workbook workbook, XmlReader xml) : TableRows
{
    private const int ColumnsMax = 16_384;
    private const int RowsMax = 1_048_576;

    private RichText.Take? append;
    private RichText.Take? keep;
    private readonly char[] value = new char[64];
    private int valueLength;
    private bool inRow;
    private bool ended;

    private enum Kind
    {
        Number,
        Shared,
        Text,
        Date,
    }

    /// <summary>Goes to the next row that the sheet holds; rows left out are blank.</summary>
    /// <exception cref="WorkbookException">The sheet is damaged.</exception>
    public override bool Read()
    {
        try
        {
            return ReadRow();
        }
        catch (Exception broken) when (Workbook.IsDamage(broken))
        {
            throw new WorkbookException("workbookDamaged");
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => xml.Dispose();

    private bool ReadRow()
    {
        BeginRow();
        if (ended || !ToRow())
        {
            ended = true;
            return false;
        }
        Row = Math.Max(Row + 1, RowNumber());
        if (Row > RowsMax) throw new WorkbookException("workbookDamaged");
        if (xml.IsEmptyElement) return true;
        inRow = true;
        while (inRow && xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" }) ReadCell();
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "row" }) inRow = false;
        }
        return true;
    }

    /// <summary>Goes to the next row element of the sheet's data.</summary>
    private bool ToRow()
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" }) return true;
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "sheetData" }) return false;
        }
        return false;
    }

    private int RowNumber()
    {
        var row = 0;
        if (xml.MoveToAttribute("r") && !int.TryParse(xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out row)) row = 0;
        xml.MoveToElement();
        return row;
    }

    private void ReadCell()
    {
        var column = CellCount;
        var style = -1;
        var kind = Kind.Number;
        while (xml.MoveToNextAttribute())
        {
            switch (xml.LocalName)
            {
                case "r": column = ColumnOf(xml.Value, column); break;
                case "s": style = int.TryParse(xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1; break;
                case "t": kind = KindOf(xml.Value); break;
            }
        }
        xml.MoveToElement();
        if (xml.IsEmptyElement) return; // Formatted, but nothing is in it.
        if (column >= ColumnsMax) throw new WorkbookException("workbookDamaged");
        while (CellCount < column)
        {
            BeginCell();
            EndCell();
        }
        BeginCell();
        ReadContent(kind, style);
        EndCell();
    }

    private void ReadContent(Kind kind, int style)
    {
        var depth = xml.Depth;
        valueLength = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "is") RichText.Read(xml, append ??= Append);
            else if (xml.LocalName == "v") RichText.ReadValue(xml, kind == Kind.Text ? append ??= Append : keep ??= Keep);
            else RichText.Skip(xml);
        }
        if (kind != Kind.Text && valueLength > 0) AppendValue(value.AsSpan(0, valueLength), kind, style);
    }

    /// <summary>Numbers are short; what is longer is none.</summary>
    private void Keep(ReadOnlySpan<char> piece)
    {
        if (valueLength + piece.Length > value.Length) throw new WorkbookException("workbookDamaged");
        piece.CopyTo(value.AsSpan(valueLength));
        valueLength += piece.Length;
    }

    private void AppendValue(ReadOnlySpan<char> text, Kind kind, int style)
    {
        if (kind == Kind.Shared)
        {
            Append(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? workbook.Texts[index] : default);
            return;
        }
        if (kind == Kind.Date)
        {
            // 2014-03-12T00:00:00: the day is meant.
            Append(text.IndexOf('T') is var hour and > 0 ? text[..hour] : text);
            return;
        }
        var isDate = style >= 0 && style < workbook.Formats.Count && workbook.Formats[style];
        if (!isDate) SayNumber();
        if (!isDate && text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            Append(text);
            return;
        }
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Append(text);
            return;
        }
        Span<char> written = stackalloc char[40];
        if (isDate && DayOf(number) is { } day) day.TryFormat(written, out valueLength, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        else if (Math.Abs(number) < 1e15 && number == Math.Floor(number)) number.TryFormat(written, out valueLength, "F0", CultureInfo.InvariantCulture);
        else number.TryFormat(written, out valueLength, "R", CultureInfo.InvariantCulture);
        Append(written[..valueLength]);
    }

    /// <inheritdoc/>
    public override DateOnly? BareDay(int index) =>
        IsNumber(index) && Cell(index) is { Length: 5 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) ? DayOf(serial) : null;

    /// <summary>The day of a serial number; null when it is no day of a life.</summary>
    private DateOnly? DayOf(double serial)
    {
        const int between1900And1904 = 1462;
        const int lastDay = 2_958_465;
        const int leapDayThatNeverWas = 60;
        var day = Math.Floor(serial) + (workbook.From1904 ? between1900And1904 : 0);
        if (day is < 1 or > lastDay or leapDayThatNeverWas) return null;
        return new DateOnly(1899, 12, 30).AddDays((int)day + (day < leapDayThatNeverWas ? 1 : 0));
    }

    /// <summary>The column of a reference such as <c>AB12</c>, from 0; a reference that goes back is ignored.</summary>
    private static int ColumnOf(ReadOnlySpan<char> reference, int next)
    {
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetter(c)) break;
            column = column * 26 + (c & ~0x20) - 'A' + 1;
            if (column > ColumnsMax) return ColumnsMax;
        }
        return Math.Max(column - 1, next);
    }

    private static Kind KindOf(ReadOnlySpan<char> type) => type switch
    {
        "s" => Kind.Shared,
        "d" => Kind.Date,
        "str" or "inlineStr" or "e" => Kind.Text,
        _ => Kind.Number,
    };
}
