namespace Training.Pdf.Text;

/// <summary>Which face is tried first: the book face (Amiri, Arabic and Latin) or the sans-serif one (Noto Sans).</summary>
public enum FontFamily { Book, Sans }

/// <summary>How a line is set. The size is not part of it: a shaped line can be drawn at any size.</summary>
/// <param name="Family">Face preferred where it has the letter.</param>
/// <param name="Bold">Tifinagh has no bold face and stays regular.</param>
/// <param name="Direction">Direction of the paragraph.</param>
/// <param name="Tracking">Extra space between letters in thousandths of an em; Arabic letters join and get none.</param>
public readonly record struct TextStyle(FontFamily Family, bool Bold, Bidi.TextDirection Direction, int Tracking = 0);
