using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HarfBuzzSharp;
using Tag = HarfBuzzSharp.Tag;

namespace Training.Pdf.Fonts;

/// <summary>One embedded TrueType face: its HarfBuzz font, metrics and outlines. Immutable and shared by all threads.</summary>
internal sealed class FontFace
{
    private const byte Known = 1, Absent = 2;

    private readonly byte[] _file;
    private readonly byte[] _coverage = new byte[0x10000];
    private readonly TableRange _glyf, _loca, _hmtx;
    private readonly bool _longLoca;
    private readonly int _metricCount;

    internal FontFace(string name, int index)
    {
        Name = name;
        Index = index;
        _file = LoadResource(name + ".ttf");
        Head = Table("head").Of(_file).ToArray();
        HorizontalHeader = Table("hhea").Of(_file).ToArray();
        MaximumProfile = Table("maxp").Of(_file).ToArray();
        _glyf = Table("glyf");
        _loca = Table("loca");
        _hmtx = Table("hmtx");
        _longLoca = BinaryPrimitives.ReadInt16BigEndian(Head.AsSpan(50)) != 0;
        _metricCount = BinaryPrimitives.ReadUInt16BigEndian(HorizontalHeader.AsSpan(34));
        Ascent = BinaryPrimitives.ReadInt16BigEndian(HorizontalHeader.AsSpan(4));
        Descent = BinaryPrimitives.ReadInt16BigEndian(HorizontalHeader.AsSpan(6));
        // Advances go into the PDF as they are, in thousandths of an em.
        if (BinaryPrimitives.ReadUInt16BigEndian(Head.AsSpan(18)) != 1000)
            throw new InvalidOperationException($"The face {name} is not drawn on 1000 units to the em.");

        var handle = GCHandle.Alloc(_file, GCHandleType.Pinned);
        var blob = new Blob(handle.AddrOfPinnedObject(), _file.Length, MemoryMode.ReadOnly);
        blob.MakeImmutable();
        var face = new Face(blob, 0) { UnitsPerEm = 1000 };
        face.MakeImmutable();
        Font = new Font(face);
        Font.SetScale(1000, 1000);
        Font.SetFunctionsOpenType();
        Merged = new MergedGlyphs(this, BinaryPrimitives.ReadUInt16BigEndian(MaximumProfile.AsSpan(4)));
    }

    internal string Name { get; }
    internal int Index { get; }
    internal Font Font { get; }
    internal MergedGlyphs Merged { get; }
    internal byte[] Head { get; }
    internal byte[] HorizontalHeader { get; }
    internal byte[] MaximumProfile { get; }
    internal short Ascent { get; }
    internal short Descent { get; }

    /// <summary>Whether the face has a glyph of its own for a code point.</summary>
    internal bool Has(int codePoint)
    {
        if (codePoint >= _coverage.Length)
            return Font.TryGetNominalGlyph((uint)codePoint, out _);
        var state = _coverage[codePoint];
        if (state == 0)
            _coverage[codePoint] = state = Font.TryGetNominalGlyph((uint)codePoint, out _) ? Known : Absent;
        return state == Known;
    }

    internal ushort Advance(int glyph) => Merged.Contains(glyph)
        ? Merged.Advance(glyph)
        : BinaryPrimitives.ReadUInt16BigEndian(_hmtx.Of(_file)[(Math.Min(glyph, _metricCount - 1) * 4)..]);

    internal short LeftSideBearing(int glyph) => Merged.Contains(glyph)
        ? Merged.LeftSideBearing(glyph)
        : BinaryPrimitives.ReadInt16BigEndian(_hmtx.Of(_file)[
            (glyph < _metricCount ? glyph * 4 + 2 : _metricCount * 4 + (glyph - _metricCount) * 2)..]);

    /// <summary>The raw glyf entry; empty for a glyph without ink.</summary>
    internal ReadOnlySpan<byte> Outline(int glyph)
    {
        if (Merged.Contains(glyph))
            return Merged.Outline(glyph);
        var loca = _loca.Of(_file);
        var (start, end) = _longLoca
            ? (BinaryPrimitives.ReadInt32BigEndian(loca[(glyph * 4)..]), BinaryPrimitives.ReadInt32BigEndian(loca[(glyph * 4 + 4)..]))
            : (BinaryPrimitives.ReadUInt16BigEndian(loca[(glyph * 2)..]) * 2, BinaryPrimitives.ReadUInt16BigEndian(loca[(glyph * 2 + 2)..]) * 2);
        return _glyf.Of(_file)[start..end];
    }

    private TableRange Table(string tag)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(4));
        for (var i = 0; i < count; i++)
        {
            var entry = _file.AsSpan(12 + i * 16, 16);
            if ((uint)Tag.Parse(tag) == BinaryPrimitives.ReadUInt32BigEndian(entry))
                return new TableRange(BinaryPrimitives.ReadInt32BigEndian(entry[8..]), BinaryPrimitives.ReadInt32BigEndian(entry[12..]));
        }

        throw new InvalidOperationException($"The face {Name} has no table {tag}.");
    }

    private static byte[] LoadResource(string name)
    {
        using var stream = typeof(FontFace).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The face {name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private readonly record struct TableRange(int Offset, int Length)
    {
        internal ReadOnlySpan<byte> Of(byte[] file) => file.AsSpan(Offset, Length);
    }
}
