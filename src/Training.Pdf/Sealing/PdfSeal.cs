using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Training.Pdf.Writing;

namespace Training.Pdf.Sealing;

/// <summary>What a seal says of itself in the file.</summary>
/// <param name="Name">Who seals.</param>
/// <param name="Reason">Why.</param>
/// <param name="SealedAt">When; written in UTC.</param>
public sealed record SealInfo(string Name, string Reason, DateTimeOffset SealedAt);

/// <summary>
/// Seals documents of this library by an incremental update, in the manner of PAdES (ETSI.CAdES.detached): the sealed file begins with
/// the unsealed one, byte for byte, so that the identity of a document is the hash of that beginning, whoever sealed it and when.
/// The signature itself comes from the caller: this library knows no keys.
/// </summary>
public static class PdfSeal
{
    private const string Marker = "/SubFilter/ETSI.CAdES.detached";

    // Room for three file positions of up to ten digits.
    private const string RangeRoom = "[0 0000000000 0000000000 0000000000]";

    /// <summary>The sealed file.</summary>
    /// <param name="pdf">An unsealed file of this library.</param>
    /// <param name="info">What the seal says of itself.</param>
    /// <param name="signatureRoom">Most bytes of the signature.</param>
    /// <param name="sign">Makes a detached CMS signature over the bytes it is given.</param>
    /// <exception cref="InvalidDataException">The file is not of this library, or is sealed already.</exception>
    /// <exception cref="InvalidOperationException">The signature does not fit the room.</exception>
    public static byte[] Apply(byte[] pdf, SealInfo info, int signatureRoom, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(sign);
        ArgumentOutOfRangeException.ThrowIfLessThan(signatureRoom, 1);
        if (IsSealed(pdf))
            throw new InvalidDataException("The document is sealed already.");
        var target = SealTarget.Read(pdf);
        var file = new PdfBuffer();
        file.Write(pdf);
        var offsets = new SortedDictionary<int, int>();
        int field = target.Size, signature = target.Size + 1;

        Begin(target.CatalogNumber).WriteAscii(target.CatalogWith($"/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>"));
        End();
        Begin(target.PageNumber).WriteAscii(target.PageWith(field));
        End();
        Begin(field).WriteAscii(
            $"<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/Rect[0 0 0 0]/F 132/P {target.PageNumber} 0 R/V {signature} 0 R>>");
        End();
        Begin(signature).WriteAscii($"<</Type/Sig/Filter/Adobe.PPKLite{Marker}/M(D:{info.SealedAt.UtcDateTime:yyyyMMddHHmmss}Z)/Name");
        file.WriteTextString(info.Name);
        file.Write("/Reason"u8);
        file.WriteTextString(info.Reason);
        file.Write("/ByteRange"u8);
        var range = file.Length;
        file.WriteAscii(RangeRoom + "/Contents");
        var contents = file.Length;
        file.WriteAscii("<" + new string('0', signatureRoom * 2) + ">");
        var after = file.Length;
        file.Write(">>"u8);
        End();
        WriteTable(file, target, offsets, signature + 1);

        Fill(file, range, FormattableString.Invariant($"[0 {contents} {after} {file.Length - after}]").PadRight(RangeRoom.Length));
        var signed = sign([.. file.Span[..contents], .. file.Span[after..]]);
        if (signed.Length > signatureRoom)
            throw new InvalidOperationException($"The signature has {signed.Length} bytes, the room {signatureRoom}.");
        Fill(file, contents + 1, Convert.ToHexString(signed));
        return file.ToArray();

        PdfBuffer Begin(int number)
        {
            offsets[number] = file.Length;
            file.WriteAscii(FormattableString.Invariant($"{number} 0 obj\n"));
            return file;
        }

        void End() => file.Write("\nendobj\n"u8);
    }

    /// <summary>Whether the file carries a seal of this kind.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> pdf) => pdf.IndexOf(Encoding.ASCII.GetBytes(Marker)) >= 0;

    /// <summary>The document as it was before it was sealed, which identifies it; all of an unsealed one.</summary>
    public static ReadOnlySpan<byte> Unsealed(ReadOnlySpan<byte> pdf)
    {
        var seal = pdf.IndexOf(Encoding.ASCII.GetBytes(Marker));
        if (seal < 0)
            return pdf;
        var end = pdf[..seal].LastIndexOf("%%EOF\n"u8);
        return end < 0 ? throw new InvalidDataException("The sealed part begins nowhere.") : pdf[..(end + 6)];
    }

    private static void Fill(PdfBuffer file, int at, string text) => Encoding.ASCII.GetBytes(text, file.Mutable(at, text.Length));

    // The new places of the changed objects; for all others the table points to the one before it.
    private static void WriteTable(PdfBuffer file, SealTarget target, SortedDictionary<int, int> offsets, int number)
    {
        var start = file.Length;
        offsets[number] = start;
        var index = new StringBuilder();
        var rows = new PdfBuffer();
        foreach (var (changed, offset) in offsets)
        {
            index.Append(CultureInfo.InvariantCulture, $"{changed} 1 ");
            rows.WriteByte(1);
            rows.WriteUInt32((uint)offset);
            rows.WriteUInt16(0);
        }

        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(file.Span, digest);
        file.WriteAscii(FormattableString.Invariant(
            $"{number} 0 obj<</Type/XRef/W[1 4 2]/Index[{index}]/Size {number + 1}/Prev {target.TableOffset}/Root {target.CatalogNumber} 0 R") +
            FormattableString.Invariant($"/Info {target.InformationNumber} 0 R/ID[<{target.Id}><{Convert.ToHexString(digest[..16])}>]/Length {rows.Length}>>stream\n"));
        file.Write(rows.Span);
        file.WriteAscii(FormattableString.Invariant($"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n"));
    }
}
