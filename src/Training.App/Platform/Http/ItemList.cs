namespace Training.App.Platform.Http;

/// <summary>A list as every door answers it.</summary>
/// <param name="Items">The rows of this part.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record ItemList<TItem>(IReadOnlyList<TItem> Items, string? Next);
