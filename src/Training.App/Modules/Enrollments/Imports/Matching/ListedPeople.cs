using System.Runtime.InteropServices;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>
/// The good rows of a list, found by birth date and sex, by guardian's phone and by official code. About 60 bytes a row, so that the
/// longest list fits in memory beside everything else.
/// </summary>
internal sealed class ListedPeople(PersonMatcher matcher)
{
    /// <summary>
    /// A block with more rows than this is no block but a filled-down column; each row is then compared with this many of it, and equal
    /// codes still meet.
    /// </summary>
    private const int BlockMax = 2_000;

    private readonly List<Person> people = [];
    private readonly List<PhoneNumber> phones = [];
    private readonly Dictionary<int, List<int>> byBirth = [];
    private readonly Dictionary<PhoneNumber, List<int>> byPhone = [];
    private readonly Dictionary<string, int> byCode = [];

    private readonly PhoneNumber[] phonesA = new PhoneNumber[1];
    private readonly PhoneNumber[] phonesB = new PhoneNumber[1];

    /// <summary>The names of the rows.</summary>
    public NameCache Names => matcher.Names;

    /// <summary>Number of rows.</summary>
    public int Count => people.Count;

    /// <summary>The rows.</summary>
    public ReadOnlySpan<Person> All => CollectionsMarshal.AsSpan(people);

    /// <summary>Phones of the guardians.</summary>
    public IEnumerable<PhoneNumber> Phones => byPhone.Keys;

    /// <summary>Adds a row and says which earlier row it repeats, or may.</summary>
    public (Likeness Likeness, int Row) Add(int row, Registration registration)
    {
        var person = Person.Of(row, registration, matcher.Names);
        var phone = registration.Guardians[0].Phone;
        phonesA[0] = phone;
        var best = (Likeness: Likeness.Different, Row: 0);
        foreach (var earlier in Candidates(person, phonesA))
        {
            phonesB[0] = phones[earlier];
            var likeness = matcher.Compare(person, phonesA, people[earlier], phonesB);
            if (likeness > best.Likeness) best = (likeness, people[earlier].Key);
            if (best.Likeness == Likeness.Same) break;
        }
        if (best.Likeness != Likeness.Same) Keep(person, phone);
        return best;
    }

    /// <summary>Rows that may be of this person; each pair's names can meet, or a code is equal.</summary>
    /// <param name="person">Somebody from elsewhere, or a row about to be added.</param>
    /// <param name="itsPhones">Phones of the guardians.</param>
    public IEnumerable<int> Candidates(Person person, IReadOnlyList<PhoneNumber> itsPhones)
    {
        foreach (var key in person.Codes?.Keys() ?? [])
            if (byCode.TryGetValue(key, out var index)) yield return index;

        var dates = new DateOnly[BirthDateBlocks.MaxCount];
        var count = BirthDateBlocks.Write(person.BirthDate, dates);
        for (var i = 0; i < count; i++)
        {
            if (!byBirth.TryGetValue(BlockOf(dates[i], person.Sex), out var block)) continue;
            for (var j = Math.Max(0, block.Count - BlockMax); j < block.Count; j++)
                if (Meet(person, block[j])) yield return block[j];
        }
        foreach (var phone in itsPhones)
        {
            if (phone.IsEmpty || !byPhone.TryGetValue(phone, out var family)) continue;
            for (var j = Math.Max(0, family.Count - BlockMax); j < family.Count; j++)
                if (Meet(person, family[j])) yield return family[j];
        }
    }

    /// <summary>What a row and somebody from elsewhere are to each other.</summary>
    public Likeness Compare(int index, in Person other, IReadOnlyList<PhoneNumber> otherPhones)
    {
        phonesA[0] = phones[index];
        return matcher.Compare(people[index], phonesA, other, otherPhones);
    }

    private static int BlockOf(DateOnly date, Sex sex) => date.DayNumber * 2 + (sex == Sex.Female ? 1 : 0);

    private bool Meet(in Person person, int index)
    {
        var other = people[index];
        return matcher.Names.Meet(person.Given, person.Family, other.Given, other.Family);
    }

    private void Keep(in Person person, PhoneNumber phone)
    {
        var index = people.Count;
        people.Add(person);
        phones.Add(phone);
        Add(byBirth, BlockOf(person.BirthDate, person.Sex), index);
        if (!phone.IsEmpty) Add(byPhone, phone, index);
        foreach (var key in person.Codes?.Keys() ?? []) byCode.TryAdd(key, index);
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> map, TKey key, int index)
        where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);
        (list ??= new List<int>(1)).Add(index);
    }
}
