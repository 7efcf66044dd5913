namespace Training.Pdf.Writing;

/// <summary>What a tagged part of a document is.</summary>
public enum StructureRole { H1, H2, H3, P, Span, Link, Figure, Caption, Sect, Table, THead, TBody, TR, TH, TD, L, LI, Lbl, LBody }

/// <summary>Which cells a header cell speaks for.</summary>
public enum HeaderScope { None, Column, Row }

/// <summary>A tagged part: a group of others, or a leaf that stands for one stretch of marked content.</summary>
/// <param name="Page">Index of the page; of a group, the page on which it begins.</param>
/// <param name="MarkedContent">Number of the marked content on that page; -1 for a group.</param>
/// <param name="Role">What the part is.</param>
/// <param name="Order">Place in the reading order among its siblings; equal ones are read as they were drawn.</param>
/// <param name="Language">Language tag when it differs from the document's, else null.</param>
/// <param name="Alternative">Text for those who cannot see a figure, else null.</param>
internal readonly record struct StructureElement(
    int Page, int MarkedContent, StructureRole Role, int Order, string? Language, string? Alternative)
{
    internal const int Group = -1, Document = -1;

    /// <summary>Index of the group it belongs to; <see cref="Document"/> for the document itself.</summary>
    internal int Parent { get; init; } = Document;

    internal HeaderScope Scope { get; init; }

    /// <summary>Index of the link annotation that belongs to it; -1 for none.</summary>
    internal int Link { get; init; } = -1;

    /// <summary>Columns a cell spans.</summary>
    internal int ColumnSpan { get; init; } = 1;
}

/// <summary>A place on a page that leads to an address.</summary>
internal readonly record struct LinkArea(int Page, double X, double Y, double Width, double Height, Uri Target, string Description);
