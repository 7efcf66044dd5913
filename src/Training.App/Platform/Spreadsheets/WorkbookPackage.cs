using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Training.App.Platform.Spreadsheets;

/// <summary>
/// The parts of a zipped workbook, by name. What a part says of its size is not believed: all that is unpacked of one workbook is
/// counted, so that a small file cannot become an endless one. Document types and outside references are never followed.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    /// <summary>Most bytes that are unpacked of one workbook.</summary>
    public const long UnpackedMax = 1L << 30;

    /// <summary>So much may be unpacked of however small a file.</summary>
    private const long UnpackedAlways = 64L << 20;

    /// <summary>Text packs to a twentieth; what packs ten times better than that was made to.</summary>
    private const long RatioMax = 200;

    /// <summary>Longest table of contents; a workbook has some dozens of parts.</summary>
    private const int DirectoryMax = 1 << 20;

    private const int EndRecordSize = 22;
    private const int CommentMax = 65_535;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
    };

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> parts;
    private long left;

    /// <summary>Opens a package; the stream stays its owner's.</summary>
    /// <exception cref="WorkbookException">It is damaged, or too large.</exception>
    public WorkbookPackage(Stream file)
    {
        CheckDirectory(file);
        left = Math.Min(UnpackedMax, Math.Max(UnpackedAlways, RatioMax * file.Length));
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            parts = archive.Entries.DistinctBy(entry => Name(entry.FullName)).ToDictionary(entry => Name(entry.FullName));
        }
        catch (InvalidDataException)
        {
            throw new WorkbookException("workbookDamaged");
        }
    }

    /// <summary>True when there is such a part.</summary>
    public bool Has(string part) => parts.ContainsKey(Name(part));

    /// <summary>Reads a part's markup.</summary>
    /// <exception cref="WorkbookException">There is no such part, or it does not unpack.</exception>
    public XmlReader Read(string part)
    {
        if (!parts.TryGetValue(Name(part), out var entry)) throw new WorkbookException("workbookDamaged");
        try
        {
            return XmlReader.Create(new Counted(this, entry.Open()), Settings);
        }
        catch (Exception broken) when (Workbook.IsDamage(broken))
        {
            throw new WorkbookException("workbookDamaged");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static string Name(string part) => part.Replace('\\', '/').TrimStart('/').ToLowerInvariant();

    /// <summary>The end record says how long the table of contents is, before anybody takes it into memory.</summary>
    private static void CheckDirectory(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndRecordSize + CommentMax)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndRecordSize) throw new WorkbookException("workbookDamaged");
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12)) > DirectoryMax) throw new WorkbookException("workbookTooLarge");
    }

    /// <summary>An unpacking stream that stops when the package has given too much.</summary>
    private sealed class Counted(WorkbookPackage package, Stream unpacked) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = unpacked.Read(buffer);
            package.left -= read;
            return package.left >= 0 ? read : throw new WorkbookException("workbookTooLarge");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) unpacked.Dispose();
            base.Dispose(disposing);
        }
    }
}
