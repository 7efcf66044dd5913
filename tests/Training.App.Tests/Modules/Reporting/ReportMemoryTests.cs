using System.Globalization;
using Training.App.Modules.Reporting;
using Training.App.Platform.Directory;
using Training.Data.Scope;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>What is remembered is shown to nobody else, in no other language, for no other question, and not once the figures have changed.</summary>
internal sealed class ReportMemoryTests
{
    private static readonly ReportRequest Question = new() { Edition = "football-2026", By = "site" };

    private readonly DirectorySnapshot directory = Empty();

    private ReportMemory memory = null!;
    private int counts;

    [SetUp]
    public void Begin() => (memory, counts) = (new ReportMemory(), 0);

    [TearDown]
    public void End() => memory.Dispose();

    [Test]
    public async Task The_same_question_in_the_same_perimeter_is_counted_once()
    {
        var first = await AskAsync(AccessScope.Region(4), Question, 7);
        var again = await AskAsync(AccessScope.Region(4), Question with { }, 7);

        Assert.That((again, counts), Is.EqualTo((first, 1)));
    }

    [Test]
    public async Task Another_perimeter_question_language_revision_or_directory_is_counted_anew()
    {
        await AskAsync(AccessScope.Whole, Question, 7);
        await AskAsync(AccessScope.Region(4), Question, 7);
        await AskAsync(AccessScope.Site(4), Question, 7);
        await AskAsync(AccessScope.Whole, Question with { Sex = "female" }, 7);
        await AskAsync(AccessScope.Whole, Question, 8);
        await memory.ReportAsync(AccessScope.Whole, Question, 8, Empty(), CountAsync);
        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo("ar");
        await AskAsync(AccessScope.Whole, Question, 8);
        CultureInfo.CurrentUICulture = culture;

        Assert.That(counts, Is.EqualTo(7));
    }

    [Test]
    public async Task A_report_of_many_rows_is_not_kept()
    {
        var rows = new AttendanceReport.Item[2_001];
        await memory.ReportAsync(AccessScope.Whole, Question, 7, directory, () => CountAsync(rows));
        await memory.ReportAsync(AccessScope.Whole, Question, 7, directory, () => CountAsync(rows));

        Assert.That(counts, Is.EqualTo(2));
    }

    private static DirectorySnapshot Empty() => new(default, [], [], [], [], [], [], [], [], [], []);

    private Task<AttendanceReport.Response> AskAsync(AccessScope scope, ReportRequest question, long revision) =>
        memory.ReportAsync(scope, question, revision, directory, CountAsync);

    private Task<AttendanceReport.Response> CountAsync() => CountAsync([]);

    private Task<AttendanceReport.Response> CountAsync(AttendanceReport.Item[] rows)
    {
        counts++;
        return Task.FromResult(new AttendanceReport.Response(default, new AttendanceReport.Completeness(0, 0), null, null!, rows));
    }
}
