using Training.App.Modules.Attendance;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>A mark that waits, as a card with its buttons.</summary>
/// <param name="Item">What waits.</param>
/// <param name="Coordinates">True when the reader decides for a region or the nation.</param>
/// <param name="Closed">True when the session is closed, and a decision takes a reason.</param>
/// <param name="Back">Address to go back to; null for the list of all.</param>
/// <param name="OnRoster">True on the session's own page, which need not name it.</param>
internal sealed record WaitingCard(ListHeldMarks.Item Item, bool Coordinates, bool Closed, string? Back, bool OnRoster = false)
{
    /// <summary>True when the reader alone cannot put the mark in.</summary>
    public bool NeedsHigher => !Coordinates && (Item.Locked || Item.Why == HoldReason.LateEdit);

    /// <summary>True when the reader may let what stands stay.</summary>
    public bool MayKeep => Coordinates || Item.Why != HoldReason.LateEdit;

    /// <summary>True when a reason is to be given.</summary>
    public bool AsksReason => !NeedsHigher && (Closed || Item.Locked || Item.Why is HoldReason.LateEdit or HoldReason.SessionClosed);

    /// <summary>The cards of a list.</summary>
    public static IReadOnlyList<WaitingCard> Of(ListHeldMarks.Response list, string? back, SessionStatus? status = null) =>
        [.. list.Items.Select(item => new WaitingCard(item, item.Coordinates, status == SessionStatus.Closed, back, status is not null))];
}
