using System.Collections.Concurrent;
using Training.Pdf.Text;

namespace Training.App.Modules.Certificates.Rendering;

/// <summary>
/// Remembers the lines that many certificates share (programme, texts, site, signatory), shaped and fitted.
/// Names of children are never put in here.
/// </summary>
internal sealed class CertificateLines
{
    // More than one edition with all its texts and a good part of the sites; beyond it, lines are made anew each time.
    private const int Capacity = 2048;

    private readonly ConcurrentDictionary<(string Text, TextStyle Style, double Width, double Largest, double Smallest, int MaxLines), FittedText> _lines = new();

    internal FittedText Flow(string text, TextStyle style, double width, double largest, double smallest, int maxLines)
    {
        var key = (text, style, width, largest, smallest, maxLines);
        if (_lines.TryGetValue(key, out var fitted))
            return fitted;
        fitted = ParagraphLayout.Flow(text, style, width, largest, smallest, maxLines);
        if (_lines.Count >= Capacity)
            _lines.Clear();
        _lines[key] = fitted;
        return fitted;
    }
}
