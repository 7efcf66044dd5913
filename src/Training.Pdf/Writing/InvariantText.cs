using System.Globalization;
using System.Runtime.CompilerServices;

namespace Training.Pdf.Writing;

/// <summary>
/// An interpolated string that is written for machines: whatever the language of the moment, a minus sign is a hyphen, a decimal sign a
/// point and a day Gregorian.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    public string Finish() => text.ToStringAndClear();
}
