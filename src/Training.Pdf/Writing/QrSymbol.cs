using System.Globalization;
using ZXing;
using ZXing.QrCode.Internal;

namespace Training.Pdf.Writing;

/// <summary>A QR code as runs of dark modules, without its quiet zone: leave four modules of white around it.</summary>
public sealed class QrSymbol
{
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
    /// <param name="mask">
    /// Which of the eight masks of ISO/IEC 18004 lies over it, from 0; null weighs all eight, which is half of the work. A text as good as
    /// random, such as a signature, gains nothing from weighing, and readers take any.
    /// </param>
    public static QrSymbol Create(string text, int? version = null, int? mask = null)
    {
        var hints = new Dictionary<EncodeHintType, object>();
        if (version is not null) hints[EncodeHintType.QR_VERSION] = version.Value;
        if (mask is not null) hints[EncodeHintType.QR_MASK_PATTERN] = mask.Value;
        var matrix = Encoder.encode(text, ErrorCorrectionLevel.M, hints).Matrix;
        var runs = new List<(int, int, int)>(matrix.Width * matrix.Height / 4);
        for (var row = 0; row < matrix.Height; row++)
        {
            var modules = matrix.Array[row];
            for (var column = 0; column < modules.Length; column++)
            {
                var start = column;
                while (column < modules.Length && modules[column] == 1)
                    column++;
                if (column > start)
                    runs.Add((start, row, column - start));
            }
        }

        return new QrSymbol(matrix.Width, [.. runs]);
    }
}
