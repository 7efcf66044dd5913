namespace Training.Pdf.Writing;

/// <summary>Writes the structure tree: one Document element with the tagged parts in reading order.</summary>
internal sealed class StructureWriter
{
    private readonly PdfFileWriter _file;
    private readonly PdfDocument _document;
    private readonly int[] _pages;

    internal StructureWriter(PdfFileWriter file, PdfDocument document)
    {
        _file = file;
        _document = document;
        Root = file.Number();
        _pages = new int[document.Pages.Count];
        for (var i = 0; i < _pages.Length; i++)
            _pages[i] = file.Number();
    }

    internal int Root { get; }

    internal int PageNumber(int page) => _pages[page];

    internal void Write()
    {
        var top = _file.Number();
        var elements = _document.Elements;
        var numbers = new int[elements.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _file.Number();
            WriteElement(numbers[i], top, elements[i]);
        }

        var body = _file.Open(top);
        body.WriteAscii($"<</Type/StructElem/S/Document/P {Root} 0 R/K[");
        foreach (var i in Enumerable.Range(0, numbers.Length).OrderBy(i => elements[i].Page).ThenBy(i => elements[i].Order))
            body.WriteAscii($"{numbers[i]} 0 R ");
        body.Write("]>>"u8);

        body = _file.Open(Root);
        body.WriteAscii($"<</Type/StructTreeRoot/K {top} 0 R/ParentTreeNextKey {_pages.Length}/ParentTree<</Nums[");
        for (var page = 0; page < _pages.Length; page++)
        {
            body.WriteAscii($"{page}[");
            foreach (var i in Enumerable.Range(0, numbers.Length).Where(i => elements[i].Page == page).OrderBy(i => elements[i].MarkedContent))
                body.WriteAscii($"{numbers[i]} 0 R ");
            body.Write("]"u8);
        }

        body.Write("]>>>>"u8);
    }

    private void WriteElement(int number, int parent, StructureElement element)
    {
        var body = _file.Open(number);
        body.WriteAscii($"<</Type/StructElem/S/{element.Role}/P {parent} 0 R/Pg {_pages[element.Page]} 0 R/K {element.MarkedContent}");
        if (element.Language is not null)
        {
            body.Write("/Lang"u8);
            body.WriteTextString(element.Language);
        }

        if (element.Alternative is not null)
        {
            body.Write("/Alt"u8);
            body.WriteTextString(element.Alternative);
        }

        body.Write(">>"u8);
    }
}
