using System.IO.Compression;
using Training.Pdf.Writing;

namespace Training.Pdf.Images;

/// <summary>Decodes a PNG of any kind into eight bits a part, with its transparency beside it.</summary>
internal static class PngReader
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    // Where the passes of an interlaced image begin and how far apart their pixels stand.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    internal static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    internal static PdfImage Read(ReadOnlySpan<byte> file)
    {
        var header = PngHeader.Read(file, Signature.Length, out var packed);
        PdfImage.CheckSize(header.Width, header.Height);
        var raw = Unpack(packed, header);
        var pixels = new PngPixels(header);
        var at = 0;
        if (header.Interlaced)
        {
            foreach (var (x, y, stepX, stepY) in Passes)
                at = ReadPass(raw, at, pixels, x, y, stepX, stepY);
        }
        else
        {
            ReadPass(raw, 0, pixels, 0, 0, 1, 1);
        }

        return new PdfImage(
            header.Width, header.Height, "/Filter/FlateDecode/ColorSpace" + (header.IsGrey ? "/DeviceGray" : "/DeviceRGB"),
            Compress(pixels.Colors), pixels.IsOpaque ? null : Compress(pixels.Opacity));
    }

    private static int ReadPass(byte[] raw, int at, PngPixels pixels, int x, int y, int stepX, int stepY)
    {
        var header = pixels.Header;
        int width = (header.Width - x + stepX - 1) / stepX, height = (header.Height - y + stepY - 1) / stepY;
        if (width <= 0 || height <= 0)
            return at;
        int length = header.RowLength(width), distance = Math.Max(1, header.BitsPerPixel / 8);
        byte[] row = new byte[length], above = new byte[length];
        for (var line = 0; line < height; line++)
        {
            raw.AsSpan(at + 1, length).CopyTo(row);
            Unfilter(raw[at], row, above, distance);
            for (var column = 0; column < width; column++)
                pixels.Set(x + column * stepX, y + line * stepY, row, column);
            at += length + 1;
            (row, above) = (above, row);
        }

        return at;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter > 4)
            throw Damaged();
        for (var i = 0; i < row.Length; i++)
        {
            int left = i >= distance ? row[i - distance] : 0, up = above[i], corner = i >= distance ? above[i - distance] : 0;
            var predicted = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Nearest(left, up, corner),
                _ => 0,
            };
            row[i] = unchecked((byte)(row[i] + predicted));
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        int a = Math.Abs(estimate - left), b = Math.Abs(estimate - up), c = Math.Abs(estimate - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static byte[] Unpack(byte[] packed, PngHeader header)
    {
        long length = 0;
        if (header.Interlaced)
        {
            foreach (var (x, y, stepX, stepY) in Passes)
                length += Length(header, (header.Width - x + stepX - 1) / stepX, (header.Height - y + stepY - 1) / stepY);
        }
        else
        {
            length = Length(header, header.Width, header.Height);
        }

        // Exactly what the header promises is read, so that a small file cannot swell beyond it.
        var raw = new byte[length];
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            zlib.ReadExactly(raw);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidImageException("The PNG is damaged.", fault);
        }

        return raw;
    }

    private static long Length(PngHeader header, int width, int height) =>
        width <= 0 || height <= 0 ? 0 : (long)height * (header.RowLength(width) + 1);

    private static byte[] Compress(byte[] data)
    {
        var buffer = new PdfBuffer();
        Deflate.WriteSmallest(data, buffer);
        return buffer.ToArray();
    }

    internal static InvalidImageException Damaged() => new("The PNG is damaged.");
}
