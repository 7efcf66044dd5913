namespace Training.Pdf.Images;

/// <summary>
/// A picture ready to be placed, read once and used in any number of documents; a document that shows it twice carries it once.
/// Immutable.
/// </summary>
public sealed class PdfImage
{
    /// <summary>Most pixels accepted: a page in colour at 300 dpi has 8.7 million.</summary>
    public const int MaxPixels = 16_000_000;

    internal PdfImage(int width, int height, string dictionary, byte[] data, byte[]? opacity)
    {
        Width = width;
        Height = height;
        Dictionary = dictionary;
        Data = data;
        Opacity = opacity;
    }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Filter and colour space.</summary>
    internal string Dictionary { get; }

    internal byte[] Data { get; }

    /// <summary>Compressed, one byte for each pixel; null when all are opaque.</summary>
    internal byte[]? Opacity { get; }

    /// <summary>
    /// Reads a PNG (all kinds; transparency is kept) or a JPEG (grey, colour or CMYK; passed on as it is, without the place, date and
    /// camera that photographs carry). The kind is told from the bytes, not from a name.
    /// </summary>
    /// <exception cref="InvalidImageException">The bytes are neither, are damaged, or have too many pixels.</exception>
    public static PdfImage Read(ReadOnlySpan<byte> file) =>
        PngReader.IsPng(file) ? PngReader.Read(file)
        : JpegReader.IsJpeg(file) ? JpegReader.Read(file)
        : throw new InvalidImageException("The image is neither PNG nor JPEG.");

    internal static void CheckSize(long width, long height)
    {
        if (width < 1 || height < 1 || width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
            throw new InvalidImageException($"The image has no pixels or more than {MaxPixels}.");
    }
}

/// <summary>A picture cannot be read.</summary>
public sealed class InvalidImageException : Exception
{
    public InvalidImageException() { }
    public InvalidImageException(string message) : base(message) { }
    public InvalidImageException(string message, Exception inner) : base(message, inner) { }
}
