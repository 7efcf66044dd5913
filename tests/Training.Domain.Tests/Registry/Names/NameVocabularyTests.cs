using Training.Domain.Registry.Names;

namespace Training.Domain.Tests.Registry.Names;

public class NameVocabularyTests
{
    [TestCase("Yasmine", "Yasmine", SpellingLikeness.Same)]
    [TestCase("YASMINE", "Yasmine", SpellingLikeness.Same)]
    [TestCase("Aït Saïd", "Ait Said", SpellingLikeness.Same)]
    [TestCase("Yas", "Yasmine", SpellingLikeness.Begins)]
    [TestCase("alao", "El Alaoui", SpellingLikeness.Begins)]
    [TestCase("Alaoui", "El Alaoui", SpellingLikeness.Begins)]
    [TestCase("ben a", "Benali", SpellingLikeness.Begins)]
    [TestCase("Mohammed", "Mohamed", SpellingLikeness.Alike)]
    [TestCase("Med", "Mohamed", SpellingLikeness.Alike)]
    [TestCase("Drissi", "El Idrissi", SpellingLikeness.Alike)]
    [TestCase("Zahra", "Fatima Zahra", SpellingLikeness.Part)]
    [TestCase("Fatima Zohra", "Fatima", SpellingLikeness.Shorter)]
    [TestCase("Zakatia", "Zakaria", SpellingLikeness.Slip)]
    [TestCase("Zkaaria", "Zakaria", SpellingLikeness.Alike)]
    [TestCase("Benanni", "Chraibi", null)]
    [TestCase("Omar", "Adam", null)]
    public void Compares_latin_letters(string typed, string spelling, SpellingLikeness? likeness) =>
        Assert.That(LikenessOf(typed, spelling, null), Is.EqualTo(likeness));

    [TestCase("محمد", "محمد", SpellingLikeness.Same)]
    [TestCase("مُحَمَّد", "محمد", SpellingLikeness.Same)]
    [TestCase("ادريس", "إدريس", SpellingLikeness.Same)]
    [TestCase("علوي", "العلوي", SpellingLikeness.Same)]
    [TestCase("بن علي", "بنعلي", SpellingLikeness.Same)]
    [TestCase("فاطم", "فاطمة الزهراء", SpellingLikeness.Begins)]
    [TestCase("الزهراء", "فاطمة الزهراء", SpellingLikeness.Part)]
    [TestCase("ياسمبن", "ياسمين", SpellingLikeness.Slip)]
    [TestCase("كريم", "محمد", null)]
    public void Compares_arabic_letters(string typed, string spelling, SpellingLikeness? likeness) =>
        Assert.That(LikenessOf(typed, null, spelling), Is.EqualTo(likeness));

    [TestCase("Mohammed", null, "محمد")]
    [TestCase("محمد", "Mouhamed", null)]
    public void Meets_across_the_scripts(string typed, string? latin, string? arabic) =>
        Assert.That(LikenessOf(typed, latin, arabic), Is.EqualTo(SpellingLikeness.AcrossScripts));

    [Test]
    public void Puts_the_closest_spellings_first_and_keeps_to_so_many()
    {
        var vocabulary = new NameVocabulary();
        foreach (var name in (string[])["Mohamed Amine", "Mouhamed", "Mohamed", "Mohamed Reda", "Karim"]) vocabulary.Add(name, null, null, null);

        var found = vocabulary.Find("mohamed", 3).Given.Select(match => match.Spelling.Latin);

        Assert.That(found, Is.EqualTo(new[] { "Mohamed", "Mohamed Reda", "Mohamed Amine" }));
    }

    [Test]
    public void Knows_as_which_part_of_a_name_a_spelling_is_borne()
    {
        var vocabulary = new NameVocabulary();
        vocabulary.Add("Idriss", null, "Karim", null);
        vocabulary.Add("Karim", null, "Bennani", null);

        Assert.That(vocabulary.Find("Idriss", 9).Family, Is.Empty);
        Assert.That(vocabulary.Find("Karim", 9).Given, Has.Count.EqualTo(1));
        Assert.That(vocabulary.Find("Karim", 9).Family, Has.Count.EqualTo(1));
    }

    [Test]
    public void Keeps_each_spelling_once()
    {
        var vocabulary = new NameVocabulary();
        for (var i = 0; i < 5_000; i++) vocabulary.Add($"Name{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}", null, "Alaoui", "العلوي");

        Assert.That(vocabulary.Count, Is.EqualTo(26 * 26 + 1));
    }

    [Test]
    public void Can_be_searched_while_it_grows()
    {
        var vocabulary = new NameVocabulary();
        vocabulary.Add("Yasmine", null, "Alaoui", null);
        var growing = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) vocabulary.Add($"Un{Letters(i)}", null, $"Deux{Letters(i)}", null);
        });

        do Assert.That(vocabulary.Find("Yasmine", 5).Given, Has.Count.EqualTo(1));
        while (!growing.IsCompleted);

        Assert.That(growing.IsCompletedSuccessfully, Is.True);
        Assert.That(vocabulary.Count, Is.EqualTo(40_002));
    }

    private static string Letters(int number) => string.Concat(number.ToString(null, null).Select(digit => (char)(digit - '0' + 'a')));

    private static SpellingLikeness? LikenessOf(string typed, string? latin, string? arabic)
    {
        var vocabulary = new NameVocabulary();
        vocabulary.Add(latin, arabic, null, null);
        return vocabulary.Find(typed, 1).Given is [var match] ? match.Likeness : null;
    }
}
