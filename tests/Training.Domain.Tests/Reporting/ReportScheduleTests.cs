using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

/// <summary>When a schedule runs, and when it stops by itself.</summary>
internal sealed class ReportScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [TestCase(ReportRhythm.Weekly, "2026-11-23", "2026-11-30", TestName = "A Monday leads to the next one")]
    [TestCase(ReportRhythm.Weekly, "2026-11-24", "2026-11-30")]
    [TestCase(ReportRhythm.Weekly, "2026-11-29", "2026-11-30", TestName = "A Sunday leads to the day after")]
    [TestCase(ReportRhythm.Monthly, "2026-11-01", "2026-12-01")]
    [TestCase(ReportRhythm.Monthly, "2026-12-31", "2027-01-01")]
    public void Runs_on_mondays_or_on_the_first_of_a_month(ReportRhythm rhythm, string after, string next) =>
        Assert.That(ReportSchedule.NextDay(rhythm, DateOnly.Parse(after, null)), Is.EqualTo(DateOnly.Parse(next, null)));

    [Test]
    public void Stops_with_the_fifth_failure_in_a_row_and_not_before()
    {
        var schedule = New();
        for (var run = 1; run <= ReportSchedule.FailuresMax; run++)
        {
            Assert.That(schedule.Begin(run, Now), Is.True);
            schedule.Fail(run, "siteNotFound");
        }

        Assert.That((schedule.Status, schedule.Failures, schedule.Problem), Is.EqualTo((ReportScheduleStatus.Stopped, 5, "siteNotFound")));
        Assert.That(schedule.Begin(6, Now), Is.False);
    }

    [Test]
    public void A_run_that_went_well_ends_the_row()
    {
        var schedule = New();
        for (var run = 1; run <= 4; run++) Fail(schedule, run);
        schedule.Begin(5, Now);
        schedule.Succeed(5);
        for (var run = 6; run <= 9; run++) Fail(schedule, run);

        Assert.That((schedule.Status, schedule.Failures), Is.EqualTo((ReportScheduleStatus.Active, 4)));
    }

    [Test]
    public void A_report_that_was_never_written_is_a_failure_of_its_run()
    {
        var schedule = New();
        for (var run = 1; run <= ReportSchedule.FailuresMax; run++) Assert.That(schedule.Begin(run, Now), Is.True);

        Assert.That(schedule.Begin(6, Now), Is.False);
        Assert.That((schedule.Status, schedule.Problem), Is.EqualTo((ReportScheduleStatus.Stopped, ReportSchedule.NotWritten)));
    }

    [Test]
    public void What_happened_to_an_older_run_changes_nothing()
    {
        var schedule = New();
        schedule.Begin(1, Now);
        schedule.Begin(2, Now);
        schedule.Succeed(1);
        schedule.Fail(1, "siteNotFound");

        Assert.That((schedule.Failures, schedule.PendingOrderId), Is.EqualTo((1, (int?)2)));
    }

    [Test]
    public void Rests_and_runs_again_without_making_up_for_what_was_missed()
    {
        var schedule = New();
        Assert.That((schedule.Pause(), schedule.Pause(), schedule.Begin(1, Now)), Is.EqualTo((true, false, false)));
        Assert.That((schedule.Resume(Now.AddDays(7)), schedule.Resume(Now)), Is.EqualTo((true, false)));
        Assert.That((schedule.Status, schedule.NextAt), Is.EqualTo((ReportScheduleStatus.Active, Now.AddDays(7))));
    }

    [Test]
    public void Let_run_again_it_has_no_failures()
    {
        var schedule = New();
        schedule.Stop(ReportSchedule.AccessEnded);
        schedule.Resume(Now);

        Assert.That((schedule.Status, schedule.Failures, schedule.Problem), Is.EqualTo((ReportScheduleStatus.Active, 0, (string?)null)));
    }

    private static void Fail(ReportSchedule schedule, int run)
    {
        schedule.Begin(run, Now);
        schedule.Fail(run, "siteNotFound");
    }

    private static ReportSchedule New() => new()
    {
        Id = 1, AccountId = 7, Question = "{}", Form = ReportForm.Csv, Culture = "fr-MA", Rhythm = ReportRhythm.Weekly, CreatedAt = Now, NextAt = Now,
    };
}
