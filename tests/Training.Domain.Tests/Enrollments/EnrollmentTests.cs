using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.Domain.Tests.Enrollments;

internal sealed class EnrollmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void An_offer_holds_a_place_while_the_youth_still_waits()
    {
        var row = Of(EnrollmentStatus.Waitlisted);

        Assert.That(row.Offer(Now.AddHours(72)), Is.True);

        Assert.That((row.Status, row.HoldsPlace, row.IsOffered, row.Version), Is.EqualTo((EnrollmentStatus.Waitlisted, true, true, 2)));
        Assert.That(row.Offer(Now.AddHours(99)), Is.False, "one offer at a time");
    }

    [TestCase(true, EnrollmentStatus.Active)]
    [TestCase(false, EnrollmentStatus.AwaitingConsent)]
    public void An_accepted_offer_leads_where_the_consent_says(bool consented, EnrollmentStatus status)
    {
        var row = Of(EnrollmentStatus.Waitlisted);
        row.Offer(Now.AddHours(1));

        Assert.That(row.Accept(consented, Now), Is.True);

        Assert.That((row.Status, row.OfferExpiresAt), Is.EqualTo((status, (DateTimeOffset?)null)));
    }

    [Test]
    public void An_offer_that_has_run_out_is_no_offer()
    {
        var row = Of(EnrollmentStatus.Waitlisted);
        row.Offer(Now);

        Assert.That(row.Accept(true, Now), Is.False);
    }

    [Test]
    public void Who_lets_an_offer_pass_waits_at_the_end()
    {
        var row = Of(EnrollmentStatus.Waitlisted);
        row.Offer(Now);

        Assert.That(row.PassOffer(Now), Is.True);

        Assert.That((row.HoldsPlace, row.QueuedAgainAt, row.PassOffer(Now)), Is.EqualTo((false, (DateTimeOffset?)Now, false)));
    }

    [Test]
    public void An_ended_enrollment_takes_part_in_nothing()
    {
        var row = Of(EnrollmentStatus.Waitlisted);
        row.Offer(Now);
        row.Withdraw("moved", Now);

        Assert.That((row.HoldsPlace, row.IsOffered, row.Offer(Now), row.FollowConsent(true), row.Withdraw("moved", Now)), Is.EqualTo((false, false, false, false, false)));
    }

    [Test]
    public void Nobody_moves_to_a_group_of_another_edition()
    {
        var row = Of(EnrollmentStatus.Active);
        var group = new Group { Id = 8, SiteId = 2, RegionId = 3, EditionId = 99, Name = "A", Capacity = 5 };

        Assert.That(row.MoveTo(group, true, true, Now), Is.False);
    }

    private static Enrollment Of(EnrollmentStatus status) => new()
    {
        Id = 1, ParticipantId = 2, EditionId = 3, SiteId = 4, RegionId = 5, GroupId = 6, Status = status, EnrolledAt = Now.AddDays(-1),
    };
}
