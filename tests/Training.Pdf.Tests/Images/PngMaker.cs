using System.Buffers.Binary;
using System.IO.Compression;

namespace Training.Pdf.Tests.Images;

/// <summary>Makes PNGs of every kind from the specification, with each of the five filters, and says which pixels they have.</summary>
internal static class PngMaker
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    internal sealed record Made(byte[] File, byte[] Colors, byte[]? Opacity);

    internal static Made Make(int kind, int depth, bool interlaced, int width, int height)
    {
        var channels = kind switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };
        var random = new Random(kind * 100 + depth);
        var most = (1 << depth) - 1;
        var samples = new int[width * height * channels];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = random.Next(most + 1);
        samples[3] = 0;
        var palette = new byte[(most + 1) * 3 * (kind == 3 ? 1 : 0)];
        random.NextBytes(palette);
        byte[] transparency = kind == 3 ? [128, 0] : [];

        var raw = new MemoryStream();
        foreach (var (x, y, stepX, stepY) in interlaced ? Passes : [(0, 0, 1, 1)])
            WritePass(raw, samples, width, height, channels, depth, x, y, stepX, stepY);
        var file = new MemoryStream();
        file.Write(Header(width, height, depth, kind, interlaced));
        if (kind == 3)
        {
            Chunk(file, "PLTE", palette);
            Chunk(file, "tRNS", transparency);
        }

        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(raw.ToArray());
        // Cut in two, as programs do.
        Chunk(file, "IDAT", packed.ToArray()[..5]);
        Chunk(file, "IDAT", packed.ToArray()[5..]);
        Chunk(file, "IEND", []);
        return new Made(file.ToArray(), Colors(samples, kind, depth, channels, palette), Opacity(samples, kind, depth, channels, transparency));
    }

    internal static byte[] Header(int width, int height, int depth = 8, int kind = 2, bool interlaced = false)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)kind, (byte)(interlaced ? 1 : 0));
        Chunk(file, "IHDR", header);
        return file.ToArray();
    }

    private static byte[] Colors(int[] samples, int kind, int depth, int channels, byte[] palette)
    {
        if (kind == 3)
            return [.. samples.SelectMany(index => palette.AsSpan(index * 3, 3).ToArray())];
        var parts = kind is 0 or 4 ? 1 : 3;
        return [.. samples.Where((_, i) => i % channels < parts).Select(sample => Eight(sample, depth))];
    }

    private static byte[]? Opacity(int[] samples, int kind, int depth, int channels, byte[] transparency) => kind switch
    {
        3 => [.. samples.Select(index => index < transparency.Length ? transparency[index] : (byte)255)],
        4 or 6 => [.. samples.Where((_, i) => i % channels == channels - 1).Select(sample => Eight(sample, depth))],
        _ => null,
    };

    private static byte Eight(int sample, int depth) => (byte)(depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1));

    private static void WritePass(
        MemoryStream raw, int[] samples, int width, int height, int channels, int depth, int x0, int y0, int stepX, int stepY)
    {
        var columns = (width - x0 + stepX - 1) / stepX;
        if (columns <= 0 || y0 >= height)
            return;
        var length = (columns * channels * depth + 7) / 8;
        var above = new byte[length];
        var filter = 0;
        for (var y = y0; y < height; y += stepY)
        {
            var row = new byte[length];
            var bit = 0;
            for (var x = x0; x < width; x += stepX)
            {
                for (var channel = 0; channel < channels; channel++, bit += depth)
                {
                    var sample = samples[(y * width + x) * channels + channel];
                    if (depth == 16)
                        BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(bit / 8), (ushort)sample);
                    else
                        row[bit / 8] |= (byte)(sample << (8 - depth - bit % 8));
                }
            }

            raw.WriteByte((byte)filter);
            raw.Write(Filtered(row, above, filter, Math.Max(1, channels * depth / 8)));
            above = row;
            filter = (filter + 1) % 5;
        }
    }

    private static byte[] Filtered(byte[] row, byte[] above, int filter, int distance) => [.. row.Select((value, i) =>
    {
        int a = i >= distance ? row[i - distance] : 0, b = above[i], c = i >= distance ? above[i - distance] : 0;
        int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        var guess = filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => pa <= pb && pa <= pc ? a : pb <= pc ? b : c, _ => 0 };
        return unchecked((byte)(value - guess));
    })];

    private static void Chunk(MemoryStream file, string name, byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        file.Write(length);
        file.Write(System.Text.Encoding.ASCII.GetBytes(name));
        file.Write(body);
        // The checksum, which no viewer of ours looks at.
        file.Write(new byte[4]);
    }
}
