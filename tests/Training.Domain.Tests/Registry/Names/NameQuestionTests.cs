using Training.Domain.Registry.Names;

namespace Training.Domain.Tests.Registry.Names;

public class NameQuestionTests
{
    private static readonly (string? Given, string? GivenAr, string? Family, string? FamilyAr)[] Children =
    [
        ("Yasmine", "ياسمين", "El Alaoui", "العلوي"),
        ("Youssef", null, "Ait Said", null),
        (null, "محمد", null, "بن علي"),
        ("Mohammed", null, "Benali", null),
        ("Fatima Zahra", "فاطمة الزهراء", "Idrissi", "الإدريسي"),
        ("Karim", null, "Yasmine", null),
    ];

    private NameVocabulary vocabulary = null!;

    [OneTimeSetUp]
    public void Learn()
    {
        vocabulary = new NameVocabulary();
        foreach (var (given, givenAr, family, familyAr) in Children) vocabulary.Add(given, givenAr, family, familyAr);
    }

    [TestCase("Yasmine El Alaoui", 0)]
    [TestCase("El Alaoui Yasmine", 0)]
    [TestCase("alaoui yassmine", 0)]
    [TestCase("العلوي ياسمين", 0)]
    [TestCase("Yasmine العلوي", 0)]
    [TestCase("Youssef Ait Said", 1)]
    [TestCase("ait-said youssef", 1)]
    [TestCase("محمد بن علي", 2)]
    [TestCase("بن علي محمد", 2)]
    [TestCase("Mohamed Ben Ali", 3)]
    [TestCase("Fatima Zahra Idrissi", 4)]
    [TestCase("Zahra Drissi", 4)]
    [TestCase("El Idrissi Fatima", 4)]
    public void Finds_the_child_first(string typed, int child) => Assert.That(Ranked(typed).First(), Is.EqualTo(child));

    [Test]
    public void Finds_a_name_across_the_scripts()
    {
        Assert.That(Ranked("Mohamed Benali"), Is.EqualTo(new[] { 3, 2 }));
        Assert.That(Ranked("محمد بن علي"), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public void Finds_one_word_as_either_part_of_a_name() => Assert.That(Ranked("yasmine"), Is.EquivalentTo(new[] { 0, 5 }));

    [TestCase("Boutaina Zemmouri")]
    [TestCase("Yasmine Zemmouri")]
    [TestCase("-- , ..")]
    [TestCase("")]
    public void Finds_nobody_whose_name_was_not_typed(string typed) => Assert.That(Ranked(typed), Is.Empty);

    [Test]
    public void Ranks_a_child_known_in_latin_letters_with_those_who_write_themselves_so() =>
        Assert.That(NameQuestion.Read("العلوي", vocabulary, 40).Rank("Adam", null, "El Alaoui", null), Is.EqualTo((int)SpellingLikeness.AcrossScripts));

    private IEnumerable<int> Ranked(string typed)
    {
        var question = NameQuestion.Read(typed, vocabulary, 40);
        return from i in Enumerable.Range(0, Children.Length)
               let child = Children[i]
               let rank = question.Rank(child.Given, child.GivenAr, child.Family, child.FamilyAr)
               where rank is not null
               orderby rank, i
               select i;
    }
}
