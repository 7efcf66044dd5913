using System.Buffers.Binary;
using Training.Pdf.Writing;

namespace Training.Pdf.Images;

/// <summary>
/// Reads the size and colours of a JPEG and passes its data on. Segments that say nothing of the picture are left out: a photograph's
/// place and date are nobody's business.
/// </summary>
internal static class JpegReader
{
    private const byte StartOfImage = 0xD8, StartOfScan = 0xDA, EndOfImage = 0xD9, Jfif = 0xE0, Adobe = 0xEE, Comment = 0xFE;

    internal static bool IsJpeg(ReadOnlySpan<byte> file) => file.Length > 4 && file[0] == 0xFF && file[1] == StartOfImage && file[2] == 0xFF;

    internal static PdfImage Read(ReadOnlySpan<byte> file)
    {
        var kept = new PdfBuffer();
        kept.Write(file[..2]);
        int width = 0, height = 0, components = 0;
        var adobe = false;
        for (var at = 2; ;)
        {
            if (at + 4 > file.Length || file[at] != 0xFF)
                throw Damaged();
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
                throw Damaged();
            var segment = file.Slice(at, 2 + length);
            if (IsFrame(marker))
            {
                // Lossless and arithmetic kinds are not for PDF.
                if (marker is not (0xC0 or 0xC1 or 0xC2) || length < 8 || segment[4] != 8)
                    throw new InvalidImageException("Only JPEGs of 8 bits, baseline or progressive, can be shown.");
                (height, width, components) = (U16(segment, 5), U16(segment, 7), segment[9]);
            }

            adobe |= marker == Adobe;
            if (marker is Jfif or Adobe or (not Comment and not (>= 0xE0 and <= 0xEF)))
                kept.Write(segment);
            at += 2 + length;
            if (marker == StartOfScan)
            {
                kept.Write(Scan(file[at..]));
                break;
            }
        }

        PdfImage.CheckSize(width, height);
        var space = components switch
        {
            1 => "/DeviceGray",
            3 => "/DeviceRGB",
            // Adobe's programs write the four inks inverted.
            4 => adobe ? "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" : "/DeviceCMYK",
            _ => throw Damaged(),
        };
        return new PdfImage(width, height, "/Filter/DCTDecode/ColorSpace" + space, kept.ToArray(), null);
    }

    // Up to the end of this image: what stands behind it (another, larger picture in some cameras' files) is dropped.
    private static ReadOnlySpan<byte> Scan(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at + 1 < rest.Length;)
        {
            var marker = rest[at] == 0xFF ? rest[at + 1] : 0;
            if (marker == EndOfImage)
                return rest[..(at + 2)];
            // Between the scans of a progressive image stand segments with a length.
            at += marker is >= 0xC0 and not (>= 0xD0 and <= 0xD7) and < 0xFF && at + 4 <= rest.Length ? 2 + U16(rest, at + 2) : 1;
        }

        throw Damaged();
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static InvalidImageException Damaged() => new("The JPEG is damaged.");
}
