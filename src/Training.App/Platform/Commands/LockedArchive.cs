using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Training.App.Platform.Commands;

/// <summary>
/// A file under a password: AES-256-GCM in blocks, the key by PBKDF2. Each block says its number and whether it is the last, so that none
/// can be left out, put elsewhere or cut off.
/// </summary>
internal static class LockedArchive
{
    private const int SaltLength = 16;
    private const int BlockLength = 1 << 20;
    private const int Rounds = 600_000;

    private static ReadOnlySpan<byte> Mark => "TRAINING-LOCKED1"u8;

    /// <summary>True for a file that <see cref="LockAsync"/> wrote.</summary>
    public static async Task<bool> IsLockedAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var head = new byte[Mark.Length];
        return await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length && head.AsSpan().SequenceEqual(Mark);
    }

    /// <summary>Writes a file under a password.</summary>
    public static async Task LockAsync(string from, string to, string password, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        await target.WriteAsync(Mark.ToArray(), cancellationToken);
        await target.WriteAsync(salt, cancellationToken);
        using var cipher = Cipher(password, salt);
        var (plain, block) = (new byte[BlockLength], new byte[BlockLength + AesGcm.TagByteSizes.MaxSize]);
        for (var number = 0; ; number++)
        {
            var length = await source.ReadAtLeastAsync(plain, BlockLength, throwOnEndOfStream: false, cancellationToken);
            var isLast = source.Position == source.Length;
            cipher.Encrypt(Nonce(number, isLast), plain.AsSpan(0, length), block.AsSpan(0, length), block.AsSpan(length, AesGcm.TagByteSizes.MaxSize));
            await target.WriteAsync(block.AsMemory(0, length + AesGcm.TagByteSizes.MaxSize), cancellationToken);
            if (isLast) break;
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Opens a file that <see cref="LockAsync"/> wrote.</summary>
    /// <exception cref="CommandException">Another password, or a file that was changed or cut off.</exception>
    public static async Task UnlockAsync(string from, string to, string password, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        source.Position = Mark.Length;
        var salt = new byte[SaltLength];
        await source.ReadExactlyAsync(salt, cancellationToken);
        using var cipher = Cipher(password, salt);
        var (plain, block) = (new byte[BlockLength], new byte[BlockLength + AesGcm.TagByteSizes.MaxSize]);
        try
        {
            for (var number = 0; ; number++)
            {
                var length = await source.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) - AesGcm.TagByteSizes.MaxSize;
                if (length < 0) throw new AuthenticationTagMismatchException();
                var isLast = source.Position == source.Length;
                cipher.Decrypt(Nonce(number, isLast), block.AsSpan(0, length), block.AsSpan(length, AesGcm.TagByteSizes.MaxSize), plain.AsSpan(0, length));
                await target.WriteAsync(plain.AsMemory(0, length), cancellationToken);
                if (isLast) break;
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CommandException($"{from} does not open with this password, or was damaged; nothing was changed.");
        }
    }

    private static AesGcm Cipher(string password, byte[] salt) =>
        new(Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, 32), AesGcm.TagByteSizes.MaxSize);

    private static byte[] Nonce(int number, bool isLast)
    {
        var nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
        BinaryPrimitives.WriteInt32BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
