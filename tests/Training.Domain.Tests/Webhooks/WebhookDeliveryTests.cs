using Training.Domain.Webhooks;

namespace Training.Domain.Tests.Webhooks;

internal sealed class WebhookDeliveryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void It_is_tried_for_three_days_less_and_less_often()
    {
        var (row, pauses, now) = (New(), new List<TimeSpan>(), Start);
        while (row.State == WebhookDeliveryState.Waiting)
        {
            pauses.Add(row.DueAt - now);
            now = row.DueAt;
            row.Fail("http-500", now);
        }

        Assert.That(now, Is.EqualTo(Start.AddDays(3)), "the last try");
        Assert.That(row.State, Is.EqualTo(WebhookDeliveryState.GivenUp));
        Assert.That(pauses.Skip(1).Take(3), Is.EqualTo(new[] { TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5) }));
        Assert.That(row.Attempts, Is.InRange(15, 25));
    }

    [Test]
    public void By_hand_it_gets_another_three_days()
    {
        var row = New();
        Assert.That(row.Redeliver(Start), Is.False, "it waits anyway");
        row.Fail("timeout", Start.AddDays(4));
        Assert.That(row.Redeliver(Start.AddDays(5)), Is.True);

        Assert.That((row.State, row.GiveUpAt), Is.EqualTo((WebhookDeliveryState.Waiting, Start.AddDays(8))));
    }

    private static WebhookDelivery New() => new()
    {
        WebhookId = 1, RegionId = 2, Event = WebhookEvents.CertificateIssued, SubjectId = 3, SubjectVersion = 1, EventId = Guid.NewGuid(), Body = "{}",
        CreatedAt = Start, DueAt = Start, GiveUpAt = Start + WebhookDelivery.TriedFor,
    };
}
