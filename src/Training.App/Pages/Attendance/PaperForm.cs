using Training.App.Modules.Attendance;
using Training.App.Modules.Attendance.Printing;
using Training.App.Pages.Shared;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Paper;

namespace Training.App.Pages.Attendance;

/// <summary>The sheet as it is typed in, with what photographs propose. What stands in the book is never replaced by a proposal.</summary>
/// <param name="Roster">The session, in the order of the paper.</param>
/// <param name="Language">Language of the paper.</param>
/// <param name="Saved">True when the marks were just taken.</param>
/// <param name="Read">Rows read from photographs, by enrollment.</param>
internal sealed record PaperForm(GetRoster.Response Roster, string Language, bool Saved, IReadOnlyDictionary<string, ReadDaySheet.Item> Read)
{
    /// <summary>The languages in which sheets are printed.</summary>
    public static readonly IReadOnlyList<string> Languages = ["ar-MA", "fr-MA"];

    /// <summary>What to say of a row that was read.</summary>
    /// <param name="Kind">Kind of badge.</param>
    /// <param name="Text">What it says.</param>
    internal sealed record Note(string Kind, string Text);

    /// <summary>The paper's language as asked for, or the reader's own.</summary>
    public static string LanguageOf(string? asked) =>
        Languages.FirstOrDefault(language => language == asked) ?? (Platform.Http.Languages.Current == "ar" ? Languages[0] : Languages[1]);

    /// <summary>The box that is ticked on the page: the book's, or else the proposed one.</summary>
    public AttendanceStatus? Shown(GetRoster.Item item) => item.Status ?? Read.GetValueOrDefault(item.Enrollment)?.Status;

    /// <summary>True when the ticked box is a proposal; null otherwise.</summary>
    public string? IsProposed(GetRoster.Item item) => item.Status is null && Shown(item) is not null ? "true" : null;

    /// <summary>What the reading found; null when the row was not read, or says what the book says.</summary>
    public Note? NoteOf(Texts texts, GetRoster.Item item)
    {
        if (!Read.TryGetValue(item.Enrollment, out var read)) return null;
        if (read.Status is { } status && item.Status is { } known)
            return status == known ? null : new Note("warning", texts["attendance.photo.differs", SessionWords.Of(texts, status)]);
        if (read.Status is not null) return new Note("success", $"{texts["attendance.photo.proposed"]} {Numbers.Percent((int)Math.Round(100 * read.Confidence), 100)}");
        return read.Finding switch
        {
            RowFinding.Several => new Note("warning", texts["attendance.photo.several"]),
            RowFinding.Empty => new Note("info", texts["attendance.photo.empty"]),
            _ => new Note("warning", texts["attendance.photo.unclear"]),
        };
    }
}
