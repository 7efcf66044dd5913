using System.Globalization;
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

    private static PersonFacts Facts(IReadOnlyDictionary<string, string> row, string side) => new()
    {
        Given = new NameForms(row[$"{side}_first"], row[$"{side}_first_ar"]),
        Family = new NameForms(row[$"{side}_last"], row[$"{side}_last_ar"]),
        BirthDate = DateOnly.Parse(row[$"{side}_birth"], CultureInfo.InvariantCulture),
        IsFemale = row[$"{side}_sex"] == "f",
    };
}
