using Training.Pdf.Images;

namespace Training.Pdf.Writing;

/// <summary>Writes the images of a document, each with its opacity as a soft mask.</summary>
internal sealed class ImageWriter(PdfFileWriter file)
{
    internal int[] Write(IReadOnlyList<PdfImage> images)
    {
        if (images.Count == 0)
            return [];
        var numbers = new int[images.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var image = images[i];
            var size = $"/Type/XObject/Subtype/Image/Width {image.Width}/Height {image.Height}/BitsPerComponent 8";
            var mask = image.Opacity is null ? 0 : file.RawStream(image.Opacity, "/Filter/FlateDecode/ColorSpace/DeviceGray" + size);
            numbers[i] = file.RawStream(image.Data, image.Dictionary + size + (mask == 0 ? "" : $"/SMask {mask} 0 R"));
        }

        return numbers;
    }
}
