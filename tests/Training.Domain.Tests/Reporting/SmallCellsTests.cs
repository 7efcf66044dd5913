using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

internal sealed class SmallCellsTests
{
    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(4, true)]
    [TestCase(5, false)]
    public void Only_counts_from_one_to_four_are_small(int count, bool small) => Assert.That(SmallCells.IsSmall(count), Is.EqualTo(small));

    [Test]
    public void Withholds_the_next_smallest_beside_a_single_small_one_so_that_subtraction_finds_neither()
    {
        var withheld = SmallCells.Withhold([40, 3, 0, 12, null], new bool[5], out var whole);

        Assert.That(withheld, Is.EqualTo(new[] { false, true, false, true, false }));
        Assert.That(whole, Is.False);
    }

    [Test]
    public void Withholds_a_third_when_two_small_ones_together_are_still_small()
    {
        var withheld = SmallCells.Withhold([1, 2, 30, 9], new bool[4], out var whole);

        Assert.That(withheld, Is.EqualTo(new[] { true, true, false, true }));
        Assert.That(whole, Is.False);
    }

    [Test]
    public void Leaves_everything_when_nothing_is_small() =>
        Assert.That(SmallCells.Withhold([5, 0, 80], new bool[3], out _), Has.None.True);

    [Test]
    public void Withholds_the_total_when_nothing_else_can_hide_the_one()
    {
        var withheld = SmallCells.Withhold([12, 0], [true, false], out var whole);

        Assert.That(withheld, Is.EqualTo(new[] { true, false }));
        Assert.That(whole, Is.True);
    }

    [Test]
    public void Random_partitions_never_leave_a_small_count_to_be_found_by_subtraction()
    {
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var counts = Enumerable.Range(0, random.Next(1, 8)).Select(_ => (int?)random.Next(0, random.Next(2, 40))).ToArray();
            var withheld = SmallCells.Withhold(counts, new bool[counts.Length], out var whole);
            var hidden = counts.Where((_, i) => withheld[i]).Sum() ?? 0;

            Assert.That(counts.Where((count, i) => !withheld[i] && SmallCells.IsSmall(count!.Value)), Is.Empty, string.Join(' ', counts));
            if (withheld.Contains(true) && !whole)
                Assert.That((withheld.Count(hide => hide) > 1, hidden >= SmallCells.Threshold), Is.EqualTo((true, true)), string.Join(' ', counts));
        }
    }
}
