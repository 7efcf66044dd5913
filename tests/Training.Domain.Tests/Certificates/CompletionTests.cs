using Training.Domain.Certificates;
using Training.Domain.Directory;

namespace Training.Domain.Tests.Certificates;

[TestFixture]
public class CompletionTests
{
    private static readonly CompletionRule Rule = new(75, AllMandatoryModules: true);

    private static readonly CurriculumModule[] Curriculum =
    [
        Module(1, 121, mandatory: true), Module(2, 120, mandatory: false), Module(3, 120, mandatory: true),
    ];

    [Test]
    public void Asks_for_its_share_of_the_hours_rounded_up() =>
        Assert.That(Completion.RequiredMinutes(Rule, Curriculum), Is.EqualTo(271)); // 75 % of 361 is 270.75

    [TestCase(271, new[] { 1, 3 }, new string[0])]
    [TestCase(270, new[] { 1, 3 }, new[] { "hoursMissing" })]
    [TestCase(271, new[] { 1, 2 }, new[] { "modulesMissing" })]
    [TestCase(0, new int[0], new[] { "hoursMissing", "modulesMissing" })]
    public void Needs_the_hours_and_every_mandatory_module(int minutes, int[] modules, string[] missing)
    {
        var state = Completion.Assess(Rule, Curriculum, minutes, modules.ToHashSet());

        Assert.That(state.Gaps.Select(gap => gap.Code), Is.EqualTo(missing));
        Assert.That(state.Met, Is.EqualTo(missing.Length == 0));
    }

    [Test]
    public void Names_what_is_missing()
    {
        var state = Completion.Assess(Rule, Curriculum, 100, new HashSet<int> { 3 });

        Assert.That(state.Gaps[0].Facts["missing"], Is.EqualTo(171));
        Assert.That(state.Gaps[1].Facts["modules"], Is.EqualTo("m1"));
    }

    [Test]
    public void Without_the_mandatory_rule_the_hours_alone_decide() =>
        Assert.That(Completion.Assess(new CompletionRule(75, false), Curriculum, 271, new HashSet<int>()).Met, Is.True);

    private static CurriculumModule Module(int id, int minutes, bool mandatory) => new()
    {
        Id = id, EditionId = 1, Code = $"m{id}", NameFr = "", NameAr = "", Minutes = minutes, Mandatory = mandatory, Position = id,
    };
}
