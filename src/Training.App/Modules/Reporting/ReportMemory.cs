using Microsoft.Extensions.Caching.Memory;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Scope;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Remembers answers that many ask for at once, on a Monday morning or after a speech. What is remembered belongs to one perimeter, one
/// language and one question, so nobody is shown what was counted for somebody who sees more.
/// </summary>
internal sealed class ReportMemory : IDisposable
{
    /// <summary>Longest that an answer is kept: names of groups may change without a figure changing.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    /// <summary>Most rows of an answer that is remembered; a page shows fewer.</summary>
    private const int RowsMax = 2_000;

    /// <summary>Most rows remembered in all, some 40 MB.</summary>
    private const int AllRowsMax = 100_000;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = AllRowsMax });

    /// <summary>An answer as it was counted, if neither the figures nor the directory have changed since; counted now otherwise.</summary>
    /// <param name="scope">Whose perimeter it is.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="revision">The revision of the figures, read before they are counted: an answer may be newer than it, never older.</param>
    /// <param name="directory">The directory it was counted with.</param>
    /// <param name="count">Counts it.</param>
    public async Task<AttendanceReport.Response> ReportAsync(
        AccessScope scope, ReportRequest question, long revision, DirectorySnapshot directory, Func<Task<AttendanceReport.Response>> count)
    {
        var key = (PerimeterOf(scope), Languages.Current, question);
        if (cache.TryGetValue(key, out Counted? known) && known!.Revision == revision && known.Directory == directory) return known.Report;
        var report = await count();
        if (report.Items.Count <= RowsMax) Keep(key, new Counted(revision, directory, report), report.Items.Count + 1);
        return report;
    }

    /// <summary>A number or two that take long to count, for pages: at most half a minute old.</summary>
    /// <param name="scope">Whose perimeter it is.</param>
    /// <param name="name">What is counted, with whatever narrows it.</param>
    /// <param name="count">Counts it.</param>
    public async Task<T> CountAsync<T>(AccessScope scope, string name, Func<Task<T>> count)
        where T : notnull
    {
        var key = (PerimeterOf(scope), name);
        if (cache.TryGetValue(key, out T? known)) return known!;
        var counted = await count();
        Keep(key, counted, 1);
        return counted;
    }

    public void Dispose() => cache.Dispose();

    /// <summary>All that decides which rows somebody sees.</summary>
    private static string PerimeterOf(AccessScope scope) => $"{scope.ToText()} g:{string.Join(',', scope.Groups)}";

    private void Keep(object key, object value, int size) =>
        cache.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = KeptFor, Size = size });

    private sealed record Counted(long Revision, DirectorySnapshot Directory, AttendanceReport.Response Report);
}
