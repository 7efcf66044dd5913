using System.Buffers.Binary;

namespace Training.Pdf.Images;

/// <summary>The pixels of a decoded PNG: colours in eight bits a part, opacity beside them.</summary>
internal sealed class PngPixels
{
    private readonly int _parts;

    internal PngPixels(PngHeader header)
    {
        Header = header;
        _parts = header.IsGrey ? 1 : 3;
        Colors = new byte[header.Width * header.Height * _parts];
        Opacity = new byte[header.Width * header.Height];
    }

    internal PngHeader Header { get; }
    internal byte[] Colors { get; }
    internal byte[] Opacity { get; }
    internal bool IsOpaque { get; private set; } = true;

    internal void Set(int x, int y, ReadOnlySpan<byte> row, int column)
    {
        var pixel = y * Header.Width + x;
        var color = Colors.AsSpan(pixel * _parts, _parts);
        byte opacity = 255;
        if (Header.IsIndexed)
        {
            var index = Sample(row, column);
            Header.PaletteColor(index).CopyTo(color);
            if (index < Header.Transparency.Length)
                opacity = Header.Transparency[index];
        }
        else
        {
            var first = column * Header.Channels;
            for (var part = 0; part < _parts; part++)
                color[part] = Eight(Sample(row, first + part));
            if (Header.HasAlpha)
                opacity = Eight(Sample(row, first + _parts));
            else if (Header.Transparency.Length > 0 && IsTransparent(row, first))
                opacity = 0;
        }

        Opacity[pixel] = opacity;
        IsOpaque &= opacity == 255;
    }

    private bool IsTransparent(ReadOnlySpan<byte> row, int first)
    {
        for (var part = 0; part < _parts; part++)
        {
            if (Sample(row, first + part) != BinaryPrimitives.ReadUInt16BigEndian(Header.Transparency.AsSpan(part * 2)))
                return false;
        }

        return true;
    }

    private int Sample(ReadOnlySpan<byte> row, int index) => Header.Depth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]),
        8 => row[index],
        var depth => (row[index * depth / 8] >> (8 - depth - index * depth % 8)) & ((1 << depth) - 1),
    };

    private byte Eight(int sample) => (byte)(Header.Depth == 16 ? sample >> 8 : sample * 255 / ((1 << Header.Depth) - 1));
}
