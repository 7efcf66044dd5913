using Training.Pdf.Fonts;

namespace Training.Pdf.Writing;

/// <summary>Writes one font: its subset file, widths and the map back to Unicode.</summary>
internal sealed class FontWriter(PdfFileWriter file, FontSubset subset, PdfBuffer scratch)
{
    private const int MapBlock = 100;

    internal int Write()
    {
        scratch.Clear();
        subset.WriteFontFile(scratch);
        var program = file.Stream(scratch.Span, $"/Length1 {scratch.Length}");
        scratch.Clear();
        WriteUnicodeMap();
        var map = file.Stream(scratch.Span, "");

        int font = file.Number(), descendant = file.Number(), descriptor = file.Number();
        var name = Tag() + "+" + subset.Face.Name;
        file.Open(font).WriteAscii(
            $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {map} 0 R>>");
        file.Open(descriptor).WriteAscii(
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-600 {subset.Face.Descent} 2200 {subset.Face.Ascent}]/ItalicAngle 0" +
            $"/Ascent {subset.Face.Ascent}/Descent {subset.Face.Descent}/CapHeight 700/StemV 80/FontFile2 {program} 0 R>>");

        var body = file.Open(descendant);
        body.WriteAscii($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" +
            $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[0[");
        foreach (var key in subset.Keys)
        {
            body.WriteInt(subset.Face.Advance(key.Glyph));
            body.WriteByte((byte)' ');
        }

        body.Write("]]>>"u8);
        return font;
    }

    // Six letters that say which glyphs the subset has.
    private string Tag()
    {
        var hash = 14695981039346656037UL;
        foreach (var key in subset.Keys)
        {
            // Joined glyphs are numbered as they come up in a process, which must not show in the file.
            var high = subset.Face.Merged.Contains(key.Glyph) ? key.High & 0xFFFFFFFFFFFF : key.High;
            hash = unchecked((hash ^ high ^ key.Low) * 1099511628211UL);
        }

        return string.Create(6, hash, static (letters, value) =>
        {
            foreach (ref var letter in letters)
            {
                letter = (char)('A' + value % 26);
                value /= 26;
            }
        });
    }

    private void WriteUnicodeMap()
    {
        scratch.Write("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"u8);
        scratch.Write("/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n"u8);
        Span<char> text = stackalloc char[7];
        var slots = new List<int>();
        for (var slot = 1; slot < subset.Keys.Count; slot++)
        {
            if (subset.Keys[slot].CopyText(text) > 0)
                slots.Add(slot);
        }

        for (var start = 0; start < slots.Count; start += MapBlock)
        {
            var count = Math.Min(MapBlock, slots.Count - start);
            scratch.WriteInt(count);
            scratch.Write(" beginbfchar\n"u8);
            foreach (var slot in slots.GetRange(start, count))
            {
                scratch.WriteByte((byte)'<');
                scratch.WriteHex((ushort)slot);
                scratch.Write("><"u8);
                var length = subset.Keys[slot].CopyText(text);
                for (var i = 0; i < length; i++)
                    scratch.WriteHex(text[i]);
                scratch.Write(">\n"u8);
            }

            scratch.Write("endbfchar\n"u8);
        }

        scratch.Write("endcmap CMapName currentdict/CMap defineresource pop end end"u8);
    }
}
