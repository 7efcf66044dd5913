using System.Globalization;
using QRCoder;

namespace Training.Pdf.Writing;

/// <summary>A QR code as runs of dark modules, without its quiet zone: leave four modules of white around it.</summary>
public sealed class QrSymbol
{
    private const int QuietZone = 4;

    private QrSymbol(int size, (int Column, int Row, int Length)[] runs)
    {
        Size = size;
        Runs = runs;
    }

    /// <summary>Modules on a side.</summary>
    public int Size { get; }

    internal (int Column, int Row, int Length)[] Runs { get; }

    /// <summary>The dark modules as the path of an SVG picture, one unit a module.</summary>
    public string ToSvgPath() => string.Concat(Runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"M{run.Column} {run.Row}h{run.Length}v1h-{run.Length}z")));

    /// <summary>A symbol that stays readable with 15 % of it damaged.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="version">Version of the symbol, from 1 to 40; null for the smallest that holds the text.</param>
    public static QrSymbol Create(string text, int? version = null)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, requestedVersion: version ?? -1);
        var matrix = data.ModuleMatrix;
        var size = matrix.Count - 2 * QuietZone;
        var runs = new List<(int, int, int)>(size * size / 4);
        for (var row = 0; row < size; row++)
        {
            var modules = matrix[row + QuietZone];
            for (var column = 0; column < size; column++)
            {
                var start = column;
                while (column < size && modules[column + QuietZone])
                    column++;
                if (column > start)
                    runs.Add((start, row, column - start));
            }
        }

        return new QrSymbol(size, [.. runs]);
    }
}
