using QRCoder;
using Training.Pdf.Writing;

namespace Training.Pdf.Tests.Writing;

internal sealed class QrSymbolTests
{
    [TestCase("https://formation.example.ma/v/7K3QW9ZD4MTRX2HBVN6C5PJ8AE")]
    [TestCase("A")]
    public void Its_runs_are_the_modules_without_the_quiet_zone(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var symbol = QrSymbol.Create(text);
        var drawn = symbol.Runs.SelectMany(run => Enumerable.Range(run.Column, run.Length).Select(column => (column, run.Row))).ToList();
        var dark = from row in Enumerable.Range(0, symbol.Size)
                   from column in Enumerable.Range(0, symbol.Size)
                   where data.ModuleMatrix[row + 4][column + 4]
                   select (column, row);
        Assert.Multiple(() =>
        {
            Assert.That(symbol.Size, Is.EqualTo(data.ModuleMatrix.Count - 8));
            Assert.That(drawn, Is.EqualTo(dark));
            // The three finder patterns reach into their corners.
            Assert.That(drawn, Does.Contain((0, 0)).And.Contain((symbol.Size - 1, 0)).And.Contain((0, symbol.Size - 1)));
        });
    }
}
