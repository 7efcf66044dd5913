using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.Domain.Tests.Directory;

/// <summary>What may stand in the table of targets.</summary>
internal sealed class RegionTargetTests
{
    private static readonly string[] Regions = ["01", "02"];

    [Test]
    public void Parts_need_not_add_up_to_the_whole() => Assert.That(Check(("01", 0), ("02", 100)).None, Is.True);

    [Test]
    public void Every_region_has_a_part_within_the_whole_and_nothing_else_has()
    {
        var fields = Check(("01", -1), ("13", 5)).ToError().Fields!;

        Assert.That(fields["targets.01"][0].Code, Is.EqualTo("outOfRange"));
        Assert.That(fields["targets.02"][0].Code, Is.EqualTo("missing"));
        Assert.That(fields["targets"][0].Code, Is.EqualTo("notAmong"));
        Assert.That(Check(("01", 101), ("02", null)).ToError().Fields!.Keys, Is.EquivalentTo(new[] { "targets.01", "targets.02" }));
    }

    private static Faults Check(params (string Code, int? Target)[] parts)
    {
        var faults = new Faults();
        RegionTarget.Check(parts.ToDictionary(part => part.Code, part => part.Target), Regions, 100, faults);
        return faults;
    }
}
