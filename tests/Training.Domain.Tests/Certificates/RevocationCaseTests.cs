using Training.Domain.Certificates;

namespace Training.Domain.Tests.Certificates;

internal sealed class RevocationCaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void Whoever_asks_has_said_yes_and_another_person_revokes()
    {
        var asked = RevocationCase.Ask(1, 7, RevocationReason.Misuse, "account:1", Now);
        Assert.That(asked.Agree("account:1", Now).Value, Is.False);
        Assert.That(asked.Agree("account:2", Now).Value, Is.True);
        Assert.That((asked.Outcome, asked.DecidedBy, asked.Slot), Is.EqualTo((RevocationOutcome.Revoked, "account:2", 1)));
    }

    [Test]
    public void What_the_system_raises_takes_two_people_as_well()
    {
        var raised = RevocationCase.Raise(1, 7, Now);
        Assert.That((raised.Agree("account:1", Now).Value, raised.Agree("account:1", Now).Value, raised.Agree("account:2", Now).Value), Is.EqualTo((false, false, true)));
    }

    [Test]
    public void What_was_decided_stays_decided()
    {
        var asked = RevocationCase.Ask(1, 7, RevocationReason.Misuse, "account:1", Now);
        Assert.That(asked.Keep("account:2", Now).Succeeded);
        Assert.That((asked.Agree("account:3", Now).Error?.Code, asked.Keep("account:3", Now).Error?.Code), Is.EqualTo(("revocationDecided", "revocationDecided")));
    }

    [TestCase(RevocationReason.IssuedInError, RevocationClass.Error)]
    [TestCase(RevocationReason.WrongPerson, RevocationClass.Error)]
    [TestCase(RevocationReason.AttendanceCorrected, RevocationClass.NotEarned)]
    [TestCase(RevocationReason.Misuse, RevocationClass.Withdrawn)]
    public void The_public_learns_a_class_that_says_nothing_of_anybody_s_conduct(RevocationReason reason, RevocationClass told) =>
        Assert.That(RevocationCase.ClassOf(reason), Is.EqualTo(told));
}
