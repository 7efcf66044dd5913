using Training.Pdf.Text;

namespace Training.Pdf.Writing;

/// <summary>Writes the glyphs of one line: changes of face and height, gaps, and the language of stretches in another script.</summary>
internal ref struct TextRun(PdfBuffer content, PdfDocument document, double size, ScriptLanguages? languages, string? language)
{
    private int _face = -1;
    private short _rise;
    private bool _open;
    private string? _spoken;

    internal void Write(ShapedLine line)
    {
        foreach (ref readonly var glyph in line.Glyphs.AsSpan())
        {
            if (languages is not null)
                Speak(glyph);
            if (glyph.Face != _face || glyph.Rise != _rise)
                Change(glyph);
            if (!_open)
                WriteLead("["u8, glyph.Lead);
            else if (glyph.Lead != 0)
                WriteLead(">"u8, glyph.Lead);
            _open = true;
            content.WriteHex(document.Subset(glyph.Face).Slot(glyph.Key));
        }

        Close();
        if (_spoken is not null)
            content.Write("EMC\n"u8);
        content.Write(_rise == 0 ? "ET\n"u8 : "0 Ts ET\n"u8);
    }

    // Letters decide; digits, spaces and signs stay with what stands before them.
    private void Speak(in PlacedGlyph glyph)
    {
        var own = languages!.Of(glyph.Key);
        if (own is null)
            return;
        var wanted = own == (language ?? languages.Document) ? null : own;
        if (wanted == _spoken)
            return;
        Close();
        if (_spoken is not null)
            content.Write("EMC\n"u8);
        if (wanted is not null)
        {
            content.Write("/Span<</Lang"u8);
            content.WriteTextString(wanted);
            content.Write(">>BDC\n"u8);
        }

        _spoken = wanted;
    }

    private void Change(in PlacedGlyph glyph)
    {
        Close();
        if (glyph.Face != _face)
        {
            content.Write("/F"u8);
            content.WriteInt(glyph.Face);
            content.WriteByte((byte)' ');
            content.WriteNumber(size);
            content.Write(" Tf\n"u8);
        }

        if (glyph.Rise != _rise)
        {
            content.WriteNumber(glyph.Rise * size / 1000);
            content.Write(" Ts\n"u8);
        }

        (_face, _rise) = (glyph.Face, glyph.Rise);
    }

    private void Close()
    {
        if (_open)
            content.Write(">]TJ\n"u8);
        _open = false;
    }

    private readonly void WriteLead(ReadOnlySpan<byte> before, short lead)
    {
        content.Write(before);
        if (lead != 0)
            content.WriteInt(-lead);
        content.WriteByte((byte)'<');
    }
}
