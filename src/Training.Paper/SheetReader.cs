using Training.Paper.Imaging;

namespace Training.Paper;

/// <summary>
/// Reads a photographed sheet: finds its corners, rectifies it, reads its code and judges its boxes. Proposes only what leaves no
/// doubt. Keeps nothing; safe for several threads, each photograph takes up to 100 MB while it is read.
/// </summary>
public static class SheetReader
{
    /// <summary>Most bytes of a photograph.</summary>
    public const int BytesMax = 12 * 1024 * 1024;

    /// <summary>Most pixels of a JPEG.</summary>
    public const long JpegPixelsMax = 50_000_000;

    /// <summary>Most pixels of a PNG, which is unfolded whole before it is made smaller.</summary>
    public const long PngPixelsMax = 16_000_000;

    /// <summary>Least pixels on a side.</summary>
    public const int SideMin = 600;

    /// <summary>Reads one photograph.</summary>
    public static SheetReading Read(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (image, fault) = PhotoDecoder.Decode(file);
        return image is null ? new SheetReading(fault, null, []) : Read(image);
    }

    internal static SheetReading Read(GrayImage image)
    {
        var frames = CornerFinder.Find(image);
        foreach (var corners in frames)
        {
            if (CodeSampler.Find(image, corners) is not var (code, page, inkRatio)) continue;
            var layout = new SheetLayout(code.RightToLeft);
            var boxes = new BoxFinder(image, page, layout).Find(code.Rows.Count);
            var judge = new BoxJudge(image, inkRatio, boxes);
            return new SheetReading(null, code, [.. code.Rows.Select((row, index) => judge.Judge(row, boxes[index]))]);
        }
        return new SheetReading(frames.Count == 0 ? SheetFault.NoSheet : SheetFault.NoCode, null, []);
    }
}
