using System.IO.Compression;

namespace Training.Pdf.Writing;

/// <summary>Compression into a <see cref="PdfBuffer"/>.</summary>
internal static class Deflate
{
    // Outlines hardly repeat: this level takes two thirds of the time of the usual one for 2 % more bytes; the next lower one costs 20 %.
    private static readonly ZLibCompressionOptions Fast = new() { CompressionLevel = 2 };
    private static readonly ZLibCompressionOptions Smallest = new() { CompressionLevel = 9 };

    /// <summary>For what is written once into one file.</summary>
    internal static void Write(ReadOnlySpan<byte> data, PdfBuffer to) => Write(data, to, Fast);

    /// <summary>For what is compressed once and written into many files.</summary>
    internal static void WriteSmallest(ReadOnlySpan<byte> data, PdfBuffer to) => Write(data, to, Smallest);

    private static void Write(ReadOnlySpan<byte> data, PdfBuffer to, ZLibCompressionOptions options)
    {
        using var zlib = new ZLibStream(new Sink(to), options);
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
