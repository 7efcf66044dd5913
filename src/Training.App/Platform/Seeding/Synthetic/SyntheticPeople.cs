using System.Globalization;

namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>
/// Invents children family by family. Nobody here exists: names are drawn from public lists, phones from two blocks
/// (06 00 and 07 00) that no other part of the product hands out, school codes from the letter Z.
/// </summary>
internal sealed class SyntheticPeople
{
    private const int YoungestAge = 8;
    private const int OldestAge = 17;
    private const double SiblingChance = 0.042;
    private const double TwinShareOfSiblings = 0.15;
    private const double FirstOfJanuaryShare = 0.04;
    private const int PhonesPerBlock = 1_000_000;

    private readonly SyntheticOptions _options;
    private readonly ReferenceNames _names;
    private readonly IReadOnlyList<SyntheticSite> _sites;
    private readonly ReferenceName[] _boys;
    private readonly ReferenceName[] _girls;
    private readonly ReferenceName[] _families;
    private readonly int _firstBirthDay;
    private readonly int _birthDays;

    public SyntheticPeople(SyntheticOptions options)
    {
        _options = options;
        _names = ReferenceNames.Read(options.ReferenceFolder);
        _sites = options.Sites ?? _names.Clubs;
        _boys = Weigh(_names.Boys);
        _girls = Weigh(_names.Girls);
        _families = Weigh(_names.Families);
        var first = options.ReferenceDate.AddYears(-OldestAge - 1).AddDays(1);
        _firstBirthDay = first.DayNumber;
        _birthDays = options.ReferenceDate.AddYears(-YoungestAge).DayNumber - first.DayNumber + 1;
    }

    /// <summary>The people, the same ones each time they are enumerated.</summary>
    public IEnumerable<SyntheticPerson> Generate()
    {
        var random = new SyntheticRandom(_options.Seed);
        SyntheticPerson? previous = null;
        var family = new Family("", _sites[0], "", default, "", "", false, null);
        for (var i = 0; i < _options.Rows; i++)
        {
            var sibling = previous is not null && random.Chance(SiblingChance);
            if (!sibling) family = InventFamily(random, i);
            previous = InventChild(random, i, family, sibling ? previous : null);
            yield return previous;
        }
    }

    private sealed record Family(
        string Name, SyntheticSite Site, string Province, SyntheticRelationship Relationship, string Guardian, string Phone, bool French, ReferenceName? Surname)
    {
        public bool Latin { get; init; }

        public bool Arabic { get; init; }
    }

    private Family InventFamily(SyntheticRandom random, int index)
    {
        var site = _sites[random.Next(_sites.Count)];
        var province = site.ProvinceCode;
        if (random.Chance(0.15) && _names.ProvincesByRegion.TryGetValue(province[..2], out var near)) province = near[random.Next(near.Length)];
        var surname = Pick(random, _families);
        // Most lists are in Latin letters or in both; some are in Arabic alone.
        var script = random.Next(10);
        var (latin, arabic) = (script < 9, script is < 6 or 9);
        var relationship = random.Next(100) switch
        {
            < 48 => SyntheticRelationship.Mother,
            < 97 => SyntheticRelationship.Father,
            _ => SyntheticRelationship.LegalGuardian,
        };
        var mother = relationship == SyntheticRelationship.Mother;
        var guardianGiven = Pick(random, mother ? _girls : _boys);
        // A mother keeps her own family name.
        var guardianFamily = relationship == SyntheticRelationship.Father ? surname : Pick(random, _families);
        var guardian = latin ? $"{Spell(random, guardianGiven)} {Spell(random, guardianFamily)}" : $"{guardianGiven.Arabic} {guardianFamily.Arabic}";
        // A fixed walk through the block: no family shares a phone with another until two million have been invented.
        var number = (long)index * 387_421 % (2 * PhonesPerBlock);
        var phone = string.Create(CultureInfo.InvariantCulture, $"+212{(number < PhonesPerBlock ? 6 : 7)}00{number % PhonesPerBlock:D6}");
        return new Family(Spell(random, surname), site, province, relationship, guardian, phone, latin && random.Chance(0.35), surname)
        {
            Latin = latin,
            Arabic = arabic,
        };
    }

    private SyntheticPerson InventChild(SyntheticRandom random, int index, Family family, SyntheticPerson? elder)
    {
        var female = random.Chance(0.45);
        var given = Pick(random, female ? _girls : _boys);
        var birthDate = _firstBirthDay + random.Next(_birthDays);
        var date = DateOnly.FromDayNumber(birthDate);
        if (random.Chance(FirstOfJanuaryShare) && new DateOnly(date.Year, 1, 1).DayNumber >= _firstBirthDay) date = new DateOnly(date.Year, 1, 1);
        if (elder is not null)
        {
            while (given.Arabic == elder.GivenNameAr || elder.GivenName is { } name && (name == given.Latin || given.Variants.Contains(name)))
                given = Pick(random, female ? _girls : _boys);
            if (random.Chance(TwinShareOfSiblings)) date = elder.BirthDate;
            else if (Math.Abs(date.DayNumber - elder.BirthDate.DayNumber) < 330)
                date = date.AddYears(date.DayNumber - _firstBirthDay > _birthDays / 2 ? -2 : 2);
        }
        return new SyntheticPerson
        {
            GivenName = family.Latin ? Spell(random, given) : null,
            FamilyName = family.Latin ? family.Name : null,
            GivenNameAr = family.Arabic ? SpellArabic(random, given.Arabic) : null,
            FamilyNameAr = family.Arabic ? family.Surname!.Arabic : null,
            BirthDate = date,
            IsFemale = female,
            // A fixed walk through the nine digits, so no code comes twice.
            MassarCode = random.Chance(0.4) ? string.Create(CultureInfo.InvariantCulture, $"Z{(long)index * 387_420_489 % 1_000_000_000:D9}") : null,
            ProvinceCode = family.Province,
            SiteCode = family.Site.Code,
            GuardianName = family.Guardian,
            Relationship = family.Relationship,
            GuardianPhone = family.Phone,
            PrefersFrench = family.French,
            ConsentOn = random.Chance(0.9) ? _options.ReferenceDate.AddDays(random.Next(60)) : null,
            IsSibling = elder is not null,
        };
    }

    private static ReferenceName Pick(SyntheticRandom random, ReferenceName[] weighed) => weighed[random.Next(weighed.Length)];

    private static string Spell(SyntheticRandom random, ReferenceName name) =>
        name.Variants.Length > 0 && random.Chance(0.25) ? name.Variants[random.Next(name.Variants.Length)] : name.Latin;

    /// <summary>One list in eight leaves out the hamza.</summary>
    private static string SpellArabic(SyntheticRandom random, string name) =>
        random.Next(8) == 0 ? name.Replace('أ', 'ا').Replace('إ', 'ا').Replace('ة', 'ه') : name;

    /// <summary>The lists begin with the common names: a name's share falls gently with its place.</summary>
    private static ReferenceName[] Weigh(IReadOnlyList<ReferenceName> names)
    {
        const double flatness = 12;
        var weighed = new List<ReferenceName>(4096);
        for (var i = 0; i < names.Count; i++)
        {
            var copies = (int)Math.Ceiling(1000 / (i + flatness));
            for (var n = 0; n < copies; n++) weighed.Add(names[i]);
        }
        return [.. weighed];
    }
}
