using Training.App.Modules.Attendance;
using Training.App.Modules.Attendance.Tournaments;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Localization;

namespace Training.App.Pages.Attendance;

/// <summary>What is said of a code at a door, the same with scripts and without.</summary>
/// <param name="Good">True when there is nothing to see to.</param>
/// <param name="Name">The child; null when none was found.</param>
/// <param name="Detail">What was marked, or why nothing was.</param>
/// <param name="Lines">What else to know.</param>
internal sealed record DoorAnswer(bool Good, string? Name, string Detail, IReadOnlyList<string> Lines)
{
    /// <summary>The child's enrollment; null when nothing was recorded.</summary>
    public string? Enrollment { get; init; }

    /// <summary>The session's version after the mark.</summary>
    public int Version { get; init; }

    /// <summary>The squad's day, and how many of the squad are there now, in words; null when the page shows no such figure.</summary>
    public (string Session, string Text)? Present { get; init; }

    /// <summary>The session on whose page a person decides between two marks; null when there is nothing to decide.</summary>
    public string? Decide { get; init; }

    /// <summary>Nothing was recorded.</summary>
    public static DoorAnswer Refused(string message) => new(false, null, message, []);

    /// <summary>A player at a tournament: present, and cleared to play or not.</summary>
    public static DoorAnswer Of(CheckInPlayer.Response marked, DirectorySnapshot directory, Texts texts)
    {
        var player = marked.Player;
        var said = Said(marked.Attendance, texts[player.Cleared ? "tournaments.cleared" : "tournaments.notCleared"], texts);
        return new DoorAnswer(
            marked.Attendance.Accepted.Count > 0 && player.Cleared,
            $"{SessionWords.Name(player.Name, player.NameAr)} – {marked.Category} · {directory.FindSite(marked.Site)!.Name()}", said,
            [.. player.Conditions.Where(row => !row.Met).Select(row => row.Message)])
        {
            Present = (marked.Session, texts["tournaments.present", Numbers.Text(marked.Present), Numbers.Text(marked.Players)]),
            Decide = marked.Attendance.Conflicts.Count > 0 ? marked.Session : null,
        };
    }

    /// <summary>A child of a session; null when the child has left its group and is not on the roster any more.</summary>
    public static DoorAnswer Of(CheckIn.Response marked, string session, GetRoster.Item? child, Texts texts)
    {
        var taken = marked.Attendance.Accepted.Count > 0;
        return new DoorAnswer(taken, child is null ? null : SessionWords.Name(child.Name, child.NameAr), Said(marked.Attendance, texts["attendance.status.Present"], texts), [])
        {
            Enrollment = taken ? marked.Enrollment : null,
            Version = marked.Attendance.Version,
            Decide = marked.Attendance.Conflicts.Count > 0 ? session : null,
        };
    }

    private static string Said(RecordAttendance.Response recorded, string taken, Texts texts) =>
        recorded.Refused is [var refusal, ..] ? $"{texts["tournaments.notTaken"]} {refusal.Message}"
        : recorded.Conflicts.Count > 0 ? texts["tournaments.toDecide"]
        : taken;
}
