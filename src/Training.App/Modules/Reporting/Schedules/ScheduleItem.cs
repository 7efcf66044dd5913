using System.Text.Json;
using Training.App.Platform.Http;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>A schedule as its owner sees it.</summary>
/// <param name="Id">Id of the schedule.</param>
/// <param name="Form">csv, openData, xlsx or pdf.</param>
/// <param name="Rhythm">weekly or monthly.</param>
/// <param name="Language">Language of the files and mails.</param>
/// <param name="Question">What the report is of.</param>
/// <param name="Status">active, paused or stopped.</param>
/// <param name="NextAt">The next run; null while it does not run.</param>
/// <param name="LastAt">The last run; null before the first.</param>
/// <param name="Failures">Runs that failed since the last that did not; with the fifth it stops.</param>
/// <param name="Problem">Stable code of what went wrong last; null when nothing did.</param>
internal sealed record ScheduleItem(
    string Id, string Form, string Rhythm, string Language, ReportRequest Question, string Status, DateTimeOffset? NextAt, DateTimeOffset? LastAt, int Failures, string? Problem)
{
    public static ScheduleItem Of(ReportSchedule row) => new(
        OpaqueId.ReportSchedule(row.Id), ReportDimensions.JsonName(row.Form.ToString()), ReportDimensions.JsonName(row.Rhythm.ToString()), row.Culture[..2],
        JsonSerializer.Deserialize<ReportRequest>(row.Question, JsonSerializerOptions.Web)!, ReportDimensions.JsonName(row.Status.ToString()),
        row.Status == ReportScheduleStatus.Active ? row.NextAt : null, row.LastAt, row.Failures, row.Problem);
}
