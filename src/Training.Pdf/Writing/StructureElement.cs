namespace Training.Pdf.Writing;

/// <summary>What a tagged part of a page is.</summary>
public enum StructureRole { H1, H2, P, Figure }

/// <summary>A tagged part of a page.</summary>
/// <param name="Page">Index of the page.</param>
/// <param name="MarkedContent">Number of the marked content on that page.</param>
/// <param name="Role">What the part is.</param>
/// <param name="Order">Place in the reading order; parts are read in ascending order within a page.</param>
/// <param name="Language">Language tag when it differs from the document's, else null.</param>
/// <param name="Alternative">Text for those who cannot see a figure, else null.</param>
internal readonly record struct StructureElement(
    int Page, int MarkedContent, StructureRole Role, int Order, string? Language, string? Alternative);
