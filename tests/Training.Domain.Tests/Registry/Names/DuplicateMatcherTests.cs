using System.Globalization;
using Training.Domain.Common;
using Training.Domain.Registry.Names;

namespace Training.Domain.Tests.Registry.Names;

public class DuplicateMatcherTests
{
    [Test]
    public void Finds_the_labelled_duplicates_and_flags_few_of_the_others()
    {
        int found = 0, flagged = 0, same = 0, different = 0;
        foreach (var row in ReferenceFile.Read("dedup-pairs.csv"))
        {
            var result = DuplicateMatcher.Compare(Facts(row, "a"), Facts(row, "b"));
            var hit = result.Verdict != MatchVerdict.Different;
            TestContext.Out.WriteLine($"{row["label"],-9} {(hit ? "hit " : "miss")} {row["what_it_tests"]}: {string.Join(' ', result.Codes())}");
            if (row["label"] == "same")
            {
                same++;
                if (hit) found++;
            }
            else
            {
                different++;
                if (hit) flagged++;
            }
        }
        TestContext.Out.WriteLine($"found {found} of {same}, flagged {flagged} of {different}");
        Assert.That((same, different), Is.EqualTo((20, 10)));
        Assert.That(found, Is.GreaterThanOrEqualTo(19));
        Assert.That(flagged, Is.LessThanOrEqualTo(6));
    }

    // Floors a little under what was measured (Modules/Registry/README.md), so that a change of rule that costs shows here.
    [TestCase("hard-pairs.csv", false, 200, 218, 25, 101)]
    [TestCase("held-out-pairs.csv", false, 120, 132, 17, 71)]
    [TestCase("hard-pairs.csv", true, 203, 218, 25, 101)]
    [TestCase("held-out-pairs.csv", true, 126, 132, 17, 71)]
    public void Keeps_its_measure_on_the_hard_pairs(string file, bool oneGuardian, int found, int same, int flagged, int different)
    {
        // A child registered twice mostly has one guardian with one phone, which the lists do not give.
        var phone = PhoneNumber.TryParse("0612345678", out var number) ? new[] { number } : [];
        PersonFacts Side(IReadOnlyDictionary<string, string> row, string side) =>
            oneGuardian && row["label"] == "same" ? Facts(row, side) with { GuardianPhones = phone } : Facts(row, side);
        var rows = ReferenceFile.Read(Path.Combine("..", "matching", file))
            .Select(row => (Same: row["label"] == "same", Hit: DuplicateMatcher.Compare(Side(row, "a"), Side(row, "b")).Verdict != MatchVerdict.Different)).ToList();
        TestContext.Out.WriteLine($"found {rows.Count(row => row is { Same: true, Hit: true })}, flagged {rows.Count(row => row is { Same: false, Hit: true })}");
        Assert.That((rows.Count(row => row.Same), rows.Count(row => !row.Same)), Is.EqualTo((same, different)));
        Assert.That(rows.Count(row => row is { Same: true, Hit: true }), Is.GreaterThanOrEqualTo(found));
        Assert.That(rows.Count(row => row is { Same: false, Hit: true }), Is.LessThanOrEqualTo(flagged));
    }

    [Test]
    public void Tells_an_uncle_from_a_nephew_who_are_named_after_each_other_s_father()
    {
        var uncle = Person("Ahmed", "Brahim", "0612345678");
        var nephew = Person("Brahim", "Ahmed", "0612345678") with { BirthDate = uncle.BirthDate.AddYears(4) };
        Assert.That(DuplicateMatcher.Compare(uncle, nephew).Verdict, Is.EqualTo(MatchVerdict.Different));
        Assert.That(DuplicateMatcher.Compare(uncle, nephew with { BirthDate = uncle.BirthDate }).Verdict, Is.EqualTo(MatchVerdict.Possible));
    }

    [Test]
    public void Is_certain_of_an_equal_official_code_whatever_else_differs()
    {
        var a = Person("Yasmine", "Alaoui") with { MassarCode = "Z990000001" };
        var b = Person("Salma", "Tazi") with { MassarCode = "z990000001", BirthDate = new DateOnly(2012, 1, 1) };
        Assert.That(DuplicateMatcher.Compare(a, b), Is.EqualTo(new MatchResult(MatchVerdict.Certain, MatchReasons.SameMassarCode)));
        var c = Person("Salma", "Tazi") with { FifaId = "1A2B3C4" };
        Assert.That(DuplicateMatcher.Compare(Person("Yasmine", "Alaoui") with { FifaId = "1A2B3C4" }, c).Verdict, Is.EqualTo(MatchVerdict.Certain));
    }

    [Test]
    public void Takes_a_licence_number_for_certain_only_with_the_birth_date()
    {
        var a = Person("Yasmine", "Alaoui") with { LicenceNumber = "L-17" };
        var b = Person("Salma", "Tazi") with { LicenceNumber = "l-17" };
        Assert.That(DuplicateMatcher.Compare(a, b).Reasons, Is.EqualTo(MatchReasons.SameLicence));
        Assert.That(DuplicateMatcher.Compare(a, b).Verdict, Is.EqualTo(MatchVerdict.Certain));
        Assert.That(DuplicateMatcher.Compare(a, b with { BirthDate = new DateOnly(2011, 5, 5) }).Verdict, Is.EqualTo(MatchVerdict.Different));
        Assert.That(DuplicateMatcher.Compare(a, Person("Yasmine", "Alaoui") with { LicenceNumber = "L-18" }).Verdict, Is.EqualTo(MatchVerdict.Possible));
    }

    [Test]
    public void Lets_a_conflicting_official_code_veto_equal_names()
    {
        var a = Person("Yasmine", "Alaoui") with { MassarCode = "Z990000001" };
        var b = Person("Yasmine", "Alaoui") with { MassarCode = "Z990000002" };
        Assert.That(DuplicateMatcher.Compare(a, b), Is.EqualTo(new MatchResult(MatchVerdict.Different, MatchReasons.ConflictingCode)));
        Assert.That(DuplicateMatcher.Compare(a, b with { MassarCode = null }).Verdict, Is.EqualTo(MatchVerdict.Possible));
    }

    [Test]
    public void Asks_a_person_when_one_code_agrees_and_another_conflicts()
    {
        var a = Person("Yasmine", "Alaoui") with { MassarCode = "Z990000001", FifaId = "1A2B3C4" };
        var result = DuplicateMatcher.Compare(a, a with { FifaId = "1A2B3C5" });
        Assert.That(result, Is.EqualTo(new MatchResult(MatchVerdict.Possible, MatchReasons.SameMassarCode | MatchReasons.ConflictingCode)));
        Assert.That(result.Codes(), Is.EqualTo(new[] { "sameMassarCode", "conflictingCode" }));
    }

    [TestCase("Hassan", "Houssine")]
    [TestCase("Hafsa", "Hafida")]
    [TestCase("Mohamed Amine", "Mohamed Reda")]
    public void Never_takes_twins_for_one_child(string one, string other)
    {
        var result = DuplicateMatcher.Compare(Person(one, "Naciri", "0612345678"), Person(other, "Ennaciri", "+212 612 345 678"));
        Assert.That(result.Verdict, Is.EqualTo(MatchVerdict.Different));
        Assert.That(result.Codes(), Does.Contain("twins"));
    }

    [Test]
    public void Tells_twins_of_one_skeleton_apart_by_their_Arabic_names()
    {
        var amine = Person("Amine", "Naciri", "0612345678") with { Given = new NameForms("Amine", "أمين") };
        var aymane = amine with { Given = new NameForms("Aymane", "أيمن") };
        Assert.That(DuplicateMatcher.Compare(amine, aymane).Codes(), Does.Contain("twins"));
    }

    [TestCase("Yassine", "Yacine")]
    [TestCase("Mohamed Amine", "Med Amin")]
    [TestCase("Mohamed Amine", "Amine")]
    [TestCase("Yassine", "Yassinne")]
    public void Still_finds_a_child_registered_twice_by_one_guardian(string one, string other)
    {
        var result = DuplicateMatcher.Compare(Person(one, "Naciri", "0612345678"), Person(other, "Nasiri", "0612345678"));
        Assert.That(result.Verdict, Is.EqualTo(MatchVerdict.Possible));
        Assert.That(result.Codes(), Does.Contain("sharedGuardianPhone"));
    }

    [Test]
    public void Takes_another_birth_date_for_another_child_unless_name_and_guardian_agree()
    {
        var a = Person("Ayoub", "Jabri", "0612345678");
        var later = a with { BirthDate = new DateOnly(2016, 9, 20) };
        Assert.That(DuplicateMatcher.Compare(a, later with { GuardianPhones = null }).Verdict, Is.EqualTo(MatchVerdict.Different));
        Assert.That(DuplicateMatcher.Compare(a, later).Verdict, Is.EqualTo(MatchVerdict.Possible));
        Assert.That(DuplicateMatcher.Compare(a, Person("Ayour", "Jabri", "0612345678") with { BirthDate = later.BirthDate }).Verdict, Is.EqualTo(MatchVerdict.Different));
    }

    [TestCase("Mohammed", "Bennani", "محمد", "بناني")]
    [TestCase("Fatima Zahra", "El Idrissi", "فاطمة الزهراء", "الإدريسي")]
    [TestCase("Lhoussaine", "Amrani", "الحسين", "العمراني")]
    [TestCase("Abderrahmane", "Tazi", "عبد الرحمن", "التازي")]
    [TestCase("Yasmine", "Alaoui", "ياسمين", "العلوي")]
    public void Finds_a_child_whom_one_guardian_registered_in_each_script(string given, string family, string givenAr, string familyAr)
    {
        var latin = Person(given, family, "0612345678");
        var arabic = latin with { Given = new NameForms(null, givenAr), Family = new NameForms(null, familyAr) };
        var result = DuplicateMatcher.Compare(latin, arabic);
        Assert.That(result.Verdict, Is.EqualTo(MatchVerdict.Possible));
        Assert.That(result.Codes(), Does.Contain("sharedGuardianPhone").And.Not.Contain("twins"));
        var twin = arabic with { Given = new NameForms(null, "سلمى") };
        Assert.That(DuplicateMatcher.Compare(latin, twin).Verdict, Is.EqualTo(MatchVerdict.Different));
    }

    [Test]
    public void Asks_about_a_sex_that_was_perhaps_mistyped()
    {
        var boy = Person("Nour", "Bennani", "0612345678");
        var girl = boy with { IsFemale = true };
        Assert.That(DuplicateMatcher.Compare(boy, girl).Verdict, Is.EqualTo(MatchVerdict.Possible));
        Assert.That(DuplicateMatcher.Compare(boy, girl).Codes(), Does.Contain("differentSex"));
        Assert.That(DuplicateMatcher.Compare(boy, girl with { GuardianPhones = null }).Verdict, Is.EqualTo(MatchVerdict.Different));
        Assert.That(DuplicateMatcher.Compare(boy, girl with { Given = new NameForms("Noura", null) }).Verdict, Is.EqualTo(MatchVerdict.Different), "a twin sister");
    }

    [Test]
    public void Compares_across_scripts_when_each_file_knows_only_one()
    {
        var latin = Person("Mohammed", "El Idrissi");
        var arabic = latin with { Given = new NameForms(null, "محمد"), Family = new NameForms(null, "الإدريسي") };
        Assert.That(DuplicateMatcher.Compare(latin, arabic).Verdict, Is.EqualTo(MatchVerdict.Possible));
        Assert.That(DuplicateMatcher.Compare(latin, arabic with { Given = new NameForms(null, "يوسف") }).Verdict, Is.EqualTo(MatchVerdict.Different));
    }

    [Test]
    public void Says_nothing_of_people_without_a_name()
    {
        var nameless = Person("", "");
        Assert.That(DuplicateMatcher.Compare(nameless, nameless).Verdict, Is.EqualTo(MatchVerdict.Different));
    }

    [Test]
    public void Gives_the_same_answer_whichever_file_comes_first()
    {
        var random = new Random(3);
        var given = ReferenceFile.Read("first-names.csv");
        var family = ReferenceFile.Read("surnames.csv");
        var people = Enumerable.Range(0, 400).Select(_ =>
        {
            var (first, last) = (given[random.Next(given.Count)], family[random.Next(family.Count)]);
            return Person(random.Next(4) == 0 ? "" : first["latin"], random.Next(4) == 0 ? "" : last["latin"]) with
            {
                Given = new NameForms(random.Next(3) == 0 ? null : first["latin"], random.Next(3) == 0 ? null : first["arabic"]),
                BirthDate = new DateOnly(2014, random.Next(1, 4), random.Next(1, 4)),
            };
        }).ToList();
        for (var i = 0; i < people.Count; i++)
            for (var j = 0; j <= i; j++)
                Assert.That(DuplicateMatcher.Compare(people[i], people[j]), Is.EqualTo(DuplicateMatcher.Compare(people[j], people[i])));
    }

    [Test]
    public void Looks_for_a_child_under_the_dates_that_slips_lead_to()
    {
        Span<DateOnly> dates = stackalloc DateOnly[BirthDateBlocks.MaxCount];
        var count = BirthDateBlocks.Write(new DateOnly(2010, 3, 8), dates);
        Assert.That(dates[..count].ToArray(), Is.EqualTo(new DateOnly[] { new(2010, 3, 8), new(2010, 3, 7), new(2010, 3, 9), new(2010, 8, 3) }));
        Assert.That(BirthDateBlocks.Write(new DateOnly(2010, 3, 3), dates), Is.EqualTo(3));
        Assert.That(BirthDateBlocks.Write(new DateOnly(2010, 3, 28), dates), Is.EqualTo(3));
        Assert.That(BirthDateBlocks.Swapped(new DateOnly(2010, 3, 28)), Is.Null);
    }

    private static PersonFacts Person(string given, string family, string? phone = null) => new()
    {
        Given = new NameForms(given, null),
        Family = new NameForms(family, null),
        BirthDate = new DateOnly(2014, 9, 20),
        IsFemale = false,
        GuardianPhones = PhoneNumber.TryParse(phone, out var number) ? [number] : null,
    };

    private static PersonFacts Facts(IReadOnlyDictionary<string, string> row, string side) => new()
    {
        Given = new NameForms(row[$"{side}_first"], row[$"{side}_first_ar"]),
        Family = new NameForms(row[$"{side}_last"], row[$"{side}_last_ar"]),
        BirthDate = DateOnly.Parse(row[$"{side}_birth"], CultureInfo.InvariantCulture),
        IsFemale = row[$"{side}_sex"] == "f",
        MassarCode = row.GetValueOrDefault($"{side}_massar"),
        GuardianPhones = PhoneNumber.TryParse(row.GetValueOrDefault($"{side}_phone"), out var phone) ? [phone] : [],
    };
}
