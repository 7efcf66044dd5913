namespace Training.App.Platform.Spreadsheets;

/// <summary>Tells a text file from what is only named like one, by its first bytes.</summary>
internal static class FileKind
{
    /// <summary>How many first bytes <see cref="LooksLikeText"/> wants to see.</summary>
    public const int SampleSize = 64 * 1024;

    private static readonly byte[][] Others =
    [
        [(byte)'P', (byte)'K', 3, 4], [(byte)'P', (byte)'K', 5, 6], // ZIP, and so XLSX, ODS
        [0xD0, 0xCF, 0x11, 0xE0], // XLS of old
        [.. "%PDF"u8], [0x1F, 0x8B], [(byte)'7', (byte)'z', 0xBC, 0xAF], [.. "Rar!"u8], [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF],
        [0x7F, (byte)'E', (byte)'L', (byte)'F'], [.. "SQLite format"u8],
    ];

    /// <summary>False for archives, workbooks, pictures and other binary files.</summary>
    /// <param name="sample">The file's first bytes.</param>
    public static bool LooksLikeText(ReadOnlySpan<byte> sample)
    {
        foreach (var magic in Others)
            if (sample.StartsWith(magic)) return false;
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
