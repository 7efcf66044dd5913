using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Training.Pdf.Sealing;

/// <summary>The parts of an unsealed file that a seal refers to. Reads what our own writer writes, and refuses all else.</summary>
internal sealed partial class SealTarget
{
    private const int Row = 7;

    private readonly byte[] _pdf;
    private readonly byte[] _table;
    private string _catalog = "", _page = "";

    private SealTarget(byte[] pdf)
    {
        _pdf = pdf;
        TableOffset = Number(StartOfTable().Match(Latin(pdf.AsSpan(Math.Max(0, pdf.Length - 64)))));
        var (dictionary, data) = Stream(TableOffset);
        Size = Number(SizeEntry().Match(dictionary));
        CatalogNumber = Number(RootEntry().Match(dictionary));
        InformationNumber = Number(InformationEntry().Match(dictionary));
        Id = IdEntry().Match(dictionary) is { Success: true } id ? id.Groups[1].Value : throw Foreign();
        _table = data;
        if (_table.Length != Size * Row)
            throw Foreign();
    }

    internal int TableOffset { get; }
    internal int Size { get; }
    internal int CatalogNumber { get; }
    internal int InformationNumber { get; }
    internal int PageNumber { get; private set; }
    internal string Id { get; }

    internal static SealTarget Read(byte[] pdf)
    {
        try
        {
            var target = new SealTarget(pdf);
            target._catalog = target.Object(target.CatalogNumber);
            target.PageNumber = Number(FirstKid().Match(target.Object(Number(PagesEntry().Match(target._catalog)))));
            target._page = target.Object(target.PageNumber);
            return target;
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw Foreign();
        }
    }

    internal string CatalogWith(string entry) => _catalog[..^2] + entry + ">>";

    internal string PageWith(int annotation) => _page.Contains("/Annots[", StringComparison.Ordinal)
        ? _page.Replace("/Annots[", $"/Annots[{annotation} 0 R ", StringComparison.Ordinal)
        : $"{_page[..^2]}/Annots[{annotation} 0 R]>>";

    private string Object(int number)
    {
        var row = _table.AsSpan(number * Row, Row);
        if (row[0] != 2)
            throw Foreign();
        var holder = BinaryPrimitives.ReadInt32BigEndian(_table.AsSpan(BinaryPrimitives.ReadInt32BigEndian(row[1..]) * Row + 1));
        var (dictionary, data) = Stream(holder);
        var first = Number(FirstEntry().Match(dictionary));
        var pairs = Latin(data.AsSpan(0, first)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int index = BinaryPrimitives.ReadUInt16BigEndian(row[5..]) * 2, start = first + int.Parse(pairs[index + 1], CultureInfo.InvariantCulture);
        var end = index + 3 < pairs.Length ? first + int.Parse(pairs[index + 3], CultureInfo.InvariantCulture) : data.Length;
        var text = Latin(data.AsSpan(start..end)).Trim();
        return text.StartsWith("<<", StringComparison.Ordinal) && text.EndsWith(">>", StringComparison.Ordinal) ? text : throw Foreign();
    }

    private (string Dictionary, byte[] Data) Stream(int offset)
    {
        var rest = _pdf.AsSpan(offset);
        var begin = rest.IndexOf("stream\n"u8);
        var dictionary = begin < 0 ? throw Foreign() : Latin(rest[..begin]);
        if (!dictionary.Contains("/FlateDecode", StringComparison.Ordinal))
            throw Foreign();
        var packed = rest.Slice(begin + 7, Number(LengthEntry().Match(dictionary))).ToArray();
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var data = new MemoryStream();
        zlib.CopyTo(data);
        return (dictionary, data.ToArray());
    }

    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static int Number(Match match) =>
        match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : throw Foreign();

    private static InvalidDataException Foreign() => new("Only an intact document of this library can be sealed.");

    [GeneratedRegex(@"startxref\n(\d{1,9})\n%%EOF\n$")]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"/Size (\d{1,9})")]
    private static partial Regex SizeEntry();

    [GeneratedRegex(@"/Root (\d{1,9}) 0 R")]
    private static partial Regex RootEntry();

    [GeneratedRegex(@"/Info (\d{1,9}) 0 R")]
    private static partial Regex InformationEntry();

    [GeneratedRegex(@"/ID\[<([0-9A-F]{32})>")]
    private static partial Regex IdEntry();

    [GeneratedRegex(@"/Length (\d{1,9})>>$")]
    private static partial Regex LengthEntry();

    [GeneratedRegex(@"/First (\d{1,9})")]
    private static partial Regex FirstEntry();

    [GeneratedRegex(@"/Pages (\d{1,9}) 0 R")]
    private static partial Regex PagesEntry();

    [GeneratedRegex(@"/Kids\[(\d{1,9}) 0 R")]
    private static partial Regex FirstKid();
}
