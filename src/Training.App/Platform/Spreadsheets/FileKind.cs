namespace Training.App.Platform.Spreadsheets;

/// <summary>What a file is, by its first bytes and never by its name.</summary>
internal static class FileKind
{
    /// <summary>How many first bytes <see cref="FaultOf"/> wants to see.</summary>
    public const int SampleSize = 64 * 1024;

    private static readonly byte[] Zip = [(byte)'P', (byte)'K', 3, 4];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0];

    private static readonly byte[][] Pictures = [[0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], [.. "GIF8"u8], [.. "BM"u8], [.. "II*\0"u8]];

    private static readonly byte[][] Others =
    [
        [(byte)'P', (byte)'K', 5, 6], [0x1F, 0x8B], [(byte)'7', (byte)'z', 0xBC, 0xAF], [.. "Rar!"u8], [0x7F, (byte)'E', (byte)'L', (byte)'F'], [.. "SQLite format"u8],
    ];

    /// <summary>True for a zipped workbook, if it is one.</summary>
    public static bool IsZip(ReadOnlySpan<byte> sample) => sample.StartsWith(Zip);

    /// <summary>Why a file is no list that can be read, a stable code; null when it may be one.</summary>
    /// <param name="sample">The file's first bytes.</param>
    public static string? FaultOf(ReadOnlySpan<byte> sample)
    {
        if (IsZip(sample)) return sample.IndexOf("application/vnd.oasis.opendocument"u8) is > 0 and < 200 ? "openDocument" : null;
        // A workbook with a password is a locked box of the old kind with the new one inside.
        if (sample.StartsWith(Compound)) return sample.IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0 ? "workbookProtected" : "oldWorkbook";
        if (sample.StartsWith("%PDF"u8)) return "pdfList";
        if (IsAny(Pictures, sample) || (sample.Length > 12 && sample[4..8].SequenceEqual("ftyp"u8))) return LooksLikeText(sample) ? null : "pictureList";
        return LooksLikeText(sample) ? null : "notSpreadsheet";
    }

    private static bool IsAny(byte[][] kinds, ReadOnlySpan<byte> sample)
    {
        foreach (var magic in kinds)
            if (sample.StartsWith(magic)) return true;
        return false;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> sample)
    {
        if (IsAny(Others, sample)) return false;
        if (TextEncodings.ByMark(sample) is not null) return true;
        var controls = 0;
        foreach (var b in sample)
        {
            // No single-byte encoding and no UTF-8 text has a zero byte.
            if (b == 0) return false;
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C)) controls++;
        }
        return controls * 100 <= sample.Length;
    }
}
