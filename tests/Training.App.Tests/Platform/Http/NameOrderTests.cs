using System.Globalization;
using Training.App.Platform.Http;

namespace Training.App.Tests.Platform.Http;

internal sealed class NameOrderTests
{
    [TestCase("fr-MA")]
    [TestCase("ar-MA")]
    public void Numbers_in_names_are_ordered_by_their_value(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);

        var ordered = new[] { "Groupe 10", "Groupe 2", "10", "groupe 1", "2" }.Order(Languages.NameOrder);

        Assert.That(ordered, Is.EqualTo(new[] { "2", "10", "groupe 1", "Groupe 2", "Groupe 10" }));
    }
}
