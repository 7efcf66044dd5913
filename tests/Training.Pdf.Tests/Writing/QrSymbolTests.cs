using Training.Pdf.Writing;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace Training.Pdf.Tests.Writing;

internal sealed class QrSymbolTests
{
    private const string Address = "https://formation.example.ma/v/7K3QW9ZD4MTRX2HBVN6C5PJ8AE";

    [TestCase(Address, null)]
    [TestCase(Address + "#AQEBAAAAB9kCdTUAATAuQS5NZQ", 0)]
    [TestCase(Address, 7)]
    [TestCase("A", null)]
    [TestCase("7K3-QW9Z", null)]
    public void What_it_says_is_read_back_from_its_runs(string text, int? mask)
    {
        var symbol = QrSymbol.Create(text, mask: mask);

        var read = new Decoder().decode(Modules(symbol), null);

        Assert.That((read.Text, read.ECLevel, symbol.Size % 4), Is.EqualTo((text, "M", 1)));
        // The three finder patterns reach into their corners; the fourth corner has none.
        Assert.That(Corners(symbol), Is.EqualTo((7, 7, 7)));
    }

    [Test]
    public void A_version_asked_for_gives_its_size()
    {
        var symbol = QrSymbol.Create("A", version: 5);

        Assert.That(symbol.Size, Is.EqualTo(37));
    }

    [Test]
    public void A_mask_asked_for_lies_over_it_and_equal_texts_give_equal_symbols()
    {
        var masks = Enumerable.Range(0, 8).Select(mask => QrSymbol.Create(Address, mask: mask).ToSvgPath()).ToList();

        Assert.That(masks, Is.Unique);
        Assert.That(masks, Does.Contain(QrSymbol.Create(Address).ToSvgPath()), "the one that weighs least of the eight");
        Assert.That(QrSymbol.Create(Address, mask: 3).ToSvgPath(), Is.EqualTo(masks[3]));
    }

    private static BitMatrix Modules(QrSymbol symbol)
    {
        var modules = new BitMatrix(symbol.Size);
        foreach (var (column, row, length) in symbol.Runs)
        {
            for (var i = 0; i < length; i++) modules[column + i, row] = true;
        }
        return modules;
    }

    // How long the dark run is that begins or ends in a corner.
    private static (int TopLeft, int TopRight, int BottomLeft) Corners(QrSymbol symbol)
    {
        var last = symbol.Size - 1;
        return (
            symbol.Runs.Single(run => run is (0, 0, _)).Length,
            symbol.Runs.Single(run => run.Row == 0 && run.Column + run.Length - 1 == last).Length,
            symbol.Runs.Single(run => run.Column == 0 && run.Row == last).Length);
    }
}
