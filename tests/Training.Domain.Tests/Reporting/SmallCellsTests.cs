using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

internal sealed class SmallCellsTests
{
    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(4, true)]
    [TestCase(5, false)]
    public void Only_counts_from_one_to_four_are_small(int count, bool small) =>
        Assert.That(new SmallCells(SmallCells.ThresholdDefault).IsSmall(count), Is.EqualTo(small));

    [Test]
    public void The_threshold_is_a_setting() =>
        Assert.That((new SmallCells(10).IsSmall(9), new SmallCells(10).IsSmall(10)), Is.EqualTo((true, false)));
}
