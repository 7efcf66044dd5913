using System.Buffers.Binary;
using Training.Pdf.Writing;

namespace Training.Pdf.Fonts;

/// <summary>
/// What one document uses of one face. A slot is a code of the PDF font and a glyph of the subset at once;
/// it is appended and never moved, so that a prepared beginning (the seed) can be shared by many documents.
/// </summary>
internal sealed class FontSubset
{
    private const ushort MoreComponents = 0x20, HasInstructions = 0x100, WordArguments = 0x1, Scale = 0x8, TwoScales = 0x40, Matrix = 0x80;

    private readonly Dictionary<GlyphKey, ushort> _slots = [];
    private readonly List<GlyphKey> _keys = [];
    private readonly List<int> _ends = [];
    private readonly PdfBuffer _outlines = new();
    private IReadOnlyDictionary<GlyphKey, ushort>? _seedSlots;

    internal FontSubset(FontFace face)
    {
        Face = face;
        Reset(null);
    }

    internal FontFace Face { get; }

    internal bool IsUsed => _keys.Count > 1;

    /// <summary>Pairs by slot; slot 0 is the missing glyph.</summary>
    internal List<GlyphKey> Keys => _keys;

    internal void Reset(FontSubset? seed)
    {
        _slots.Clear();
        _keys.Clear();
        _ends.Clear();
        _outlines.Clear();
        _seedSlots = seed?._slots;
        if (seed is null)
        {
            _keys.Add(default);
            _ends.Add(0);
            return;
        }

        _keys.AddRange(seed._keys);
        _ends.AddRange(seed._ends);
        _outlines.Write(seed._outlines.Span);
    }

    /// <summary>A copy that will not change, to begin other documents with.</summary>
    internal FontSubset ToSeed()
    {
        var seed = new FontSubset(Face);
        seed.Reset(null);
        foreach (var key in _keys.Skip(1))
            seed.Slot(key);
        return seed;
    }

    internal ushort Slot(GlyphKey key)
    {
        if (_seedSlots is not null && _seedSlots.TryGetValue(key, out var slot))
            return slot;
        if (!_slots.TryGetValue(key, out slot))
            _slots[key] = slot = Append(key);
        return slot;
    }

    /// <summary>A TrueType file with the tables a PDF viewer needs, without hinting.</summary>
    internal void WriteFontFile(PdfBuffer to)
    {
        var count = _keys.Count;
        var longLoca = _outlines.Length > 0x1FFFE;
        ReadOnlySpan<(string Tag, int Length)> tables =
        [
            ("glyf", _outlines.Length), ("head", Face.Head.Length), ("hhea", Face.HorizontalHeader.Length),
            ("hmtx", count * 4), ("loca", (count + 1) * (longLoca ? 4 : 2)), ("maxp", Face.MaximumProfile.Length),
        ];
        var file = to.Length;
        to.WriteUInt32(0x00010000);
        to.WriteUInt16(6);
        to.WriteUInt16(64);
        to.WriteUInt16(2);
        to.WriteUInt16(32);
        var offset = 12 + 16 * tables.Length;
        foreach (var (tag, length) in tables)
        {
            to.WriteAscii(tag);
            to.WriteUInt32(0);
            to.WriteUInt32((uint)offset);
            to.WriteUInt32((uint)length);
            offset += (length + 3) & ~3;
        }

        to.Write(_outlines.Span);
        Pad(to, file);
        var head = to.Length;
        to.Write(Face.Head);
        BinaryPrimitives.WriteUInt32BigEndian(to.Mutable(head + 8, 4), 0);
        BinaryPrimitives.WriteInt16BigEndian(to.Mutable(head + 50, 2), (short)(longLoca ? 1 : 0));
        Pad(to, file);
        var header = to.Length;
        to.Write(Face.HorizontalHeader);
        BinaryPrimitives.WriteUInt16BigEndian(to.Mutable(header + 34, 2), (ushort)count);
        Pad(to, file);
        foreach (var key in _keys)
        {
            to.WriteUInt16(Face.Advance(key.Glyph));
            to.WriteUInt16(unchecked((ushort)Face.LeftSideBearing(key.Glyph)));
        }

        Pad(to, file);
        WriteLoca(to, longLoca);
        Pad(to, file);
        var profile = to.Length;
        to.Write(Face.MaximumProfile);
        BinaryPrimitives.WriteUInt16BigEndian(to.Mutable(profile + 4, 2), (ushort)count);
        // Zones stay; storage, functions, instructions, stack and sizes belong to the dropped hinting.
        to.Mutable(profile + 16, 12).Clear();
        Pad(to, file);
        WriteChecksums(to, file, tables.Length, head);
    }

    private void WriteLoca(PdfBuffer to, bool longLoca)
    {
        var end = 0;
        for (var i = 0; i <= _ends.Count; i++)
        {
            if (longLoca)
                to.WriteUInt32((uint)end);
            else
                to.WriteUInt16((ushort)(end / 2));
            end = i < _ends.Count ? _ends[i] : end;
        }
    }

    private static void Pad(PdfBuffer to, int file)
    {
        while (((to.Length - file) & 3) != 0)
            to.WriteByte(0);
    }

    private static void WriteChecksums(PdfBuffer to, int file, int tableCount, int head)
    {
        for (var i = 0; i < tableCount; i++)
        {
            var entry = to.Mutable(file + 12 + i * 16, 16);
            var offset = BinaryPrimitives.ReadInt32BigEndian(entry[8..]);
            var length = (BinaryPrimitives.ReadInt32BigEndian(entry[12..]) + 3) & ~3;
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(to.Mutable(file + offset, length)));
        }

        var all = Sum(to.Mutable(file, to.Length - file));
        BinaryPrimitives.WriteUInt32BigEndian(to.Mutable(head + 8, 4), unchecked(0xB1B0AFBA - all));
    }

    private static uint Sum(ReadOnlySpan<byte> words)
    {
        var sum = 0u;
        for (var i = 0; i + 4 <= words.Length; i += 4)
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(words[i..]));
        return sum;
    }

    private ushort Append(GlyphKey key)
    {
        var outline = Face.Outline(key.Glyph);
        if (outline.Length < 10)
            return Close(key);
        var contours = BinaryPrimitives.ReadInt16BigEndian(outline);
        if (contours < 0)
            return AppendComposite(key, outline);

        var instructions = 10 + contours * 2;
        var instructionLength = BinaryPrimitives.ReadUInt16BigEndian(outline[instructions..]);
        _outlines.Write(outline[..instructions]);
        _outlines.WriteUInt16(0);
        _outlines.Write(outline[(instructions + 2 + instructionLength)..]);
        return Close(key);
    }

    private ushort AppendComposite(GlyphKey key, ReadOnlySpan<byte> outline)
    {
        Span<byte> copy = outline.Length <= 512 ? stackalloc byte[outline.Length] : new byte[outline.Length];
        outline.CopyTo(copy);
        var at = 10;
        ushort flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(copy[at..]);
            var component = BinaryPrimitives.ReadUInt16BigEndian(copy[(at + 2)..]);
            BinaryPrimitives.WriteUInt16BigEndian(copy[at..], (ushort)(flags & ~HasInstructions));
            // A component without text of its own: a slot that is never shown by itself.
            BinaryPrimitives.WriteUInt16BigEndian(copy[(at + 2)..], Slot(GlyphKey.Create(component, [])));
            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2);
            at += (flags & Scale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & Matrix) != 0 ? 8 : 0;
        }
        while ((flags & MoreComponents) != 0);

        _outlines.Write(copy[..at]);
        return Close(key);
    }

    private ushort Close(GlyphKey key)
    {
        if ((_outlines.Length & 1) != 0)
            _outlines.WriteByte(0);
        _keys.Add(key);
        _ends.Add(_outlines.Length);
        return (ushort)(_keys.Count - 1);
    }
}
