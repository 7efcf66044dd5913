using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.Domain.Tests.Attendance;

[TestFixture]
public class SessionBookTests
{
    private const int Child = 70;

    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly BookLine Unmarked = new(EnrollmentStatus.Active, null, null, 0);

    [Test]
    public void The_first_mark_of_a_child_is_taken() =>
        Assert.That(Judge(Book(Unmarked), AttendanceStatus.Present).Verdict, Is.EqualTo(MarkVerdict.First));

    [TestCase(3, 3, AttendanceStatus.Absent, MarkVerdict.Changed)]
    [TestCase(3, 2, AttendanceStatus.Absent, MarkVerdict.Conflict)]
    [TestCase(3, 2, AttendanceStatus.Present, MarkVerdict.Unchanged)]
    [TestCase(2, 4, AttendanceStatus.Absent, MarkVerdict.Changed)]
    public void A_standing_mark_changes_only_for_whoever_saw_it(int markVersion, int baseVersion, AttendanceStatus status, MarkVerdict verdict)
    {
        var book = Book(Unmarked with { Status = AttendanceStatus.Present, Version = markVersion }, version: 5);

        var decision = Judge(book, status, baseVersion);

        Assert.That(decision.Verdict, Is.EqualTo(verdict));
        Assert.That(decision.Theirs, Is.EqualTo(verdict == MarkVerdict.Unchanged ? (AttendanceStatus?)null : AttendanceStatus.Present));
    }

    [TestCase(EnrollmentStatus.Waitlisted, "waitlisted")]
    [TestCase(EnrollmentStatus.AwaitingConsent, null)]
    public void Whoever_waits_for_a_place_is_not_marked_but_whoever_waits_for_consent_is(EnrollmentStatus status, string? code) =>
        Assert.That(Judge(Book(Unmarked with { Enrollment = status }), AttendanceStatus.Present).Code, Is.EqualTo(code));

    [TestCase(22, "enrollmentEnded")]
    [TestCase(23, null)]
    [TestCase(24, null)]
    public void A_mark_of_a_child_who_left_counts_when_the_child_was_still_there_that_day(int endedOn, string? code)
    {
        var line = Unmarked with { Enrollment = EnrollmentStatus.Withdrawn, EndedOn = new DateOnly(2026, 11, endedOn) };

        Assert.That(Judge(Book(line), AttendanceStatus.Present).Code, Is.EqualTo(code));
    }

    [TestCase(SessionStatus.Closed, "sessionClosed", MarkVerdict.Held)]
    [TestCase(SessionStatus.Cancelled, "sessionCancelled", MarkVerdict.Refused)]
    public void A_session_that_is_over_takes_no_mark_and_a_closed_one_keeps_it_for_a_person(SessionStatus status, string code, MarkVerdict verdict)
    {
        var decision = Judge(Book(Unmarked, status: status), AttendanceStatus.Present);

        Assert.That((decision.Code, decision.Verdict), Is.EqualTo((code, verdict)));
    }

    [Test]
    public void Past_the_cut_off_a_change_is_held_and_the_same_mark_is_no_change()
    {
        var line = Unmarked with { Status = AttendanceStatus.Present, Version = 2 };
        var book = new SessionBook(SessionStatus.Closed, Today, 3, new Dictionary<int, BookLine> { [Child] = line, [Child + 1] = line }, [], locked: true);

        var same = book.Judge(new MarkInput(Guid.NewGuid(), Child, AttendanceStatus.Present, Now, 3), Today, Now);
        var other = book.Judge(new MarkInput(Guid.NewGuid(), Child + 1, AttendanceStatus.Absent, Now, 3), Today, Now);

        Assert.That((same.Verdict, other.Verdict, other.Hold), Is.EqualTo((MarkVerdict.Unchanged, MarkVerdict.Held, (HoldReason?)HoldReason.CutOffPassed)));
    }

    [Test]
    public void A_repeat_is_a_success_whatever_has_become_of_the_session()
    {
        var id = Guid.NewGuid();
        var book = Book(Unmarked, status: SessionStatus.Closed, taken: new() { [id] = new TakenMark(Child, AttendanceStatus.Late) });

        var repeated = book.Judge(new MarkInput(id, Child, AttendanceStatus.Late, Now, 1), Today, Now);
        var other = book.Judge(new MarkInput(id, Child, AttendanceStatus.Absent, Now, 1), Today, Now);

        Assert.That(repeated.Verdict, Is.EqualTo(MarkVerdict.Repeated));
        Assert.That(other.Code, Is.EqualTo("markIdReused"));
    }

    [Test]
    public void A_client_s_clock_may_be_a_day_wrong_either_way_and_no_more()
    {
        MarkDecision At(DateTimeOffset captured) => Book(Unmarked).Judge(new MarkInput(Guid.NewGuid(), Child, AttendanceStatus.Present, captured, 1), Today, Now);

        Assert.That((At(Now.AddDays(1)).Code, At(Now.AddDays(1).AddSeconds(1)).Code), Is.EqualTo(((string?)null, "capturedInFuture")));
        var dayBefore = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        Assert.That((At(dayBefore).Code, At(dayBefore.AddSeconds(-1)).Code), Is.EqualTo(((string?)null, "capturedBeforeSession")));
    }

    private static MarkDecision Judge(SessionBook book, AttendanceStatus status, int baseVersion = 1) =>
        book.Judge(new MarkInput(Guid.NewGuid(), Child, status, Now, baseVersion), Today, Now);

    private static SessionBook Book(
        BookLine line, int version = 1, SessionStatus status = SessionStatus.Open, Dictionary<Guid, TakenMark>? taken = null) =>
        new(status, Today, version, new Dictionary<int, BookLine> { [Child] = line }, taken ?? []);
}
