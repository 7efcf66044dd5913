using Training.Domain.Reporting;

namespace Training.Domain.Tests.Reporting;

internal sealed class DisclosureTests
{
    private static readonly SmallCells Cells = new(5);

    [Test]
    public void Withholds_the_next_smallest_beside_a_single_small_one_so_that_subtraction_finds_neither() =>
        Assert.That(Withheld(55, [40, 3, 0, 12]), Is.EqualTo(new[] { false, false, true, false, true }));

    [Test]
    public void Withholds_a_third_when_two_small_ones_together_are_still_small() =>
        Assert.That(Withheld(42, [1, 2, 30, 9]), Is.EqualTo(new[] { false, true, true, false, true }));

    [Test]
    public void Leaves_everything_when_nothing_is_small() => Assert.That(Withheld(85, [5, 0, 80]), Has.None.True);

    [Test]
    public void Withholds_the_total_when_nothing_else_can_hide_the_one() =>
        Assert.That(Withheld(3, [3, 0]), Is.EqualTo(new[] { true, true, false }));

    [Test]
    public void What_another_answer_withholds_takes_a_neighbour_along()
    {
        var disclosure = new Disclosure(Cells);
        var (whole, first, second) = (disclosure.Add(30), disclosure.Add(10), disclosure.Add(20));
        disclosure.Relate(whole, first, second);
        disclosure.Withhold(first);

        disclosure.Settle();

        Assert.That((disclosure.IsWithheld(whole), disclosure.IsWithheld(first), disclosure.IsWithheld(second)), Is.EqualTo((false, true, true)));
    }

    [Test]
    public void Random_tables_leave_no_sum_with_a_single_unknown_nor_a_small_count()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var (rows, columns) = (random.Next(1, 6), random.Next(1, 6));
            var values = new int[rows + 1, columns + 1];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var value = random.Next(3) == 0 ? 0 : random.Next(0, random.Next(2, 60));
                    values[i, j] = value;
                    values[rows, j] += value;
                    values[i, columns] += value;
                    values[rows, columns] += value;
                }
            }
            var disclosure = new Disclosure(Cells);
            var numbers = new int[rows + 1, columns + 1];
            for (var i = 0; i <= rows; i++)
                for (var j = 0; j <= columns; j++)
                    numbers[i, j] = disclosure.Add(values[i, j]);
            var sums = new List<(int Whole, int[] Parts)>();
            for (var i = 0; i <= rows; i++) sums.Add((numbers[i, columns], [.. Enumerable.Range(0, columns).Select(j => numbers[i, j])]));
            for (var j = 0; j <= columns; j++) sums.Add((numbers[rows, j], [.. Enumerable.Range(0, rows).Select(i => numbers[i, j])]));
            foreach (var (whole, parts) in sums) disclosure.Relate(whole, parts);

            disclosure.Settle();

            foreach (var (whole, parts) in sums)
                Assert.That(parts.Append(whole).Count(disclosure.IsWithheld), Is.Not.EqualTo(1), $"round {round}");
            for (var i = 0; i <= rows; i++)
                for (var j = 0; j <= columns; j++)
                    Assert.That(disclosure.IsWithheld(numbers[i, j]) || !Cells.IsSmall(values[i, j]), $"round {round}");
        }
    }

    private static bool[] Withheld(int total, int[] parts)
    {
        var disclosure = new Disclosure(Cells);
        var whole = disclosure.Add(total);
        var numbers = parts.Select(part => disclosure.Add(part)).ToArray();
        disclosure.Relate(whole, numbers);
        disclosure.Settle();
        return [disclosure.IsWithheld(whole), .. numbers.Select(disclosure.IsWithheld)];
    }
}
