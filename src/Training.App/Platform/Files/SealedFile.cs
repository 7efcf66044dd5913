using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Training.Data.Sealing;

namespace Training.App.Platform.Files;

/// <summary>
/// A stored file under a sealing key: a head that names the key, then blocks under AES-256-GCM. Each file has a key of its own, derived from
/// the sealing key and a salt, and each block says its number and whether it is the last: none can be left out, put elsewhere or cut off.
/// </summary>
internal static class SealedFile
{
    /// <summary>Bytes of a block before it is sealed.</summary>
    public const int BlockLength = 64 * 1024;

    /// <summary>Bytes of the head: mark, id, salt.</summary>
    public const int HeadLength = 32;

    /// <summary>Bytes by which a sealed block is longer.</summary>
    public const int TagLength = 16;

    private const int SaltLength = 16;

    private static ReadOnlySpan<byte> Mark => "SEALED-1"u8;

    /// <summary>The id of the key that sealed a file; null for one that lies open.</summary>
    public static string? KeyOf(ReadOnlySpan<byte> head) =>
        head.Length == HeadLength && head.StartsWith(Mark) ? Encoding.ASCII.GetString(head.Slice(Mark.Length, SealingKey.IdLength)) : null;

    /// <summary>The first bytes of a file; fewer when it is shorter.</summary>
    public static byte[] HeadOf(Stream file)
    {
        var head = new byte[HeadLength];
        var length = file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        return head[..length];
    }

    /// <summary>A new head, and the cipher of the file that begins with it.</summary>
    public static (byte[] Head, AesGcm Cipher) Begin(SealingKey key)
    {
        byte[] head = [.. Mark, .. Encoding.ASCII.GetBytes(key.Id), .. RandomNumberGenerator.GetBytes(SaltLength)];
        return (head, CipherOf(key, head));
    }

    /// <summary>The cipher of a file.</summary>
    public static AesGcm CipherOf(SealingKey key, ReadOnlySpan<byte> head)
    {
        Span<byte> own = stackalloc byte[SealingKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, own, head[^SaltLength..], "training.file"u8);
        return new AesGcm(own, TagLength);
    }

    /// <summary>Seals a block; the target is longer by the tag.</summary>
    public static void Seal(AesGcm cipher, long number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> target) =>
        cipher.Encrypt(Nonce(number, isLast), plain, target[..plain.Length], target.Slice(plain.Length, TagLength));

    /// <summary>Opens a block.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It was changed, moved or cut off.</exception>
    public static void Open(AesGcm cipher, long number, bool isLast, ReadOnlySpan<byte> block, Span<byte> plain) =>
        cipher.Decrypt(Nonce(number, isLast), block[..^TagLength], block[^TagLength..], plain);

    private static byte[] Nonce(long number, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>Writes a sealed file block by block.</summary>
internal sealed class SealingWriter : IAsyncDisposable
{
    private readonly Stream target;
    private readonly AesGcm cipher;
    private readonly byte[] head;
    private readonly byte[] plain = new byte[SealedFile.BlockLength];
    private readonly byte[] block = new byte[SealedFile.BlockLength + SealedFile.TagLength];
    private int held;
    private long number;

    public SealingWriter(Stream target, SealingKey key)
    {
        this.target = target;
        (head, cipher) = SealedFile.Begin(key);
    }

    /// <summary>Writes bytes; a full block goes out only when more follows, since the last one says that it is.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            if (held == plain.Length) await FlushAsync(isLast: false, cancellationToken);
            var part = Math.Min(bytes.Length, plain.Length - held);
            bytes[..part].CopyTo(plain.AsMemory(held));
            (held, bytes) = (held + part, bytes[part..]);
        }
    }

    /// <summary>Writes what is held as the last block.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => FlushAsync(isLast: true, cancellationToken);

    public ValueTask DisposeAsync()
    {
        cipher.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FlushAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (number == 0) await target.WriteAsync(head, cancellationToken);
        SealedFile.Seal(cipher, number++, isLast, plain.AsSpan(0, held), block);
        await target.WriteAsync(block.AsMemory(0, held + SealedFile.TagLength), cancellationToken);
        held = 0;
    }
}

/// <summary>A sealed file as its reader sees it: any place of it can be gone to.</summary>
internal sealed class OpenedFile : Stream
{
    private readonly Stream file;
    private readonly AesGcm cipher;
    private readonly long blocks;
    private readonly byte[] block = new byte[SealedFile.BlockLength + SealedFile.TagLength];
    private readonly byte[] plain = new byte[SealedFile.BlockLength];
    private long at = -1;
    private int length;

    /// <param name="file">The stored file, its head already read.</param>
    /// <param name="key">The key that the head names.</param>
    /// <param name="head">The head.</param>
    public OpenedFile(Stream file, SealingKey key, byte[] head)
    {
        this.file = file;
        cipher = SealedFile.CipherOf(key, head);
        var body = file.Length - SealedFile.HeadLength;
        blocks = Math.Max(1, (body + block.Length - 1) / block.Length);
        // Each block has its tag: what ends within one was cut off, and is no shorter file.
        IsCut = body - (blocks - 1) * block.Length < SealedFile.TagLength;
        Length = IsCut ? 0 : body - blocks * SealedFile.TagLength;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    /// <summary>True when the file ends where none does; reading it says so.</summary>
    public bool IsCut { get; }

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (IsCut) throw Cut();
        if (Position >= Length || buffer.Length == 0) return 0;
        Load(Position / SealedFile.BlockLength);
        var from = (int)(Position % SealedFile.BlockLength);
        var part = Math.Min(buffer.Length, length - from);
        plain.AsSpan(from, part).CopyTo(buffer);
        Position += part;
        return part;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    private static SealingException Cut() => new("A stored file was cut off, and does not open.");

    private void Load(long number)
    {
        if (number == at) return;
        file.Position = SealedFile.HeadLength + number * block.Length;
        var read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        if (read < SealedFile.TagLength) throw Cut();
        length = read - SealedFile.TagLength;
        try
        {
            SealedFile.Open(cipher, number, number == blocks - 1, block.AsSpan(0, read), plain.AsSpan(0, length));
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new SealingException("A stored file was changed or damaged, and does not open.", fault);
        }
        at = number;
    }
}
