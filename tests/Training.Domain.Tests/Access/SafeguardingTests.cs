using Training.Domain.Access;

namespace Training.Domain.Tests.Access;

internal sealed class SafeguardingTests
{
    [TestCase(false, null, SafeguardingStanding.Missing)]
    [TestCase(true, null, SafeguardingStanding.Current)]
    [TestCase(true, "2026-11-22", SafeguardingStanding.Expired)]
    [TestCase(true, "2026-11-23", SafeguardingStanding.ExpiresSoon)]
    [TestCase(true, "2026-12-23", SafeguardingStanding.ExpiresSoon)]
    [TestCase(true, "2026-12-24", SafeguardingStanding.Current)]
    public void Stands_as_its_last_day_says(bool recorded, string? endsOn, SafeguardingStanding standing) => Assert.That(
        Safeguarding.StandingOf(recorded, endsOn is null ? null : DateOnly.Parse(endsOn, null), new DateOnly(2026, 11, 23)), Is.EqualTo(standing));

    [Test]
    public void Concerns_those_who_work_with_children() =>
        Assert.That(Enum.GetValues<Role>().Where(Safeguarding.Concerns), Is.EquivalentTo(new[] { Role.Coach, Role.Facilitator, Role.Assistant }));
}
