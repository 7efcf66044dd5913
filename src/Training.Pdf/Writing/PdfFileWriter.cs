using System.Security.Cryptography;

namespace Training.Pdf.Writing;

/// <summary>
/// Puts a document into a file: streams stand by themselves, all other objects go compressed into one object stream,
/// found through a cross-reference stream.
/// </summary>
internal sealed class PdfFileWriter
{
    private const int ObjectsInStream = 1000;

    private readonly PdfBuffer _file = new();
    private readonly PdfBuffer _objects = new();
    private readonly PdfBuffer _scratch = new();
    private readonly PdfBuffer _packed = new();
    private readonly List<(int Number, int Offset)> _inObjectStream = [];
    private readonly List<(int Number, int Holder, int Index)> _packedObjects = [];
    private readonly Dictionary<int, int> _offsets = [];
    private int _next;

    internal byte[] Write(PdfDocument document, PdfDocumentInfo info)
    {
        _file.Clear();
        _objects.Clear();
        _inObjectStream.Clear();
        _packedObjects.Clear();
        _offsets.Clear();
        _next = 1;
        _file.Write("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"u8);

        int catalog = Number(), pages = Number(), metadata = Number(), information = Number();
        var background = document.Template is null ? 0 : RawStream(document.Template.Background, Form(document));
        var fixedContent = document.Template is null ? 0 : RawStream(document.Template.Content, "/Filter/FlateDecode");
        var fonts = WriteFonts(document);
        var images = new ImageWriter(this).Write(document.Images);
        var structure = new StructureWriter(this, document);
        WritePages(document, pages, background, fixedContent, fonts, images, structure);
        structure.Write();
        WriteMetadata(metadata, info);
        WriteInformation(information, info);

        var body = Open(catalog);
        body.WriteAscii($"<</Type/Catalog/Pages {pages} 0 R/Metadata {metadata} 0 R/MarkInfo<</Marked true>>/StructTreeRoot {structure.Root} 0 R" +
            "/ViewerPreferences<</DisplayDocTitle true>>/Lang");
        body.WriteTextString(info.Language);
        body.Write(">>"u8);
        WriteEnd(catalog, information);
        return _file.ToArray();
    }

    internal int Number() => _next++;

    /// <summary>The object being written.</summary>
    internal PdfBuffer Objects => _objects;

    /// <summary>Begins an object of the object stream; the next call ends it.</summary>
    internal PdfBuffer Open(int number)
    {
        if (_inObjectStream.Count == ObjectsInStream)
            CloseObjectStream();
        _objects.WriteByte((byte)'\n');
        _inObjectStream.Add((number, _objects.Length));
        return _objects;
    }

    /// <summary>Compresses the data into a stream object and returns its number.</summary>
    internal int Stream(ReadOnlySpan<byte> data, string dictionary)
    {
        _packed.Clear();
        Deflate.Write(data, _packed);
        return RawStream(_packed.Span, "/Filter/FlateDecode" + dictionary);
    }

    /// <summary>Writes data that is compressed already; the dictionary names the filter.</summary>
    internal int RawStream(ReadOnlySpan<byte> packed, string dictionary)
    {
        var number = Number();
        WriteStream(number, packed, dictionary);
        return number;
    }

    private void WriteStream(int number, ReadOnlySpan<byte> data, string dictionary)
    {
        _offsets[number] = _file.Length;
        _file.WriteInt(number);
        _file.Write(" 0 obj<<"u8);
        _file.WriteAscii(dictionary);
        _file.Write("/Length "u8);
        _file.WriteInt(data.Length);
        _file.Write(">>stream\n"u8);
        _file.Write(data);
        _file.Write("\nendstream\nendobj\n"u8);
    }

    private static string Form(PdfDocument document) => FormattableString.Invariant(
        $"/Filter/FlateDecode/Type/XObject/Subtype/Form/BBox[0 0 {document.Sizes[0].Width:0.##} {document.Sizes[0].Height:0.##}]/Resources<<>>");

    private int[] WriteFonts(PdfDocument document)
    {
        var numbers = new int[document.Subsets.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (document.Subsets[i].IsUsed)
                numbers[i] = new FontWriter(this, document.Subsets[i], _scratch).Write();
        }

        return numbers;
    }

    private void WritePages(
        PdfDocument document, int pages, int background, int fixedContent, int[] fonts, int[] images, StructureWriter structure)
    {
        var resources = Number();
        var numbers = new int[document.Pages.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            _scratch.Clear();
            if (background != 0)
                _scratch.Write("/Artifact BMC/B Do EMC\n"u8);
            _scratch.Write(document.Pages[i].Content.Span);
            var content = Stream(_scratch.Span, "");
            numbers[i] = structure.PageNumber(i);
            var (width, height) = document.Sizes[i];
            var body = Open(numbers[i]);
            body.WriteAscii($"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 ");
            body.WriteNumber(width);
            body.WriteByte((byte)' ');
            body.WriteNumber(height);
            body.WriteAscii($"]/Resources {resources} 0 R/StructParents {i}/Tabs/S");
            WriteAnnotations(body, document, i, structure);
            body.Write("/Contents"u8);
            body.WriteAscii(fixedContent == 0 ? $" {content} 0 R>>" : $"[{content} 0 R {fixedContent} 0 R]>>");
        }

        var list = Open(pages);
        list.WriteAscii($"<</Type/Pages/Count {numbers.Length}/Kids[");
        foreach (var number in numbers)
            list.WriteAscii($"{number} 0 R ");
        list.Write("]>>"u8);
        WriteResources(resources, background, fonts, images);
        WriteLinks(document, structure);
    }

    private static void WriteAnnotations(PdfBuffer body, PdfDocument document, int page, StructureWriter structure)
    {
        if (document.Links.Count == 0 || !document.Links.Any(link => link.Page == page))
            return;
        body.Write("/Annots["u8);
        for (var i = 0; i < document.Links.Count; i++)
        {
            if (document.Links[i].Page == page)
                body.WriteAscii($"{structure.LinkNumber(i)} 0 R ");
        }

        body.WriteByte((byte)']');
    }

    private void WriteResources(int number, int background, int[] fonts, int[] images)
    {
        var shared = Open(number);
        shared.Write("<</Font<<"u8);
        for (var i = 0; i < fonts.Length; i++)
        {
            if (fonts[i] != 0)
                shared.WriteAscii($"/F{i} {fonts[i]} 0 R");
        }

        shared.Write(">>"u8);
        if (background != 0 || images.Length > 0)
        {
            shared.Write("/XObject<<"u8);
            if (background != 0)
                shared.WriteAscii($"/B {background} 0 R");
            for (var i = 0; i < images.Length; i++)
                shared.WriteAscii($"/I{i} {images[i]} 0 R");
            shared.Write(">>"u8);
        }

        shared.Write(">>"u8);
    }

    private void WriteLinks(PdfDocument document, StructureWriter structure)
    {
        for (var i = 0; i < document.Links.Count; i++)
        {
            var link = document.Links[i];
            var body = Open(structure.LinkNumber(i));
            body.WriteAscii($"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/StructParent {structure.LinkKey(i)}/Rect[");
            foreach (var edge in (ReadOnlySpan<double>)[link.X, link.Y, link.X + link.Width, link.Y + link.Height])
            {
                body.WriteNumber(edge);
                body.WriteByte((byte)' ');
            }

            body.Write("]/Contents"u8);
            body.WriteTextString(link.Description);
            body.Write("/A<</S/URI/URI"u8);
            body.WriteTextString(link.Target.AbsoluteUri);
            body.Write(">>>>"u8);
        }
    }

    // Left uncompressed, so that simple tools find it.
    private void WriteMetadata(int number, PdfDocumentInfo info)
    {
        _scratch.Clear();
        _scratch.Write(System.Text.Encoding.UTF8.GetBytes(XmpPacket.Create(info)));
        WriteStream(number, _scratch.Span, "/Type/Metadata/Subtype/XML");
    }

    private void WriteInformation(int number, PdfDocumentInfo info)
    {
        var body = Open(number);
        body.Write("<</Title"u8);
        body.WriteTextString(info.Title);
        body.Write("/Author"u8);
        body.WriteTextString(info.Author);
        body.Write("/Subject"u8);
        body.WriteTextString(info.Subject);
        body.WriteAscii($"/Producer({XmpPacket.Producer})/CreationDate(D:{info.Created:yyyyMMdd})>>");
    }

    // Several streams of moderate length, so that a reader need not unpack all of a long document for one page.
    private void CloseObjectStream()
    {
        _scratch.Clear();
        for (var i = 0; i < _inObjectStream.Count; i++)
        {
            var (number, offset) = _inObjectStream[i];
            _scratch.WriteAscii($"{number} {offset} ");
        }

        var first = _scratch.Length;
        _scratch.Write(_objects.Span);
        var holder = Stream(_scratch.Span, $"/Type/ObjStm/N {_inObjectStream.Count}/First {first}");
        for (var i = 0; i < _inObjectStream.Count; i++)
            _packedObjects.Add((_inObjectStream[i].Number, holder, i));
        _inObjectStream.Clear();
        _objects.Clear();
    }

    private void WriteEnd(int catalog, int information)
    {
        CloseObjectStream();
        var table = Number();
        _offsets[table] = _file.Length;
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(_file.Span, digest);
        var id = Convert.ToHexString(digest[..16]);

        var entries = new (byte Type, int Second, int Third)[table + 1];
        entries[0] = (0, 0, 65535);
        foreach (var (number, offset) in _offsets)
            entries[number] = (1, offset, 0);
        foreach (var (number, holder, index) in _packedObjects)
            entries[number] = (2, holder, index);
        _scratch.Clear();
        foreach (var (type, second, third) in entries)
        {
            _scratch.WriteByte(type);
            _scratch.WriteUInt32((uint)second);
            _scratch.WriteUInt16((ushort)third);
        }

        var start = _file.Length;
        _packed.Clear();
        Deflate.Write(_scratch.Span, _packed);
        WriteStream(table, _packed.Span,
            $"/Filter/FlateDecode/Type/XRef/W[1 4 2]/Size {table + 1}/Root {catalog} 0 R/Info {information} 0 R/ID[<{id}><{id}>]");
        _file.WriteAscii($"startxref\n{start}\n%%EOF\n");
    }
}
