namespace Training.Paper;

/// <summary>Why a photograph could not be read.</summary>
public enum SheetFault
{
    /// <summary>Neither a JPEG nor a PNG, or a damaged one.</summary>
    NotAPhoto,

    /// <summary>More bytes or pixels than are taken.</summary>
    TooLarge,

    /// <summary>Too few pixels for a sheet to be read.</summary>
    TooSmall,

    /// <summary>The four corner marks were not found.</summary>
    NoSheet,

    /// <summary>The corner marks were found, and no page code that holds.</summary>
    NoCode,
}

/// <summary>What a row's boxes say.</summary>
public enum RowFinding
{
    /// <summary>One box is surely ticked, and the others are surely empty.</summary>
    Ticked,

    /// <summary>All boxes are empty.</summary>
    Empty,

    /// <summary>More than one box is ticked.</summary>
    Several,

    /// <summary>Something is in a box that may be a tick or not, or a box could not be seen.</summary>
    Unclear,
}

/// <summary>One row of a page.</summary>
/// <param name="Code">Code of the child the row belongs to.</param>
/// <param name="Finding">What its boxes say.</param>
/// <param name="Box">The ticked box, from 0; null unless <see cref="RowFinding.Ticked"/>.</param>
/// <param name="Confidence">How far the row is from a doubt, from 0 to 1; 0 unless ticked.</param>
/// <param name="Picture">The four boxes side by side as the camera saw them, a JPEG: ticks alone, no name.</param>
public sealed record RowReading(string Code, RowFinding Finding, int? Box, double Confidence, byte[] Picture);

/// <summary>A page read, or why it was not.</summary>
/// <param name="Fault">Null when it was read.</param>
/// <param name="Code">What the page says of itself; null when it was not read.</param>
/// <param name="Rows">Its rows from the top.</param>
public sealed record SheetReading(SheetFault? Fault, PageCode? Code, IReadOnlyList<RowReading> Rows);
