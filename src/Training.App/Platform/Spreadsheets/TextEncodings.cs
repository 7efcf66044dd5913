using System.Text;
using System.Text.Unicode;

namespace Training.App.Platform.Spreadsheets;

/// <summary>
/// Finds out in which encoding a list was saved. A byte order mark decides; then valid UTF-8 is UTF-8; what is left was saved by a
/// spreadsheet in one of the two Windows code pages of the country. Those share the French small letters (é è ê à ç ï ô û), so
/// these say nothing: the rest of the upper half is Arabic letters in 1256, where they stand in words, several in a row, and capitals and
/// rarities in 1252, where they stand alone.
/// </summary>
internal static class TextEncodings
{
    private const int French = 1252;
    private const int Arabic = 1256;

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that a byte order mark names; null without one.</summary>
    public static Encoding? ByMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => null, // UTF-32: nobody saves lists so
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>Reads a file through and says its encoding; the stream is left at the beginning.</summary>
    public static Encoding Detect(Stream file)
    {
        var block = new byte[FileKind.SampleSize];
        file.Position = 0;
        var read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        if (ByMark(block.AsSpan(0, read)) is { } marked)
        {
            file.Position = 0;
            return marked;
        }

        var utf8 = true;
        int kept = 0, pairs = 0, singles = 0;
        while (read > 0)
        {
            var bytes = block.AsSpan(0, kept + read);
            if (utf8)
            {
                var whole = read < block.Length - kept ? bytes.Length : WholeCharacters(bytes);
                utf8 = Utf8.IsValid(bytes[..whole]);
                if (utf8)
                {
                    kept = bytes.Length - whole;
                    bytes[whole..].CopyTo(block);
                }
            }
            if (!utf8)
            {
                Count(bytes, ref pairs, ref singles);
                kept = 0;
            }
            read = file.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
        }
        file.Position = 0;
        if (utf8) return Encoding.UTF8;
        return Encoding.GetEncoding(pairs > 0 && pairs * 2 >= singles ? Arabic : French);
    }

    /// <summary>How many bytes remain when a character that goes on in the next block is left out.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if (b < 0x80) break;
            if (b < 0xC0) continue;
            var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return back < length ? bytes.Length - back : bytes.Length;
        }
        return bytes.Length;
    }

    private static void Count(ReadOnlySpan<byte> bytes, ref int pairs, ref int singles)
    {
        var before = false;
        var run = 0;
        foreach (var b in bytes)
        {
            var letter = IsArabicOnly(b);
            if (letter && before) pairs++;
            if (letter) run++;
            else if (run > 0)
            {
                if (run == 1) singles++;
                run = 0;
            }
            before = letter;
        }
    }

    /// <summary>A letter in 1256 that is not one of the French small letters both pages share.</summary>
    private static bool IsArabicOnly(byte b) => b is (>= 0xC1 and <= 0xD6) or (>= 0xD8 and <= 0xDF)
        or 0xE1 or (>= 0xE3 and <= 0xE6) or 0xEC or 0xED or 0x81 or 0x8D or 0x8E or 0x90 or 0x98;
}
