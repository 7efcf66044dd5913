namespace Training.App.Modules.Reporting;

/// <summary>Writes a row as it is shown: without what does not exist for it and what is withheld.</summary>
internal sealed class ReportItem(ReportSelection selection, Figures figures, Measure[] withheld)
{
    /// <param name="keys">The row's key in each dimension.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="target">Youths to enroll; null where there is no target.</param>
    public AttendanceReport.Item Write(string[] keys, string label, int? target)
    {
        var (enrolled, girls) = (Child(Measure.Enrolled, figures.Enrolled), Child(Measure.Girls, figures.Girls));
        var (marked, attended) = (Shown(Measure.Marked, figures.Marked), Shown(Measure.Attended, figures.Attended));
        return new AttendanceReport.Item(
            string.Join('/', keys), label, keys.Length == selection.By.Count ? Named(keys) : new Dictionary<string, string>(), target, enrolled,
            Child(Measure.Completed, figures.Completed), Child(Measure.Certificates, figures.Certificates), marked, attended, Share(attended, marked),
            withheld.Any(measure => measure is not (Measure.Boys or Measure.Missed)))
        {
            Withheld = withheld,
            Active = Child(Measure.Active, figures.Active),
            ConsentsMissing = Child(Measure.Awaiting, figures.Awaiting),
            Waiting = Child(Measure.Waiting, figures.Waiting),
            Withdrawn = Child(Measure.Withdrawn, figures.Withdrawn),
            Girls = girls,
            GirlsShare = Share(girls, enrolled),
            Sessions = selection.HasSessions
                ? new AttendanceReport.SessionFigures(figures.Sessions, figures.Held, figures.Closed, Math.Round(figures.Minutes / 60.0, 1))
                : null,
            Marks = new AttendanceReport.MarkFigures(
                Shown(Measure.OnTime, figures.OnTime), Shown(Measure.Late, figures.Late), Shown(Measure.Excused, figures.Excused),
                Shown(Measure.Absent, figures.Absent)),
        };
    }

    private Dictionary<string, string> Named(string[] keys) =>
        selection.By.Zip(keys).ToDictionary(pair => pair.First.Name(), pair => pair.Second);

    private int? Child(Measure measure, int figure) => selection.HasEnrollments ? Shown(measure, figure) : null;

    private int? Shown(Measure measure, int figure) => withheld.Contains(measure) ? null : figure;

    private static double? Share(int? part, int? whole) => part is { } some && whole is > 0 and var all ? Math.Round((double)some / all, 4) : null;
}
