using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

internal sealed class PaceTests
{
    private static readonly DateOnly First = new(2026, 9, 1);
    private static readonly DateOnly Last = new(2026, 9, 10);

    [TestCase("2026-08-31", 0, null, TestName = "Before the first day nothing is due and nothing can be carried on")]
    [TestCase("2026-09-01", 100, 300, TestName = "The first day counts whole")]
    [TestCase("2026-09-05", 500, 60, TestName = "Half way, half is due and the average is doubled")]
    [TestCase("2026-09-10", 1000, 30, TestName = "On the last day all is due and nothing more is expected")]
    [TestCase("2027-01-01", 1000, 30, TestName = "Afterwards it stays so")]
    public void Is_a_straight_line(string today, int due, int? forecast) =>
        Assert.That(Pace.Of(1000, 30, First, Last, DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(new Pace(due, forecast)));
}
