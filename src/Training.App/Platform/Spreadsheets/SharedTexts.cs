using System.Xml;

namespace Training.App.Platform.Spreadsheets;

/// <summary>The texts that the cells of a workbook share, one after the other in one buffer.</summary>
internal sealed class SharedTexts
{
    /// <summary>Most characters of all shared texts together.</summary>
    private const int CharactersMax = 50_000_000;

    private char[] buffer = new char[4096];
    private int length;
    private readonly List<int> ends = [];

    /// <summary>The text with this number; empty when there is none.</summary>
    public ReadOnlySpan<char> this[int index] =>
        index < 0 || index >= ends.Count ? default : buffer.AsSpan(index == 0 ? 0 : ends[index - 1], ends[index] - (index == 0 ? 0 : ends[index - 1]));

    /// <summary>Reads the part; how a text is set and how it is pronounced are left out.</summary>
    /// <exception cref="WorkbookException">There is too much of it.</exception>
    public static SharedTexts Read(XmlReader xml)
    {
        var texts = new SharedTexts();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "si")
            {
                texts.ReadItem(xml);
                texts.ends.Add(texts.length);
            }
        }
        return texts;
    }

    private void ReadItem(XmlReader xml) => RichText.Read(xml, chunk =>
    {
        if (length + chunk.Length > CharactersMax) throw new WorkbookException("workbookTooLarge");
        if (length + chunk.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + chunk.Length));
        chunk.CopyTo(buffer.AsSpan(length));
        length += chunk.Length;
    });
}

/// <summary>A text that may be set in several faces.</summary>
internal static class RichText
{
    [ThreadStatic]
    private static char[]? chunk;

    /// <summary>Receives a piece of text.</summary>
    public delegate void Take(ReadOnlySpan<char> piece);

    /// <summary>Reads what stands in the <c>t</c> elements within the present element, without its pronunciation.</summary>
    public static void Read(XmlReader xml, Take take)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "rPh") Skip(xml);
            else if (xml.LocalName == "t") ReadValue(xml, take);
        }
    }

    /// <summary>Reads the text within the present element; the reader stands on its end afterwards.</summary>
    public static void ReadValue(XmlReader xml, Take take)
    {
        if (xml.IsEmptyElement) return;
        chunk ??= new char[4096];
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            int read;
            while ((read = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0) take(chunk.AsSpan(0, read));
        }
    }

    /// <summary>Goes to the end of the present element.</summary>
    public static void Skip(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
        }
    }
}
