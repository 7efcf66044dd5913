using System.Buffers.Binary;

namespace Training.Pdf.Images;

/// <summary>What the chunks of a PNG say of its pixels.</summary>
internal sealed class PngHeader
{
    private const int Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, RgbAlpha = 6;

    private byte[] _palette = [];

    internal int Width { get; private set; }
    internal int Height { get; private set; }
    internal int Depth { get; private set; }
    internal int Kind { get; private set; }
    internal bool Interlaced { get; private set; }

    /// <summary>Opacity of palette entries, or the one transparent grey or colour; empty without.</summary>
    internal byte[] Transparency { get; private set; } = [];

    internal bool IsGrey => Kind is Grey or GreyAlpha;
    internal bool IsIndexed => Kind == Indexed;
    internal bool HasAlpha => Kind is GreyAlpha or RgbAlpha;
    internal int Channels => Kind switch { Grey or Indexed => 1, GreyAlpha => 2, Rgb => 3, _ => 4 };
    internal int BitsPerPixel => Channels * Depth;

    internal int RowLength(int width) => checked((int)(((long)width * BitsPerPixel + 7) / 8));

    internal ReadOnlySpan<byte> PaletteColor(int index) =>
        index * 3 + 3 <= _palette.Length ? _palette.AsSpan(index * 3, 3) : throw PngReader.Damaged();

    internal static PngHeader Read(ReadOnlySpan<byte> file, int at, out byte[] packed)
    {
        var header = new PngHeader();
        using var data = new MemoryStream();
        while (true)
        {
            if (at + 12 > file.Length)
                throw PngReader.Damaged();
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                throw PngReader.Damaged();
            var name = file.Slice(at + 4, 4);
            var body = file.Slice(at + 8, (int)length);
            at += 12 + (int)length;
            if (name.SequenceEqual("IHDR"u8))
                header.ReadSize(body);
            else if (name.SequenceEqual("PLTE"u8))
                header._palette = body.ToArray();
            else if (name.SequenceEqual("tRNS"u8))
                header.Transparency = body.ToArray();
            else if (name.SequenceEqual("IDAT"u8))
                data.Write(body);
            else if (name.SequenceEqual("IEND"u8))
                break;
        }

        header.Check();
        packed = data.ToArray();
        return header;
    }

    private void ReadSize(ReadOnlySpan<byte> body)
    {
        if (body.Length != 13)
            throw PngReader.Damaged();
        uint width = BinaryPrimitives.ReadUInt32BigEndian(body), height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        PdfImage.CheckSize(width, height);
        (Width, Height, Depth, Kind, Interlaced) = ((int)width, (int)height, body[8], body[9], body[12] == 1);
    }

    private void Check()
    {
        var possible = Kind switch
        {
            Grey => Depth is 1 or 2 or 4 or 8 or 16,
            Indexed => Depth is 1 or 2 or 4 or 8 && _palette.Length >= 3,
            Rgb or GreyAlpha or RgbAlpha => Depth is 8 or 16,
            _ => false,
        };
        var wanted = Transparency.Length == 0 || IsIndexed ? 0 : IsGrey ? 2 : 6;
        if (!possible || (wanted > 0 && Transparency.Length < wanted))
            throw PngReader.Damaged();
    }
}
