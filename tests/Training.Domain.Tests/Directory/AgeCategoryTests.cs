using System.Globalization;
using Training.Domain.Directory;

namespace Training.Domain.Tests.Directory;

public class AgeCategoryTests
{
    [Test]
    public void Has_the_categories_of_the_reference_list_with_their_names_and_years()
    {
        var rows = ReferenceFile.Read("age-categories.csv");
        Assert.That(AgeCategory.All.Select(category => category.Code).ToList(), Is.EqualTo(rows.Select(row => row["code"]).ToList()));
        foreach (var (row, category) in rows.Zip(AgeCategory.All))
        {
            Assert.That(category.NameFr ?? "", Is.EqualTo(row["name_fr"]));
            Assert.That(category.NameAr ?? "", Is.EqualTo(row["name_ar"]));
            Assert.That(category.FirstBirthYear(2027), Is.EqualTo(int.Parse(row["birth_year_min_season_2026_27"], CultureInfo.InvariantCulture)));
            Assert.That(category.FirstBirthYear(2026), Is.EqualTo(int.Parse(row["birth_year_min_season_2025_26"], CultureInfo.InvariantCulture)));
        }
    }

    [TestCase(2018, "U9")]
    [TestCase(2017, "U11")]
    [TestCase(2016, "U11")]
    [TestCase(2014, "U13")]
    [TestCase(2013, "U14")]
    [TestCase(2012, "U15")]
    [TestCase(2011, "U17")]
    [TestCase(2008, "U19")]
    [TestCase(2007, "U21")]
    [TestCase(2005, null)]
    public void Puts_a_child_in_the_smallest_that_fits(int birthYear, string? code) =>
        Assert.That(AgeCategory.For(birthYear, 2027)?.Code, Is.EqualTo(code));

    [Test]
    public void Finds_a_category_by_its_code_in_either_case()
    {
        Assert.That(AgeCategory.FromCode("u13")?.Number, Is.EqualTo(13));
        Assert.That(AgeCategory.FromCode("U12"), Is.Null);
        Assert.That(AgeCategory.FromCode(null), Is.Null);
    }
}
