using Training.Domain.Attendance;

namespace Training.Domain.Tests.Attendance;

[TestFixture]
public class SessionRulesTests
{
    private static readonly LegalTime Legal = new(
    [
        new LegalTimeChange { Date = new DateOnly(2027, 3, 14), Time = new TimeOnly(2, 0), OffsetMinutes = 60 },
        new LegalTimeChange { Date = new DateOnly(2027, 2, 7), Time = new TimeOnly(3, 0), OffsetMinutes = 0 },
    ]);

    [TestCase(2027, 2, 6, 16, "2027-02-06T15:00")]
    [TestCase(2027, 2, 7, 16, "2027-02-07T16:00")]
    [TestCase(2027, 3, 13, 16, "2027-03-13T16:00")]
    [TestCase(2027, 3, 14, 16, "2027-03-14T15:00")]
    [TestCase(2026, 7, 1, 16, "2026-07-01T15:00")]
    public void Legal_time_is_one_hour_ahead_and_none_during_Ramadan(int year, int month, int day, int hour, string utc) =>
        Assert.That(Legal.ToUtc(new DateOnly(year, month, day), new TimeOnly(hour, 0)).ToString("yyyy-MM-dd'T'HH:mm", null), Is.EqualTo(utc));

    [TestCase(10, 5, false)]
    [TestCase(10, 6, true)]
    [TestCase(20, 6, false)]
    [TestCase(25, 30, false)]
    public void A_day_is_locked_by_the_nearest_line_that_governs_it_and_by_none_never(int day, int today, bool locked)
    {
        CutOff[] calendar =
        [
            new() { EditionId = 1, Through = new DateOnly(2026, 10, 20), LastDay = new DateOnly(2026, 11, 15) },
            new() { EditionId = 1, Through = new DateOnly(2026, 10, 10), LastDay = new DateOnly(2026, 11, 5) },
        ];

        Assert.That(CutOff.HasPassed(calendar, new DateOnly(2026, 10, day), new DateOnly(2026, 11, today)), Is.EqualTo(locked));
    }

    [Test]
    public void A_camp_is_five_days_and_a_holiday_among_them_is_named()
    {
        var days = Schedule.Days(SchedulePattern.Camp, 0, new DateOnly(2026, 11, 16), default, day => day.Day == 18).ToArray();

        Assert.That(days, Has.Length.EqualTo(5));
        Assert.That(days.Single(day => day.Holiday).Day, Is.EqualTo(new DateOnly(2026, 11, 18)));
    }

    [TestCase(DayOfWeek.Monday, 1)]
    [TestCase(DayOfWeek.Sunday, 64)]
    public void The_week_begins_on_Monday(DayOfWeek day, int bit) => Assert.That(Schedule.BitOf(day), Is.EqualTo(bit));

    [Test]
    public void A_list_of_marks_is_read_as_it_was_written()
    {
        MarkInput[] marks =
        [
            new(Guid.NewGuid(), 7, AttendanceStatus.Late, new DateTimeOffset(2026, 11, 20, 10, 5, 0, TimeSpan.Zero), 1),
            new(Guid.NewGuid(), int.MaxValue, AttendanceStatus.Absent, DateTimeOffset.MinValue, 1),
        ];
        var bytes = MarkList.Write(marks);
        var taken = new Dictionary<Guid, TakenMark>();

        MarkList.Read(bytes, taken);

        Assert.That(bytes, Has.Length.EqualTo(50));
        Assert.That(taken, Is.EquivalentTo(marks.ToDictionary(mark => mark.MarkId, mark => new TakenMark(mark.EnrollmentId, mark.Status))));
        Assert.That(MarkList.Captures(bytes).First().CapturedAt, Is.EqualTo(marks[0].CapturedAt));
    }

    [TestCase(600, null, null, 90, "20:00")]
    [TestCase(-600, null, null, 90, "00:00")]
    [TestCase(-601, null, null, 90, null)]
    [TestCase(800, null, null, 90, null)]
    [TestCase(null, 22, 60, 60, "22:00")]
    [TestCase(null, 23, 90, 90, null)]
    public void Hours_are_moved_within_the_day(int? shift, int? start, int? minutes, int length, string? expected)
    {
        var moved = HoursMove.Apply(
            new SessionTime(new DateOnly(2026, 12, 1), new TimeOnly(10, 0), 90), shift, start is { } hour ? new TimeOnly(hour, 0) : null, minutes);

        Assert.That(moved?.Start.ToString("HH:mm", null), Is.EqualTo(expected));
        Assert.That(moved?.Minutes ?? length, Is.EqualTo(length));
    }

    [TestCase(SessionStatus.Open, false, HoldReason.Contradiction, HoldDecision.PutMark, false, null, null)]
    [TestCase(SessionStatus.Closed, false, HoldReason.SessionClosed, HoldDecision.PutMark, false, null, "reasonRequired")]
    [TestCase(SessionStatus.Closed, false, HoldReason.SessionClosed, HoldDecision.KeepStanding, false, null, null)]
    [TestCase(SessionStatus.Closed, true, HoldReason.SessionClosed, HoldDecision.PutMark, false, "seen", "higherScopeNeeded")]
    [TestCase(SessionStatus.Closed, true, HoldReason.SessionClosed, HoldDecision.PutMark, true, null, "reasonRequired")]
    [TestCase(SessionStatus.Closed, true, HoldReason.LateEdit, HoldDecision.KeepStanding, false, "no", "higherScopeNeeded")]
    [TestCase(SessionStatus.Closed, true, HoldReason.LateEdit, HoldDecision.PutMark, true, "seen", null)]
    [TestCase(SessionStatus.Cancelled, false, HoldReason.Contradiction, HoldDecision.PutMark, true, "seen", "sessionCancelled")]
    public void Who_may_decide_depends_on_how_far_the_books_are_closed(
        SessionStatus status, bool locked, HoldReason why, HoldDecision decision, bool coordinates, string? reason, string? refusal) =>
        Assert.That(new DecisionRule(status, locked).Refuse(Held(why), decision, "account:2", coordinates, reason), Is.EqualTo(refusal));

    [Test]
    public void Whoever_sent_a_mark_is_no_second_person() =>
        Assert.That(new DecisionRule(SessionStatus.Closed, true).Refuse(Held(HoldReason.LateEdit), HoldDecision.PutMark, "account:1", true, "seen"), Is.EqualTo("secondPersonNeeded"));

    [Test]
    public void A_decision_is_made_once()
    {
        var held = Held(HoldReason.Contradiction);
        held.Decide(HoldDecision.KeepStanding, "account:2", DateTimeOffset.UnixEpoch, null);

        Assert.That(held.Decide(HoldDecision.PutMark, "account:3", DateTimeOffset.UnixEpoch, null), Is.False);
        Assert.That(new DecisionRule(SessionStatus.Open, false).Refuse(held, HoldDecision.PutMark, "account:3", true, null), Is.EqualTo("alreadyDecided"));
        Assert.That(held.Decision, Is.EqualTo(HoldDecision.KeepStanding));
    }

    private static HeldMark Held(HoldReason why) => new()
    {
        SessionId = 1,
        MarkId = Guid.NewGuid(),
        EnrollmentId = 7,
        Status = AttendanceStatus.Late,
        Why = why,
        CapturedAt = DateTimeOffset.UnixEpoch,
        SentBy = "account:1",
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
