using System.Buffers.Text;
using System.IO.Compression;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates.Badges;

/// <summary>A list of bits as Bitstring Status List 1.0 writes it: the first bit is the highest of the first byte, packed by gzip, in base64url.</summary>
internal static class BitstringList
{
    // Says that base64url without padding follows (multibase).
    private const char Base64UrlMark = 'u';

    public static string Encode(IEnumerable<int> places)
    {
        var bits = new byte[Badge.ListEntries / 8];
        foreach (var place in places) bits[place / 8] |= (byte)(0x80 >> (place % 8));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(bits);
        return Base64UrlMark + Base64Url.EncodeToString(packed.ToArray());
    }
}
