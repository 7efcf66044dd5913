using Training.Domain.Notifications;

namespace Training.Domain.Tests.Notifications;

internal sealed class NoticeReceiptTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public void What_has_arrived_stays_arrived_whatever_comes_afterwards()
    {
        var notice = Sent();

        Assert.That((notice.Acknowledge(true, Now), notice.Acknowledge(true, Now.AddHours(1)), notice.Acknowledge(false, Now.AddHours(2))), Is.EqualTo((true, false, false)));
        Assert.That((notice.Receipt, notice.ReceiptAt, notice.State), Is.EqualTo((NoticeReceipt.Delivered, Now, NoticeState.Sent)));
    }

    [Test]
    public void What_did_not_come_is_the_site_s_to_tell_until_it_comes_after_all()
    {
        var notice = Sent();
        notice.Acknowledge(false, Now);
        Assert.That((notice.State, notice.Reason), Is.EqualTo((NoticeState.ToTell, Notice.NotDelivered)));

        notice.Acknowledge(true, Now.AddMinutes(1));
        Assert.That((notice.State, notice.Reason, notice.Receipt), Is.EqualTo((NoticeState.Sent, (string?)null, NoticeReceipt.Delivered)));
    }

    [Test]
    public void What_was_told_by_a_person_stays_told()
    {
        var notice = Sent();
        notice.Acknowledge(false, Now);
        notice.Tell("account:1", Now);
        notice.Acknowledge(true, Now);

        Assert.That((notice.State, notice.Receipt), Is.EqualTo((NoticeState.Told, NoticeReceipt.Delivered)));
    }

    [Test]
    public void Nothing_is_acknowledged_that_was_never_sent()
    {
        var notice = New();
        Assert.That((notice.Acknowledge(true, Now), notice.Receipt), Is.EqualTo((false, NoticeReceipt.None)));
    }

    private static Notice Sent()
    {
        var notice = New();
        notice.Send(7, Guid.NewGuid(), Now);
        return notice;
    }

    private static Notice New() => new()
    {
        ParticipantId = 1,
        SiteId = 1,
        RegionId = 1,
        Kind = NoticeKind.SessionMoved,
        SubjectId = 1,
        SubjectVersion = 1,
        CreatedAt = Now,
        DueAt = Now,
    };
}
