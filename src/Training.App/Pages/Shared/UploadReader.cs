using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Training.App.Pages.Shared;

/// <summary>Reads a form whose last parts are files, without taking them into memory.</summary>
internal sealed class UploadReader
{
    private const int FieldMax = 2048;
    private const int FieldsMax = 16;

    private readonly MultipartReader parts;

    private UploadReader(MultipartReader parts) => this.parts = parts;

    /// <summary>The fields before the first file, by name.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file's name as sent; null when no file came.</summary>
    public string? FileName { get; private set; }

    /// <summary>The file's bytes, still on the wire; null when no file came.</summary>
    public Stream? Content { get; private set; }

    /// <summary>Reads up to the file.</summary>
    /// <returns>Null when the body is not such a form.</returns>
    public static async Task<UploadReader?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return null;
        var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        var upload = new UploadReader(parts);
        return await upload.NextAsync(cancellationToken) ? upload : null;
    }

    /// <summary>Goes on to the next file; there is none left when <see cref="Content"/> is null afterwards.</summary>
    /// <returns>False when the body is not such a form.</returns>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        (FileName, Content) = (null, null);
        try
        {
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) return false;
                if (disposition.IsFileDisposition())
                {
                    FileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                    Content = part.Body;
                    return true;
                }
                if (Fields.Count == FieldsMax || await FieldAsync(part.Body, cancellationToken) is not { } value) return false;
                Fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = value;
            }
            return true;
        }
        catch (Exception cut) when (cut is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return false;
        }
    }

    private static async Task<string?> FieldAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[FieldMax + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > FieldMax ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
