using Training.App.Modules.Enrollments.Imports.Matching;
using Training.Domain.Registry.Names;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>What a list remembers of two names is what comparing them says, for the first names and for those beyond the lines.</summary>
public class NameCacheTests
{
    private static readonly (string? Latin, string? Arabic)[] Names =
    [
        ("Mohammed", "محمد"), ("Mohamed", null), (null, "محمد"), ("Fatima Zahra", "فاطمة الزهراء"), ("Fatima", "فاطمة"), ("Zahra", null), ("El Alaoui", "العلوي"),
        ("Alaoui", null), ("Yasmine", null), ("Yassmine", null), ("Hassan", "حسن"), ("Houcine", "حسين"), ("Ali", "علي"), ("Wael", "وائل"), ("Benjelloun", null), ("Ben Jelloun", "بنجلون"),
    ];

    [TestCase(0, TestName = "with a line each")]
    [TestCase(8_185, TestName = "at the end of the lines and beyond")]
    [TestCase(9_000, TestName = "beyond the lines")]
    public void It_says_of_two_children_what_comparing_them_says(int before)
    {
        var cache = new NameCache();
        for (var i = 0; i < before; i++) cache.NumberOf($"Nom{i}", null);
        var known = Names.Select(name => (Number: cache.NumberOf(name.Latin, name.Arabic), Forms: new NameForms(name.Latin, name.Arabic))).ToArray();
        var meeting = 0;
        for (var round = 0; round < 2; round++) // Once to learn, once to remember.
        {
            foreach (var givenA in known)
            foreach (var familyA in known)
            foreach (var givenB in known)
            foreach (var familyB in known)
            {
                var expected = NameComparison.Meet(givenA.Forms, familyA.Forms, givenB.Forms, familyB.Forms);
                if (cache.Meet(givenA.Number, familyA.Number, givenB.Number, familyB.Number) != expected)
                    Assert.Fail($"{Name(givenA)} {Name(familyA)} and {Name(givenB)} {Name(familyB)}: should be {expected}");
                if (expected) meeting++;
            }
        }
        Assert.That(meeting, Is.GreaterThan(1_000).And.LessThan(2 * 65_536 - 1_000), "both answers are tried");

        string? Name((int Number, NameForms) of) => Names[of.Number - before].Latin ?? Names[of.Number - before].Arabic;
    }
}
