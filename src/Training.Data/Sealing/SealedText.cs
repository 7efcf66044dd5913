using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Training.Data.Sealing;

/// <summary>
/// Personal words as the database keeps them: <c>sealed1:</c>, the key's id, and nonce, AES-256-GCM ciphertext and tag in base 64. The
/// column's name is authenticated too, so that a value put into another column does not open. What has no such beginning is from
/// before, and is read as it stands until <see cref="Resealing"/> has passed.
/// </summary>
public static class SealedText
{
    private const string Mark = "sealed1:";
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    // The mapping is shared by all contexts of a process, and a process serves one installation. Those opened earlier in its life go on
    // being readable, as tests do that restore one beside the other.
    private static volatile SealingKeys[] rings = [];

    /// <summary>Seals with these keys from now on.</summary>
    public static void Use(SealingKeys keys) => rings = [keys, .. rings.Where(ring => ring.Folder != keys.Folder)];

    /// <summary>The beginning of what a key has sealed.</summary>
    public static string BeginningOf(string keyId) => $"{Mark}{keyId}:";

    /// <summary>Seals words for a column; null stays null.</summary>
    public static string? Seal(string? text, string column) => text is null ? null : Seal(text, column, Current);

    /// <summary>Seals words for a column under a certain key.</summary>
    public static string Seal(string text, string column, SealingKey key)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Bytes, TagLength);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(column));
        return BeginningOf(key.Id) + Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Opens what a column keeps; null stays null, and words from before are answered as they are.</summary>
    /// <exception cref="SealingException">The key is missing, or the value was changed.</exception>
    public static string? Open(string? stored, string column)
    {
        if (stored is null || !stored.StartsWith(Mark, StringComparison.Ordinal)) return stored;
        var at = Mark.Length + SealingKey.IdLength;
        if (stored.Length <= at || stored[at] != ':') throw Changed(column, null);
        var id = stored[Mark.Length..at];
        var key = rings.Select(ring => ring.Find(id)).FirstOrDefault(found => found is not null)
            ?? throw new SealingException($"The sealing key {id} is missing from {Keys.Folder}: what it sealed in {column} cannot be read.");
        try
        {
            var bytes = Base64Url.DecodeFromChars(stored.AsSpan(at + 1));
            if (bytes.Length < NonceLength + TagLength) throw Changed(column, null);
            var plain = new byte[bytes.Length - NonceLength - TagLength];
            using var cipher = new AesGcm(key.Bytes, TagLength);
            cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), plain, Encoding.UTF8.GetBytes(column));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception fault) when (fault is AuthenticationTagMismatchException or FormatException)
        {
            throw Changed(column, fault);
        }
    }

    /// <summary>The key that seals now.</summary>
    private static SealingKey Current => rings.Select(ring => ring.All is [.., var newest] ? newest : null).FirstOrDefault(key => key is not null) ?? Keys.Current;

    private static SealingKeys Keys => rings is [var newest, ..] ? newest : throw new SealingException("No sealing keys were named.");

    private static SealingException Changed(string column, Exception? cause) =>
        new($"A sealed value of {column} was changed or damaged, and does not open.", cause);
}

/// <summary>Seals on the way into the database and opens on the way out, whoever writes and reads.</summary>
/// <param name="column">Table and column.</param>
public sealed class SealedConverter(string column)
    : ValueConverter<string?, string?>(text => SealedText.Seal(text, column), stored => SealedText.Open(stored, column))
{
    /// <summary>Table and column, authenticated with each value.</summary>
    public string Column { get; } = column;
}
