namespace Training.App.Modules.Attendance.Printing;

/// <summary>Ids as a sheet's code writes them: without the letter that says of what, which the place on the sheet says.</summary>
internal static class PaperCode
{
    /// <summary>The code of a session's or an enrollment's id.</summary>
    public static string Of(string id) => id[2..];

    public static string Session(string code) => $"s-{code}";

    public static string Enrollment(string code) => $"e-{code}";
}
