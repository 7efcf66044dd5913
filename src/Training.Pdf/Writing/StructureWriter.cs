namespace Training.Pdf.Writing;

/// <summary>Writes the structure tree: one Document element with the tagged parts in reading order.</summary>
internal sealed class StructureWriter
{
    private readonly PdfFileWriter _file;
    private readonly PdfDocument _document;
    private readonly int[] _pages;
    private readonly int[] _links;

    internal StructureWriter(PdfFileWriter file, PdfDocument document)
    {
        _file = file;
        _document = document;
        Root = file.Number();
        _pages = new int[document.Pages.Count];
        for (var i = 0; i < _pages.Length; i++)
            _pages[i] = file.Number();
        _links = new int[document.Links.Count];
        for (var i = 0; i < _links.Length; i++)
            _links[i] = file.Number();
    }

    internal int Root { get; }

    internal int PageNumber(int page) => _pages[page];

    /// <summary>Number of a link annotation's object.</summary>
    internal int LinkNumber(int link) => _links[link];

    /// <summary>Key of a link annotation in the parent tree; the pages come first.</summary>
    internal int LinkKey(int link) => _pages.Length + link;

    internal void Write()
    {
        var top = _file.Number();
        var elements = _document.Elements;
        var numbers = new int[elements.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = _file.Number();

        // Sorted once by reading order, children stand behind one another for each parent and marks for each page.
        var children = Enumerable.Range(0, numbers.Length)
            .OrderBy(i => elements[i].Parent < 0 ? elements[i].Page : 0).ThenBy(i => elements[i].Order).ToLookup(i => elements[i].Parent);
        for (var i = 0; i < numbers.Length; i++)
        {
            var parent = elements[i].Parent;
            WriteElement(numbers[i], parent < 0 ? top : numbers[parent], elements[i], children[i], numbers);
        }

        var body = _file.Open(top);
        body.WriteAscii($"<</Type/StructElem/S/Document/P {Root} 0 R/K[");
        WriteReferences(children[StructureElement.Document], numbers);
        body.Write("]>>"u8);
        WriteParentTree(top, numbers);
    }

    private void WriteParentTree(int top, int[] numbers)
    {
        var elements = _document.Elements;
        var marks = Enumerable.Range(0, numbers.Length).Where(i => elements[i].MarkedContent >= 0)
            .OrderBy(i => elements[i].MarkedContent).ToLookup(i => elements[i].Page);
        var body = _file.Open(Root);
        body.WriteAscii($"<</Type/StructTreeRoot/K {top} 0 R/ParentTreeNextKey {_pages.Length + _links.Length}/ParentTree<</Nums[");
        for (var page = 0; page < _pages.Length; page++)
        {
            body.WriteAscii($"{page}[");
            WriteReferences(marks[page], numbers);
            body.Write("]"u8);
        }

        for (var i = 0; i < elements.Count && _links.Length > 0; i++)
        {
            if (elements[i].Link >= 0)
                body.WriteAscii($"{LinkKey(elements[i].Link)} {numbers[i]} 0 R ");
        }

        body.Write("]>>>>"u8);
    }

    private void WriteElement(int number, int parent, in StructureElement element, IEnumerable<int> children, int[] numbers)
    {
        var body = _file.Open(number);
        body.WriteAscii($"<</Type/StructElem/S/{element.Role}/P {parent} 0 R");
        if (element.MarkedContent == StructureElement.Group)
        {
            body.Write("/K["u8);
            WriteReferences(children, numbers);
            body.WriteByte((byte)']');
        }
        else if (element.Link >= 0)
        {
            body.WriteAscii($"/Pg {_pages[element.Page]} 0 R/K[{element.MarkedContent}<</Type/OBJR/Obj {_links[element.Link]} 0 R>>]");
        }
        else
        {
            body.WriteAscii($"/Pg {_pages[element.Page]} 0 R/K {element.MarkedContent}");
        }

        WriteAttributes(body, element);
        body.Write(">>"u8);
    }

    private static void WriteAttributes(PdfBuffer body, in StructureElement element)
    {
        if (element.Scope != HeaderScope.None || element.ColumnSpan > 1)
        {
            body.Write("/A<</O/Table"u8);
            if (element.Scope != HeaderScope.None)
                body.WriteAscii($"/Scope/{element.Scope}");
            if (element.ColumnSpan > 1)
                body.WriteAscii($"/ColSpan {element.ColumnSpan}");
            body.Write(">>"u8);
        }

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
    }

    private void WriteReferences(IEnumerable<int> elements, int[] numbers)
    {
        var body = _file.Objects;
        foreach (var i in elements)
        {
            body.WriteInt(numbers[i]);
            body.Write(" 0 R "u8);
        }
    }
}
