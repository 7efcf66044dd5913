using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Training.App.Platform.Localization;

namespace Training.App.Tests.Platform.Localization;

internal sealed partial class TextsTests
{
    private static readonly CultureInfo[] Languages = [CultureInfo.InvariantCulture, new("fr"), new("ar")];

    private static IEnumerable<string> Owners => Texts.All.Keys.Order();

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(AppFolder(), "*.cs*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cshtml", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Owners))]
    public void Every_language_has_the_same_texts(string owner)
    {
        var english = TextsOf(owner, Languages[0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(english, Is.Not.Empty);
            foreach (var language in Languages[1..])
                Assert.That(TextsOf(owner, language).Keys, Is.EquivalentTo(english.Keys), $"{owner} in {language.Name}");
        }
    }

    [TestCaseSource(nameof(Owners))]
    public void No_text_is_empty(string owner)
    {
        var empty = from language in Languages
                    from text in TextsOf(owner, language)
                    where string.IsNullOrWhiteSpace(text.Value)
                    select $"{language.Name} {owner}.{text.Key}";
        Assert.That(empty, Is.Empty);
    }

    [TestCaseSource(nameof(Owners))]
    public void A_text_asks_for_the_same_facts_in_every_language(string owner)
    {
        var english = TextsOf(owner, Languages[0]);
        var other = from language in Languages[1..]
                    from text in TextsOf(owner, language)
                    where english.ContainsKey(text.Key) && !IsNumberForm(text.Key)
                    where !Placeholders(text.Value).SetEquals(Placeholders(english[text.Key]))
                    select $"{language.Name} {owner}.{text.Key}";
        Assert.That(other, Is.Empty);
    }

    [TestCaseSource(nameof(Owners))]
    public void Arabic_texts_use_western_digits(string owner) => Assert.That(
        TextsOf(owner, Languages[2]).Where(text => text.Value.Any(symbol => symbol is >= '\u0660' and <= '\u0669')).Select(text => text.Key), Is.Empty);

    [TestCaseSource(nameof(Owners))]
    public void French_texts_use_the_printer_s_apostrophe(string owner) => Assert.That(
        TextsOf(owner, Languages[1]).Where(text => StraightApostrophe().IsMatch(text.Value)).Select(text => text.Key), Is.Empty);

    [Test]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var missing = from file in Sources
                      from Match use in KeyInSource().Matches(File.ReadAllText(file))
                      let key = use.Groups["key"].Value
                      where !Exists(key)
                      select $"{Path.GetFileName(file)}: {key}";
        Assert.That(missing.Distinct(), Is.Empty);
    }

    [Test]
    public void Every_counted_text_has_all_its_forms()
    {
        string[] forms = ["one", "two", "few", "many", "other"];
        var missing = from file in Sources
                      from Match use in CountedInSource().Matches(File.ReadAllText(file))
                      from form in forms
                      let key = $"{use.Groups["key"].Value}.{form}"
                      where !Exists(key)
                      select $"{Path.GetFileName(file)}: {key}";
        Assert.That(missing.Distinct(), Is.Empty);
    }

    [Test]
    public void A_missing_text_shows_its_key() => Assert.That(new Texts()["common.thisIsNoText"], Is.EqualTo("common.thisIsNoText"));

    private static bool Exists(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Texts.All.TryGetValue(key[..dot], out var owner) && owner.GetString(key[(dot + 1)..], CultureInfo.InvariantCulture) is not null;
    }

    private static bool IsNumberForm(string key) => key.EndsWith(".one", StringComparison.Ordinal) || key.EndsWith(".two", StringComparison.Ordinal);

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    private static Dictionary<string, string> TextsOf(string owner, CultureInfo language) =>
        Texts.All[owner].GetResourceSet(language, createIfNotExists: true, tryParents: false) is { } set
            ? set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!)
            : [];

    private static string AppFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Training.sln"))) return Path.Combine(folder.FullName, "src", "Training.App");
        }
        throw new InvalidOperationException("The tests must run inside the source tree.");
    }

    [GeneratedRegex("""\b(?:T|texts|Texts)\["(?<key>[A-Za-z0-9.]+)"[,\]]""")]
    private static partial Regex KeyInSource();

    [GeneratedRegex("""Plural\.Of\(\w+, "(?<key>[A-Za-z0-9.]+)",""")]
    private static partial Regex CountedInSource();

    [GeneratedRegex(@"\w'\w")]
    private static partial Regex StraightApostrophe();

    [GeneratedRegex("""\{[A-Za-z0-9]+\}""")]
    private static partial Regex Placeholder();
}
