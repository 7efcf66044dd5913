using System.Globalization;
using Training.App.Modules.Attendance;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;

namespace Training.App.Pages.Attendance;

/// <summary>How sessions, groups and marks are called on the pages.</summary>
internal static class SessionWords
{
    /// <summary>The marks in the order of the roster's buttons.</summary>
    public static readonly IReadOnlyList<(AttendanceStatus Status, string Value, string Icon)> Marks =
    [
        (AttendanceStatus.Present, "present", "check"), (AttendanceStatus.Late, "late", "clock"),
        (AttendanceStatus.Excused, "excused", "letter"), (AttendanceStatus.Absent, "absent", "cross"),
    ];

    public static string Of(Texts texts, AttendanceStatus status) => texts[$"attendance.status.{status}"];

    public static string Of(Texts texts, SessionKind kind) => texts[$"attendance.kind.{kind}"];

    /// <summary>
    /// Groups opened on demand are only numbered; a name somebody gave stands for itself, isolated, since it may be in the other script.
    /// </summary>
    public static string Group(Texts texts, string name) => name.All(char.IsAsciiDigit) ? texts["attendance.group", name] : $"\u2068{name}\u2069";

    /// <summary><c>Groupe 1 · Atelier</c>.</summary>
    public static string Title(Texts texts, ListSessions.Item session) => $"{Group(texts, session.GroupName)} · {Of(texts, session.Kind)}";

    /// <summary>Names of modules, in the curriculum's order.</summary>
    public static string Modules(DirectorySnapshot directory, string edition, IReadOnlyList<string> codes)
    {
        var key = directory.FindEdition(edition)!.Id;
        return string.Join(" · ", codes.Select(code => directory.FindModule(key, code)!.Name()));
    }

    /// <summary>The end of a session, <c>HH:mm</c>.</summary>
    public static string End(string start, int minutes) =>
        TimeOnly.ParseExact(start, "HH:mm", CultureInfo.InvariantCulture).AddMinutes(minutes).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A child's name in the reader's script where it is known.</summary>
    public static string Name(string latin, string? arabic) => Languages.Current == "ar" ? arabic ?? latin : latin;

    /// <summary>A site's or region's name in the reader's language.</summary>
    public static string Place(CountOpenSessions.Item item) => Languages.Current == "ar" ? item.NameAr : item.NameFr;

    /// <summary>An instant as local day and time, <c>23/11 10:05</c>.</summary>
    public static string At(DateTimeOffset instant) => instant.ToLocal().ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>True while marks are taken.</summary>
    public static bool TakesMarks(GetRoster.Response roster, DateOnly today) =>
        roster.SessionStatus == SessionStatus.Open && roster.Date <= today && !roster.Locked;

    /// <summary>The value of a mark as forms and the API write it.</summary>
    public static string Value(AttendanceStatus status) => Marks.First(mark => mark.Status == status).Value;
}
