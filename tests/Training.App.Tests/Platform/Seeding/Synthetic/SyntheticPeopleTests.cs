using Training.App.Platform.Seeding.Synthetic;
using Training.Domain.Registry.Names;

namespace Training.App.Tests.Platform.Seeding.Synthetic;

public class SyntheticPeopleTests
{
    private static readonly SyntheticOptions Options = new() { ReferenceFolder = SyntheticClubListTests.FindReference(), Rows = 50_000 };
    private static readonly List<SyntheticPerson> People = [.. new SyntheticPeople(Options).Generate()];

    [Test]
    public void Are_eight_to_seventeen_at_the_reference_date_with_a_lump_on_the_first_of_January()
    {
        Assert.That(People.Min(person => person.BirthDate), Is.InRange(new DateOnly(2008, 9, 2), new DateOnly(2008, 10, 1)));
        Assert.That(People.Max(person => person.BirthDate), Is.InRange(new DateOnly(2018, 8, 1), new DateOnly(2018, 9, 1)));
        Assert.That(People.Count(person => person.BirthDate is { Day: 1, Month: 1 }) / (double)People.Count, Is.InRange(0.03, 0.06));
    }

    [Test]
    public void Have_siblings_and_twins_under_one_guardian_and_phone()
    {
        var families = People.GroupBy(person => person.GuardianPhone).Where(family => family.Count() > 1).ToList();
        Assert.That(families.Sum(family => family.Count()) / (double)People.Count, Is.InRange(0.06, 0.10));
        Assert.That(families.All(family => family.Select(child => (child.GuardianName, child.FamilyName, child.FamilyNameAr, child.SiteCode)).Distinct().Count() == 1), Is.True);
        Assert.That(families.Count(family => family.DistinctBy(child => child.BirthDate).Count() < family.Count()), Is.GreaterThan(100));
        var asOneChild = families.Count(family => DuplicateMatcher.Compare(Facts(family.First()), Facts(family.Last())).Verdict != MatchVerdict.Different);
        Assert.That(asOneChild, Is.LessThan(families.Count / 50));
    }

    [Test]
    public void Have_names_in_one_script_or_both_and_in_many_spellings()
    {
        Assert.That(People.All(person => (person.GivenName is null) == (person.FamilyName is null) && (person.GivenNameAr is null) == (person.FamilyNameAr is null)), Is.True);
        Assert.That(People.All(person => person.GivenName is not null || person.GivenNameAr is not null), Is.True);
        Assert.That(People.Count(person => person.GivenName is null), Is.InRange(4_000, 6_000));
        Assert.That(People.Count(person => person.GivenNameAr is null), Is.InRange(13_000, 17_000));
        Assert.That(People.Select(person => person.FamilyName).Distinct().Count(), Is.GreaterThan(400));
    }

    [Test]
    public void Never_share_a_school_code() =>
        Assert.That(People.Where(person => person.MassarCode is not null).Select(person => person.MassarCode).ToList(), Is.Unique);

    [Test]
    public void Live_near_their_site()
    {
        var sites = ReferenceNames.Read(Options.ReferenceFolder).Clubs.ToDictionary(site => site.Code, site => site.ProvinceCode);
        Assert.That(People.All(person => person.ProvinceCode[..2] == sites[person.SiteCode][..2]), Is.True);
        Assert.That(People.Count(person => person.ProvinceCode == sites[person.SiteCode]) / (double)People.Count, Is.GreaterThan(0.8));
        Assert.That(People.Select(person => person.SiteCode).Distinct().Count(), Is.EqualTo(sites.Count));
    }

    private static PersonFacts Facts(SyntheticPerson person) => new()
    {
        Given = new NameForms(person.GivenName, person.GivenNameAr),
        Family = new NameForms(person.FamilyName, person.FamilyNameAr),
        BirthDate = person.BirthDate,
        IsFemale = person.IsFemale,
    };
}
