using System.Globalization;
using Training.App.Modules.Attendance;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Attendance;

/// <summary>The marks of a form that is posted whole, as the roster's and the sheet's are.</summary>
internal sealed class PostedMarks(RecordAttendance.Handler record, Texts texts, TimeProvider time)
{
    /// <summary>Records what differs from the book.</summary>
    /// <param name="roster">The session as it stands.</param>
    /// <param name="marks">Marks by enrollment.</param>
    /// <param name="version">The session's version when the form was loaded: the base of every mark.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A sentence for each mark that was not taken, or the refusal of all of them.</returns>
    public async Task<Result<string[]>> RecordAsync(
        GetRoster.Response roster, IReadOnlyDictionary<string, string?> marks, int version, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var children = roster.Items.ToDictionary(item => item.Enrollment);
        var changed = marks
            .Where(mark => mark.Value is not null && (children.GetValueOrDefault(mark.Key)?.Status is not { } known || SessionWords.Value(known) != mark.Value))
            .Select(mark => new RecordAttendance.Mark { MarkId = Guid.NewGuid().ToString("D"), Enrollment = mark.Key, Status = mark.Value, CapturedAt = now, BaseVersion = version })
            .ToArray();
        if (changed.Length == 0) return Array.Empty<string>();
        var recorded = await record.HandleAsync(roster.Session, new RecordAttendance.Request(changed), cancellationToken);
        if (!recorded.Succeeded) return recorded.Error;

        var sent = changed.ToDictionary(mark => mark.MarkId!, mark => mark.Enrollment!);
        return recorded.Value.Refused.Select(refusal =>
        {
            var child = refusal.MarkId is { } mark && sent.TryGetValue(mark, out var enrollment) ? children.GetValueOrDefault(enrollment) : null;
            return child is null ? refusal.Message : texts["attendance.roster.refused", SessionWords.Name(child.Name, child.NameAr), refusal.Message];
        }).ToArray();
    }
}
