using Training.Domain.Registry.Names;

namespace Training.Domain.Tests.Registry.Names;

public class VariantListTests
{
    [TestCase("first-names.csv", 0.94, 0.97)]
    [TestCase("surnames.csv", 0.92, 0.97)]
    public void Finds_the_variants_of_a_name_by_key_and_more_by_likeness(string list, double byKey, double byLikeness)
    {
        int variants = 0, key = 0, likeness = 0;
        foreach (var row in ReferenceFile.Read(list))
        {
            var name = new NameForms(row["latin"], null);
            foreach (var variant in row["latin_variants"].Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                variants++;
                var other = new NameForms(variant, null);
                var byKeys = name.LatinKey == other.LatinKey || name.LatinAlternativeKey == other.LatinKey ||
                             name.LatinKey == other.LatinAlternativeKey || name.LatinAlternativeKey == other.LatinAlternativeKey;
                if (byKeys) key++;
                else TestContext.Out.WriteLine($"{row["latin"]} ({name.LatinKey}, {name.LatinAlternativeKey}) – {variant} ({other.LatinKey}, {other.LatinAlternativeKey}) {NameComparison.LatinAlike(name, other)}");
                if (byKeys || NameComparison.LatinAlike(name, other)) likeness++;
            }
        }
        TestContext.Out.WriteLine($"{list}: {variants} variants, by key {key / (double)variants:P1}, with likeness {likeness / (double)variants:P1}");
        Assert.That(variants, Is.GreaterThan(200));
        Assert.That(key / (double)variants, Is.GreaterThanOrEqualTo(byKey));
        Assert.That(likeness / (double)variants, Is.GreaterThanOrEqualTo(byLikeness));
    }

    [TestCase("first-names.csv", 0.80)]
    [TestCase("surnames.csv", 0.70)]
    public void Meets_the_Latin_key_from_the_Arabic_spelling(string list, double bar)
    {
        int names = 0, met = 0;
        foreach (var row in ReferenceFile.Read(list))
        {
            names++;
            var name = new NameForms(row["latin"], row["arabic"]);
            var skeleton = name.ArabicSkeleton;
            if (skeleton == name.LatinKey || skeleton == name.LatinAlternativeKey) met++;
            else TestContext.Out.WriteLine($"{row["latin"]} ({name.LatinKey}, {name.LatinAlternativeKey}) – {row["arabic"]} ({skeleton})");
        }
        TestContext.Out.WriteLine($"{list}: {names} names, {met / (double)names:P1} met");
        Assert.That(met / (double)names, Is.GreaterThanOrEqualTo(bar));
    }
}
