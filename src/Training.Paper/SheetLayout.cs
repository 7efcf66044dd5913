namespace Training.Paper;

/// <summary>
/// Where everything that a machine reads lies on a sheet. Whoever prints and whoever reads use the same figures. Points, from the
/// upper left corner of an upright A4 page, y downwards.
/// </summary>
/// <param name="RightToLeft">True for a sheet in Arabic: its columns run from the right.</param>
public sealed record SheetLayout(bool RightToLeft)
{
    public const double PageWidth = 595.28;

    public const double PageHeight = 841.89;

    /// <summary>White at all sides of what is printed for people; the corner marks stand in it.</summary>
    public const double Margin = 45;

    /// <summary>Most rows on a page.</summary>
    public const int RowsMax = 25;

    /// <summary>Height of every row, the table's head included.</summary>
    public const double RowHeight = 22;

    /// <summary>Top of the table's head.</summary>
    public const double TableTop = 185;

    /// <summary>Side of a box to tick.</summary>
    public const double BoxSide = 12;

    /// <summary>Boxes in a row: present, late, excused, absent, from the side where reading begins.</summary>
    public const int Boxes = 4;

    /// <summary>Top of the square that holds the page code.</summary>
    public const double CodeTop = 61;

    /// <summary>Side of the square that holds the page code with the white around it.</summary>
    public const double CodeSide = 116;

    /// <summary>Version of the QR symbol, whatever the page says: the reader counts on its modules.</summary>
    public const int CodeVersion = 8;

    /// <summary>Modules of a corner mark: a dark ring, a white one, and a dark middle of three.</summary>
    public const int MarkModules = 7;

    /// <summary>Side of a corner mark.</summary>
    public const double MarkSide = 24.5;

    /// <summary>From the page's edges to the middle of a corner mark.</summary>
    public const double MarkInset = 30;

    internal const int CodeModules = 17 + 4 * CodeVersion;

    private const int CodeQuiet = 4;

    /// <summary>Widths of the columns, relative to each other: number, name, code, and the boxes.</summary>
    public static IReadOnlyList<double> Columns { get; } = [0.6, 4, 1.7, 1.1, 1.1, 1.1, 1.1];

    /// <summary>Middles of the corner marks, clockwise from the upper left.</summary>
    public static IReadOnlyList<(double X, double Y)> Marks { get; } =
    [
        (MarkInset, MarkInset), (PageWidth - MarkInset, MarkInset), (PageWidth - MarkInset, PageHeight - MarkInset), (MarkInset, PageHeight - MarkInset),
    ];

    internal static double CodeModule => CodeSide / (CodeModules + 2 * CodeQuiet);

    /// <summary>Upper left corner of the code's first module.</summary>
    internal (double X, double Y) CodeOrigin => (
        (RightToLeft ? Margin : PageWidth - Margin - CodeSide) + CodeQuiet * CodeModule, CodeTop + CodeQuiet * CodeModule);

    /// <summary>Middle of a box.</summary>
    /// <param name="row">From 0, on this page.</param>
    /// <param name="box">From 0, in the order of reading.</param>
    public (double X, double Y) Box(int row, int box)
    {
        var first = Columns.Count - Boxes;
        var before = Columns.Take(first + box).Sum() + Columns[first + box] / 2;
        var fromStart = before / Columns.Sum() * (PageWidth - 2 * Margin);
        return (RightToLeft ? PageWidth - Margin - fromStart : Margin + fromStart, TableTop + RowHeight * (row + 1.5));
    }
}
