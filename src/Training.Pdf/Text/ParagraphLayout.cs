using Training.Pdf.Bidi;

namespace Training.Pdf.Text;

/// <summary>Lines of a paragraph and the size at which they fit.</summary>
public readonly record struct FittedText(IReadOnlyList<ShapedLine> Lines, double Size);

/// <summary>Breaks paragraphs into lines and fits text into a width.</summary>
public static class ParagraphLayout
{
    /// <summary>
    /// Breaks at spaces and after hyphens, and inside a word only when it is wider than the line.
    /// <paramref name="width"/> is the width of the column in ems of the size that will be used.
    /// </summary>
    public static IReadOnlyList<ShapedLine> Wrap(string text, TextStyle style, double width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var paragraph = new Paragraph(text, style);
        return paragraph.Shape(paragraph.Break(width * 1000, insideWords: true));
    }

    /// <summary>
    /// Shrinks the text until it fits the width, on one line if that can be had at <paramref name="smallest"/> or more,
    /// else on as few lines as needed, else on <paramref name="maxLines"/> lines at whatever size fits. Width and sizes are points.
    /// </summary>
    public static FittedText Fit(string text, TextStyle style, double width, double largest, double smallest, int maxLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = TextShaper.ShapeLine(text, style);
        if (whole.Width * largest <= width)
            return new FittedText([whole], largest);
        if (whole.Width * smallest <= width || maxLines == 1)
            return new FittedText([whole], width / whole.Width);

        var paragraph = new Paragraph(text, style);
        for (var count = 2; ; count++)
        {
            var (breaks, widest) = paragraph.Balance(count);
            var size = Math.Min(largest, width / widest * 1000);
            if (size >= smallest || count >= maxLines)
                return new FittedText(paragraph.Shape(breaks), size);
        }
    }

    /// <summary>
    /// Wraps at the largest size, and at a smaller one only when there would be too many lines: down to <paramref name="smallest"/>
    /// in small steps, then as far as it takes. Several lines come out about equally long. Width and sizes are points.
    /// </summary>
    public static FittedText Flow(string text, TextStyle style, double width, double largest, double smallest, int maxLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (maxLines == 1)
            return Fit(text, style, width, largest, smallest, 1);
        var paragraph = new Paragraph(text, style);
        for (var size = largest; ; size *= size > smallest ? 0.97 : 0.9)
        {
            var ends = paragraph.Break(width / size * 1000);
            if (ends.Count <= maxLines && paragraph.Widest(ends) * size <= width * 1000 + 1)
                return new FittedText(paragraph.Shape(ends.Count == 1 ? ends : paragraph.Balance(ends.Count).Ends), size);
        }
    }

    private sealed class Paragraph
    {
        // A letter that joined its neighbour takes another, often wider form at the end of a torn line.
        private const double TornWord = 0.92;

        private readonly string _text;
        private readonly TextStyle _style;
        private readonly byte[] _levels;
        private readonly byte _level;
        private readonly int[] _advances;

        internal Paragraph(string text, TextStyle style)
        {
            _text = text;
            _style = style;
            _levels = new byte[text.Length];
            _level = BidiParagraph.Resolve(text, style.Direction, _levels);
            _advances = new int[text.Length];
            TextShaper.Measure(text, _levels, style, _advances);
        }

        /// <summary>
        /// Greedy breaking; returns where each line ends. Without <paramref name="insideWords"/> a word wider than the line stands alone.
        /// </summary>
        internal List<int> Break(double limit, bool insideWords = false)
        {
            var ends = new List<int>();
            var start = 0;
            var lastBreak = -1;
            double width = 0, widthAtBreak = 0;
            for (var i = 0; i < _text.Length; i++)
            {
                width += _advances[i];
                // A space that hangs over the edge does not count.
                var inked = _text[i] == ' ' ? width - _advances[i] : width;
                if (inked > limit && lastBreak > start)
                {
                    ends.Add(lastBreak);
                    start = lastBreak;
                    width -= widthAtBreak;
                    lastBreak = -1;
                }
                else if (insideWords && i > start && _advances[i] > 0 && inked > limit * TornWord)
                {
                    if (inked > limit || !EndsWithin(i, limit - (inked - _advances[i])))
                    {
                        ends.Add(i);
                        (start, width, lastBreak) = (i, _advances[i], -1);
                    }
                }

                if (_text[i] == ' ' || (_text[i] is '-' or '\u2013' or '\u2014' && i > start))
                    (lastBreak, widthAtBreak) = (i + 1, width);
            }

            ends.Add(_text.Length);
            return ends;
        }

        // Whether the word that goes on at i ends before the room is used up.
        private bool EndsWithin(int i, double room)
        {
            for (; i < _text.Length && _text[i] != ' '; i++)
            {
                room -= _advances[i];
                if (room < 0)
                    return false;
            }

            return true;
        }

        /// <summary>The narrowest breaking into at most <paramref name="count"/> lines.</summary>
        internal (List<int> Ends, double Widest) Balance(int count)
        {
            double low = 0, high = _advances.Sum() + 1.0;
            for (var i = 0; i < 24; i++)
            {
                var middle = (low + high) / 2;
                if (Break(middle).Count <= count)
                    high = middle;
                else
                    low = middle;
            }

            var ends = Break(high);
            return (ends, Math.Max(1, Widest(ends)));
        }

        /// <summary>Width of the widest line in thousandths of an em.</summary>
        internal int Widest(List<int> ends) => Lines(ends).Max(line => _advances[line.Start..line.End].Sum());

        internal List<ShapedLine> Shape(List<int> ends)
        {
            var lines = new List<ShapedLine>(ends.Count);
            foreach (var (start, end) in Lines(ends))
            {
                var levels = _levels.AsSpan(start, end - start).ToArray();
                BidiParagraph.ResetLine(_text.AsSpan(start, end - start), levels, _level);
                lines.Add(TextShaper.ShapeRange(_text, start, end, levels, _style));
            }

            return lines;
        }

        private IEnumerable<(int Start, int End)> Lines(List<int> ends)
        {
            var start = 0;
            foreach (var end in ends)
            {
                var trimmed = end;
                while (trimmed > start && _text[trimmed - 1] == ' ')
                    trimmed--;
                yield return (start, trimmed);
                start = end;
            }
        }
    }
}
