using System.Buffers.Binary;
using Training.Pdf.Bidi;
using Training.Pdf.Fonts;
using Training.Pdf.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Tests.Fonts;

internal sealed class FontSubsetTests
{
    [Test]
    public void Writes_a_sound_TrueType_file_for_each_face([Range(0, 4)] int index)
    {
        var subset = new FontSubset(FaceSet.Shared[index]);
        var style = new TextStyle(index < 2 ? FontFamily.Book : FontFamily.Sans, index is 1 or 3, TextDirection.Auto);
        string[] texts = index switch
        {
            0 or 1 => ["شهادة إتمام التكوين", "الكراوي المالكي عبد الله", "Attestation de réussite Ÿ Œ ç 2026"],
            2 or 3 => ["Vérification : Aïcha Ouâddi ẓ ɛ", "https://example.ma/v/7K3Q"],
            _ => ["ⵢⴰⵙⵎⵉⵏ ⴰⵎⴰⵣⵉⵖ"],
        };
        foreach (var glyph in texts.SelectMany(text => TextShaper.ShapeLine(text, style).Glyphs).Where(glyph => glyph.Face == index))
            subset.Slot(glyph.Key);

        AssertSound(subset);
        Assert.That(subset.Keys, Has.Count.GreaterThan(4));
    }

    [Test]
    public void Gives_a_glyph_that_stands_for_two_texts_a_slot_for_each()
    {
        var subset = new FontSubset(FaceSet.Shared[2]);
        int first = subset.Slot(GlyphKey.Create(3, "a")), second = subset.Slot(GlyphKey.Create(3, "b"));
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(subset.Slot(GlyphKey.Create(3, "a")), Is.EqualTo(first));
        });
    }

    [Test]
    public void Continues_a_seed_without_moving_its_slots()
    {
        var beginning = new FontSubset(FaceSet.Shared[0]);
        var keys = TextShaper.ShapeLine("شهادة مشاركة", new TextStyle(FontFamily.Book, false, TextDirection.RightToLeft)).Glyphs;
        var slots = keys.Select(glyph => beginning.Slot(glyph.Key)).ToArray();
        var subset = new FontSubset(FaceSet.Shared[0]);
        subset.Reset(beginning.ToSeed());
        foreach (var glyph in TextShaper.ShapeLine("éàçôÉ الكراوي", new TextStyle(FontFamily.Book, false, TextDirection.RightToLeft)).Glyphs)
            subset.Slot(glyph.Key);

        Assert.That(keys.Select(glyph => subset.Slot(glyph.Key)), Is.EqualTo(slots));
        AssertSound(subset);
    }

    [Test]
    public void Keeps_the_text_of_a_pair_exactly([Values("", "a", "لا", "abcd", "لله\u0651\u0670", "abcdefg")] string text)
    {
        Span<char> copy = stackalloc char[7];
        var key = GlyphKey.Create(65535, text);
        var length = key.CopyText(copy);
        Assert.That(copy[..length].ToString(), Is.EqualTo(text));
        Assert.That(key.Glyph, Is.EqualTo(65535));
    }

    private static void AssertSound(FontSubset subset)
    {
        var buffer = new PdfBuffer();
        subset.WriteFontFile(buffer);
        var file = buffer.ToArray();
        var tables = Enumerable.Range(0, U16(file, 4)).Select(i => 12 + 16 * i).ToDictionary(
            at => System.Text.Encoding.ASCII.GetString(file, at, 4),
            at => (Sum: U32(file, at + 4), Offset: (int)U32(file, at + 8), Length: (int)U32(file, at + 12)));
        var glyphs = U16(file, tables["maxp"].Offset + 4);
        var longLoca = U16(file, tables["head"].Offset + 50) == 1;
        var ends = Enumerable.Range(0, glyphs + 1)
            .Select(i => longLoca ? (int)U32(file, tables["loca"].Offset + i * 4) : U16(file, tables["loca"].Offset + i * 2) * 2).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(tables.Keys, Is.EquivalentTo(new[] { "glyf", "head", "hhea", "hmtx", "loca", "maxp" }));
            Assert.That(glyphs, Is.EqualTo(subset.Keys.Count));
            Assert.That(ends, Is.Ordered);
            Assert.That(ends[^1], Is.EqualTo(tables["glyf"].Length));
            Assert.That(Checksum(file), Is.EqualTo(0xB1B0AFBA));
            Assert.That(tables["hmtx"].Length, Is.EqualTo(glyphs * 4));
            Assert.That(tables.Where(t => t.Key != "head" && Checksum(file.AsSpan(t.Value.Offset, (t.Value.Length + 3) & ~3)) != t.Value.Sum), Is.Empty);
            for (var i = 0; i < glyphs; i++)
                AssertOutline(file.AsSpan(tables["glyf"].Offset + ends[i], ends[i + 1] - ends[i]), i, glyphs);
        });
    }

    private static void AssertOutline(ReadOnlySpan<byte> outline, int slot, int count)
    {
        if (outline.IsEmpty)
            return;
        var contours = BinaryPrimitives.ReadInt16BigEndian(outline);
        if (contours >= 0)
        {
            Assert.That(BinaryPrimitives.ReadUInt16BigEndian(outline[(10 + contours * 2)..]), Is.Zero, "hinting is dropped");
            return;
        }

        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Assert.That(flags & 0x100, Is.Zero, "hinting is dropped");
            Assert.That((int)BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]), Is.LessThan(count).And.Not.EqualTo(slot));
            at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
        }
        while ((flags & 0x20) != 0);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4)
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
