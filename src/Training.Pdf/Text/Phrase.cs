using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Training.Pdf.Text;

/// <summary>
/// Text that is safe to set. A string becomes a phrase by <see cref="SafeText.Clean"/>: nothing typed into a form can turn the letters
/// around it, break the line or hide. Sentences with foreign parts are made with <see cref="Of"/>, which also keeps each part to itself.
/// </summary>
public readonly record struct Phrase
{
    private readonly string? _text;

    private Phrase(string text) => _text = text;

    /// <summary>The text with the isolates that protect its parts.</summary>
    public string Text => _text ?? "";

    public bool IsEmpty => Text.Length == 0;

    /// <summary>Cleaned text.</summary>
    public static Phrase FromString(string? text) => new(SafeText.Clean(text));

    /// <summary>
    /// A number or code as one unit from left to right. A string made by <see cref="SafeText.Code"/> would lose that on its way to a
    /// phrase, since cleaning drops whatever turns directions: 193-BE8C would be read BE8C-193 in an Arabic list.
    /// </summary>
    public static Phrase Code(string text) => new(SafeText.Code(SafeText.Clean(text)));

    /// <summary>
    /// <c>Phrase.Of($"المركز: {name}")</c>: the words around are the program's and stay as they are; each hole is cleaned and set in its
    /// own direction, a number or date as one unit from left to right.
    /// </summary>
    public static Phrase Of(Sentence sentence) => new(sentence.ToText());

    public static implicit operator Phrase(string? text) => FromString(text);

    /// <summary>Collects the parts of a sentence; used by the compiler.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Sentence
    {
        private readonly StringBuilder _builder;

        public Sentence(int literalLength, int formattedCount) => _builder = new StringBuilder(literalLength + 16 * formattedCount);

        public void AppendLiteral(string text) => _builder.Append(text);

        public void AppendFormatted(string? text) => _builder.Append(SafeText.Isolate(SafeText.Clean(text)));

        public void AppendFormatted(Phrase phrase) => _builder.Append(SafeText.Isolate(phrase.Text));

        public void AppendFormatted<T>(T value, string? format = null) where T : struct, IFormattable =>
            _builder.Append(SafeText.Code(SafeText.Clean(value.ToString(format, CultureInfo.InvariantCulture))));

        internal string ToText() => _builder.ToString();
    }
}
