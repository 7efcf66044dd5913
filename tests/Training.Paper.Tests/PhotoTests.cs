using System.Buffers.Binary;
using SkiaSharp;
using Training.Paper.Tests.Corpus;

namespace Training.Paper.Tests;

/// <summary>What comes in as a photograph and is none, and good ones held in every way.</summary>
internal sealed class PhotoTests
{
    private PrintedPage page = null!;
    private FilledSheet sheet = null!;
    private byte[] photo = null!;

    [OneTimeSetUp]
    public void Take()
    {
        page = PrintedPage.Print(arabic: true, rows: 12)[0];
        sheet = FilledSheet.Fill(page, new Random(7));
        photo = new Camera(1800, 2, 0.01, 0, 0, 0.2, 1, 1, 90).Shoot(sheet.Page, new Random(7));
    }

    [OneTimeTearDown]
    public void Drop() => sheet.Dispose();

    [Test]
    public void Bytes_that_are_no_photograph_are_refused_and_never_thrown_at_the_caller()
    {
        var chance = new Random(3);
        var random = new byte[5000];
        chance.NextBytes(random);
        byte[][] files = [[], [0xFF, 0xD8, 0xFF], random, [0xFF, 0xD8, 0xFF, .. random], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. random], "GIF89a"u8.ToArray(), "%PDF-1.7"u8.ToArray()];
        foreach (var file in files) Assert.That(SheetReader.Read(file).Fault, Is.EqualTo(SheetFault.NotAPhoto));
    }

    [Test]
    public void Half_a_photograph_is_none()
    {
        foreach (var share in (double[])[0.1, 0.5, 0.9, 0.99])
            Assert.That(SheetReader.Read(photo[..(int)(photo.Length * share)]).Fault, Is.EqualTo(SheetFault.NotAPhoto), $"{share:P0} of it");
    }

    [Test]
    public void A_spoilt_photograph_is_read_right_or_not_at_all()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var chance = new Random(seed);
            var spoilt = (byte[])photo.Clone();
            for (var i = 0; i < 4; i++) spoilt[chance.Next(700, spoilt.Length)] = (byte)chance.Next(256);
            var reading = SheetReader.Read(spoilt);
            foreach (var (row, found) in reading.Rows.Index()) Assert.That(found.Box, Is.Null.Or.EqualTo(sheet.Rows[row].Truth), $"seed {seed}");
        }
    }

    [Test]
    public void A_small_file_that_unfolds_into_a_giant_picture_is_refused_unopened()
    {
        using var bitmap = new SKBitmap(700, 700);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var png = data.ToArray();
        // The header's width and height, with the check sum that belongs to them.
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

        Assert.That(SheetReader.Read(png).Fault, Is.EqualTo(SheetFault.TooLarge));
        Assert.That(SheetReader.Read(new byte[SheetReader.BytesMax + 1]).Fault, Is.EqualTo(SheetFault.TooLarge));
    }

    [Test]
    public void A_thumbnail_is_too_small_and_a_white_wall_is_no_sheet()
    {
        Assert.That(SheetReader.Read(Wall(300)).Fault, Is.EqualTo(SheetFault.TooSmall));
        Assert.That(SheetReader.Read(Wall(1200)).Fault, Is.EqualTo(SheetFault.NoSheet));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    public void The_orientation_a_phone_writes_beside_the_picture_is_honoured(int orientation)
    {
        using var upright = SKBitmap.Decode(photo);
        using var stored = Store(upright, orientation);
        using var data = stored.Encode(SKEncodedImageFormat.Jpeg, 90);

        Found(SheetReader.Read(WithOrientation(data.ToArray(), orientation)));
    }

    [TestCase(90)]
    [TestCase(180)]
    [TestCase(270)]
    public void A_sheet_may_lie_on_its_side_or_on_its_head(int turn) =>
        Found(SheetReader.Read(new Camera(2200, turn, 0.02, 0, 0.2, 0.3, 2, 1, 85).Shoot(sheet.Page, new Random(turn))));

    [Test]
    public void A_covered_corner_is_no_sheet_or_no_code_and_never_a_guess()
    {
        using var covered = sheet.Page.Copy();
        using (var canvas = new SKCanvas(covered))
        using (var thumb = new SKPaint { Color = new SKColor(200, 150, 120) })
            canvas.DrawCircle(0, 0, 220, thumb);

        var reading = SheetReader.Read(new Camera(1800, 0, 0.01, 0, 0, 0.2, 1, 1, 90).Shoot(covered, new Random(1)));

        Assert.That(reading.Fault, Is.EqualTo(SheetFault.NoSheet).Or.EqualTo(SheetFault.NoCode));
    }

    private void Found(SheetReading reading)
    {
        Assert.That(reading.Fault, Is.Null);
        Assert.That(reading.Code!.Rows, Is.EqualTo(page.Code.Rows));
        foreach (var (row, found) in reading.Rows.Index()) Assert.That(found.Box, Is.Null.Or.EqualTo(sheet.Rows[row].Truth));
        Assert.That(reading.Rows.Count(row => row.Box is not null), Is.GreaterThanOrEqualTo(sheet.Rows.Count(row => row.Truth is not null) * 3 / 4));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Wall(int side)
    {
        using var bitmap = new SKBitmap(side, side);
        bitmap.Erase(SKColors.White);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    // How a sensor that is held so sees the picture.
    private static SKBitmap Store(SKBitmap upright, int orientation)
    {
        var (w, h) = (upright.Width, upright.Height);
        var stored = orientation >= 5 ? new SKBitmap(h, w) : new SKBitmap(w, h);
        using var canvas = new SKCanvas(stored);
        canvas.SetMatrix(orientation switch
        {
            2 => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            3 => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            4 => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            5 => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            6 => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            7 => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            8 => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            _ => SKMatrix.Identity,
        });
        using var picture = SKImage.FromBitmap(upright);
        canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return stored;
    }

    // The orientation alone, as cameras write it before the picture.
    private static byte[] WithOrientation(byte[] jpeg, int orientation) =>
    [
        .. jpeg[..2], 0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];
}
