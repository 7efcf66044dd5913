using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Training.Pdf.Fonts;

/// <summary>
/// Glyphs made of several of a face. Amiri draws some letters in two pieces (a lam before a kaf); as two glyphs, the piece without
/// text reads as a space to every tool that extracts text, so the pieces are joined into one glyph.
/// </summary>
internal sealed class MergedGlyphs(FontFace face, int firstNumber)
{
    private const ushort WordsAsOffsets = 0x3, More = 0x20;

    private readonly ConcurrentDictionary<Pieces, int> _numbers = new();
    private readonly ConcurrentDictionary<int, Merged> _glyphs = new();
    private readonly Lock _gate = new();

    internal bool Contains(int glyph) => glyph >= firstNumber;

    internal ushort Advance(int glyph) => _glyphs[glyph].Advance;

    internal short LeftSideBearing(int glyph) => BinaryPrimitives.ReadInt16BigEndian(_glyphs[glyph].Outline.AsSpan(2));

    internal ReadOnlySpan<byte> Outline(int glyph) => _glyphs[glyph].Outline;

    /// <summary>The number of the joined glyph; the second piece is moved by its offset. -1 when the numbers are used up.</summary>
    internal int Join(int first, int second, int offsetX, int offsetY, int advance)
    {
        var pieces = new Pieces(first, second, offsetX, offsetY, advance);
        if (_numbers.TryGetValue(pieces, out var number))
            return number;
        lock (_gate)
        {
            if (_numbers.TryGetValue(pieces, out number))
                return number;
            number = firstNumber + _glyphs.Count;
            if (number > ushort.MaxValue || advance is < 0 or > ushort.MaxValue)
                return -1;
            _glyphs[number] = new Merged((ushort)advance, Compose(pieces));
            _numbers[pieces] = number;
            return number;
        }
    }

    private byte[] Compose(Pieces pieces)
    {
        var outline = new byte[10 + 8 + 8];
        ReadOnlySpan<byte> first = face.Outline(pieces.First), second = face.Outline(pieces.Second);
        BinaryPrimitives.WriteInt16BigEndian(outline, -1);
        for (var side = 0; side < 4; side++)
        {
            int a = Box(first, side), b = Box(second, side) + (side % 2 == 0 ? pieces.OffsetX : pieces.OffsetY);
            var edge = first.Length < 10 ? b : second.Length < 10 ? a : side < 2 ? Math.Min(a, b) : Math.Max(a, b);
            BinaryPrimitives.WriteInt16BigEndian(outline.AsSpan(2 + side * 2), (short)edge);
        }

        Component(outline.AsSpan(10), WordsAsOffsets | More, pieces.First, 0, 0);
        Component(outline.AsSpan(18), WordsAsOffsets, pieces.Second, pieces.OffsetX, pieces.OffsetY);
        return outline;
    }

    private static int Box(ReadOnlySpan<byte> outline, int side) =>
        outline.Length < 10 ? 0 : BinaryPrimitives.ReadInt16BigEndian(outline[(2 + side * 2)..]);

    private static void Component(Span<byte> to, ushort flags, int glyph, int x, int y)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, flags);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)glyph);
        BinaryPrimitives.WriteInt16BigEndian(to[4..], (short)x);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)y);
    }

    private readonly record struct Pieces(int First, int Second, int OffsetX, int OffsetY, int Advance);

    private sealed record Merged(ushort Advance, byte[] Outline);
}
