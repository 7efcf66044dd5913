using Training.Domain.Registry;

namespace Training.Domain.Tests.Registry;

[TestFixture]
public class DisplayNameTests
{
    [TestCase("Yasmine", "El Alaoui", "Yasmine El Alaoui", "Y. E.")]
    [TestCase("ياسمين", "العلوي", "ياسمين العلوي", "ي. ا.")]
    [TestCase("yasmine", null, "yasmine", "Y.")]
    [TestCase(null, null, null, null)]
    [TestCase("-", "'Aït", "- 'Aït", "A.")]
    public void Shows_the_given_name_first(string? given, string? family, string? name, string? initials) =>
        Assert.That((DisplayName.Join(given, family), DisplayName.Initials(given, family)), Is.EqualTo((name, initials)));
}
