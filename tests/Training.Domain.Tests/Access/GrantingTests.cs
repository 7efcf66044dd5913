using Training.Domain.Access;

namespace Training.Domain.Tests.Access;

internal sealed class GrantingTests
{
    [Test]
    public void Nobody_gives_a_higher_role_and_the_own_one_only_for_a_league()
    {
        Assert.That(Granting.GivenBy(Role.Directorate), Does.Not.Contain(Role.Directorate));
        Assert.That(Granting.GivenBy(Role.Coordinator), Is.EquivalentTo(new[] { Role.Coordinator, Role.Coach, Role.Facilitator, Role.Assistant }));
        foreach (var role in new[] { Role.Coach, Role.Facilitator }) Assert.That(Granting.GivenBy(role), Is.EqualTo(new[] { Role.Assistant }), role.ToString());
        foreach (var role in new[] { Role.Assistant, Role.Operator, Role.Machine }) Assert.That(Granting.GivenBy(role), Is.Empty, role.ToString());
    }

    [TestCase("2026-11-22", false)]
    [TestCase("2026-11-23", true)]
    [TestCase("2026-11-30", true)]
    [TestCase("2026-12-01", false)]
    public void A_role_counts_from_its_first_day_to_its_last(string day, bool counts) =>
        Assert.That(Granting.CountsOn(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30), DateOnly.Parse(day, null)), Is.EqualTo(counts));

    [Test]
    public void A_role_without_days_always_counts() => Assert.That(Granting.CountsOn(null, null, new DateOnly(2030, 1, 1)), Is.True);
}
