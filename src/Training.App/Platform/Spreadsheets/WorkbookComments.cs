using System.Globalization;
using System.IO.Compression;

namespace Training.App.Platform.Spreadsheets;

/// <summary>Writes what is said of cells: the texts, and the drawing of their boxes without which Excel does not show them.</summary>
internal static class WorkbookComments
{
    /// <param name="zip">The package.</param>
    /// <param name="comments">The comments, rows from 1 and columns from 0.</param>
    public static void Write(ZipArchive zip, IReadOnlyList<(int Row, int Column, string Text)> comments)
    {
        WriteTexts(zip, comments);
        WriteBoxes(zip, comments);
        using var relations = WorkbookWriter.Part(zip, "xl/worksheets/_rels/sheet1.xml.rels");
        relations.WriteRaw("""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>""");
    }

    private static void WriteTexts(ZipArchive zip, IReadOnlyList<(int Row, int Column, string Text)> comments)
    {
        using var part = WorkbookWriter.Part(zip, "xl/comments1.xml");
        part.WriteStartElement("comments", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
        part.WriteStartElement("authors");
        part.WriteElementString("author", "");
        part.WriteEndElement();
        part.WriteStartElement("commentList");
        foreach (var (row, column, text) in comments)
        {
            part.WriteStartElement("comment");
            part.WriteAttributeString("ref", WorkbookWriter.Reference(column, row));
            part.WriteAttributeString("authorId", "0");
            part.WriteStartElement("text");
            part.WriteElementString("t", WorkbookWriter.Clean(text));
            part.WriteEndElement();
            part.WriteEndElement();
        }
        part.WriteEndElement();
        part.WriteEndElement();
    }

    private static void WriteBoxes(ZipArchive zip, IReadOnlyList<(int Row, int Column, string Text)> comments)
    {
        using var part = WorkbookWriter.Part(zip, "xl/drawings/vmlDrawing1.vml");
        part.WriteRaw("""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>""");
        for (var i = 0; i < comments.Count; i++)
        {
            var (row, column, _) = comments[i];
            part.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<v:shape id="_x0000_s{1025 + i}" type="#_x0000_t202" style="position:absolute;visibility:hidden;width:220pt;height:60pt" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""));
        }
        part.WriteRaw("</xml>");
    }
}
