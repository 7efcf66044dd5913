using System.IO.Compression;

namespace Training.Pdf.Writing;

/// <summary>Compression into a <see cref="PdfBuffer"/>.</summary>
internal static class Deflate
{
    internal static void Write(ReadOnlySpan<byte> data, PdfBuffer to, CompressionLevel level)
    {
        using var zlib = new ZLibStream(new Sink(to), level);
        zlib.Write(data);
    }

    private sealed class Sink(PdfBuffer buffer) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => buffer.Length;
        public override long Position { get => buffer.Length; set => throw new NotSupportedException(); }

        public override void Write(byte[] bytes, int offset, int count) => buffer.Write(bytes.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

        public override void Flush() { }

        public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
