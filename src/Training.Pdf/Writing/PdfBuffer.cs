using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Training.Pdf.Writing;

/// <summary>Growing bytes with the few ways of writing that a PDF needs. Reused from document to document.</summary>
internal sealed class PdfBuffer
{
    private byte[] _bytes = new byte[4096];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal Span<byte> Mutable(int start, int length) => _bytes.AsSpan(start, length);

    internal byte[] ToArray() => Span.ToArray();

    internal void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    internal void WriteAscii(ref InvariantText text) => WriteAscii(text.Finish());

    internal void WriteAscii(string text)
    {
        Reserve(text.Length);
        Length += Encoding.ASCII.GetBytes(text, _bytes.AsSpan(Length));
    }

    internal void WriteUInt16(ushort value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(Length), value);
        Length += 2;
    }

    internal void WriteUInt32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(Length), value);
        Length += 4;
    }

    internal void WriteInt(int value)
    {
        Reserve(11);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>A number with at most two decimals: 0.01 point is finer than any printer.</summary>
    internal void WriteNumber(double value)
    {
        var hundredths = (long)Math.Round(value * 100, MidpointRounding.AwayFromZero);
        if (hundredths < 0)
        {
            WriteByte((byte)'-');
            hundredths = -hundredths;
        }

        WriteInt((int)(hundredths / 100));
        var rest = (int)(hundredths % 100);
        if (rest == 0)
            return;
        WriteByte((byte)'.');
        WriteByte((byte)('0' + rest / 10));
        if (rest % 10 != 0)
            WriteByte((byte)('0' + rest % 10));
    }

    /// <summary>Four hexadecimal digits.</summary>
    internal void WriteHex(ushort value)
    {
        Reserve(4);
        for (var shift = 12; shift >= 0; shift -= 4)
            _bytes[Length++] = "0123456789ABCDEF"u8[(value >> shift) & 15];
    }

    /// <summary>A text string: plain when ASCII, else UTF-16 as the specification wants it.</summary>
    internal void WriteTextString(string text)
    {
        if (Ascii.IsValid(text))
        {
            WriteByte((byte)'(');
            foreach (var c in text)
            {
                if (c is '(' or ')' or '\\')
                    WriteByte((byte)'\\');
                WriteByte((byte)c);
            }

            WriteByte((byte)')');
            return;
        }

        Write("<FEFF"u8);
        foreach (var c in text)
            WriteHex(c);
        WriteByte((byte)'>');
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
    }
}
