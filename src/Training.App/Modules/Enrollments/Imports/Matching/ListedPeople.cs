using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>
/// The good rows of a list, found by birth date and sex, by guardian's phone and by official code. The names of those born on a day lie
/// together, since every row is compared with all of them; rows of one phone, which are few, are chained by numbers. So a row costs about
/// 70 bytes and the longest list fits in memory beside everything else.
/// </summary>
internal sealed class ListedPeople(PersonMatcher matcher)
{
    /// <summary>
    /// A block with more rows than this is no block but a filled-down column; each row is then compared with the latest of it, and equal
    /// codes still meet.
    /// </summary>
    private const int BlockMax = 2_000;

    private const int None = -1;

    private readonly List<Person> people = [];
    private readonly List<PhoneNumber> phones = [];
    private readonly Dictionary<int, List<Named>> births = [];
    private readonly List<int> nextOfPhone = [];
    private readonly Dictionary<PhoneNumber, int> lastOfPhone = [];
    private readonly Dictionary<(char Kind, string Code), int> byCode = [];

    private readonly PhoneNumber[] phonesA = new PhoneNumber[1];
    private readonly PhoneNumber[] phonesB = new PhoneNumber[1];
    private readonly List<int> candidates = [];
    private readonly DateOnly[] dates = new DateOnly[BirthDateBlocks.MaxCount];

    /// <summary>The names of the rows.</summary>
    public NameCache Names => matcher.Names;

    /// <summary>Number of rows.</summary>
    public int Count => people.Count;

    /// <summary>The rows.</summary>
    public ReadOnlySpan<Person> All => CollectionsMarshal.AsSpan(people);

    /// <summary>Phones of the guardians.</summary>
    public IEnumerable<PhoneNumber> Phones => lastOfPhone.Keys;

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
        if (best.Likeness != Likeness.Same) Keep(person, phonesA);
        return best;
    }

    /// <summary>Rows that may be of this person: names that can meet in a block, or an equal code. Valid until the next call.</summary>
    /// <param name="person">Somebody from elsewhere, or a row about to be added.</param>
    /// <param name="itsPhones">Phones of the guardians.</param>
    public List<int> Candidates(in Person person, IReadOnlyList<PhoneNumber> itsPhones)
    {
        candidates.Clear();
        if (person.Codes is { } codes)
        {
            foreach (var key in codes.Keys())
                if (byCode.TryGetValue(key, out var index)) candidates.Add(index);
        }
        var count = BirthDateBlocks.Write(person.BirthDate, dates);
        for (var i = 0; i < count; i++)
            if (births.TryGetValue(BlockOf(dates[i], person.Sex), out var block)) AddMeeting(person, block);
        for (var i = 0; i < itsPhones.Count; i++)
        {
            var phone = itsPhones[i];
            if (!phone.IsEmpty && lastOfPhone.TryGetValue(phone, out var last)) AddMeeting(person, last);
        }
        return candidates;
    }

    /// <summary>What a row and somebody from elsewhere are to each other.</summary>
    public Likeness Compare(int index, in Person other, IReadOnlyList<PhoneNumber> otherPhones)
    {
        phonesA[0] = phones[index];
        return matcher.Compare(people[index], phonesA, other, otherPhones);
    }

    private static int BlockOf(DateOnly date, Sex sex) => date.DayNumber * 2 + (sex == Sex.Female ? 1 : 0);

    /// <summary>The innermost loop of a reading: tens of millions of turns for a national list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMeeting(in Person person, List<Named> block)
    {
        var all = CollectionsMarshal.AsSpan(block);
        var names = matcher.Names.Of(person.Given, person.Family);
        for (var i = all.Length - 1; i >= Math.Max(0, all.Length - BlockMax); i--)
        {
            ref readonly var other = ref all[i];
            if (names.Meets(other.Given, other.Family)) candidates.Add(other.Index);
        }
    }

    private void AddMeeting(in Person person, int last)
    {
        var names = matcher.Names.Of(person.Given, person.Family);
        var left = BlockMax;
        for (var index = last; index != None && left > 0; index = nextOfPhone[index], left--)
        {
            if (names.Meets(people[index].Given, people[index].Family)) candidates.Add(index);
        }
    }

    /// <summary>Keeps a person to be compared with those to come: once for each phone, since a row has one.</summary>
    public void Keep(in Person person, IReadOnlyList<PhoneNumber> itsPhones)
    {
        if (itsPhones.Count == 0) Keep(person, default(PhoneNumber));
        for (var i = 0; i < itsPhones.Count; i++) Keep(person, itsPhones[i]);
    }

    private void Keep(in Person person, PhoneNumber phone)
    {
        var index = people.Count;
        people.Add(person);
        phones.Add(phone);
        ref var block = ref CollectionsMarshal.GetValueRefOrAddDefault(births, BlockOf(person.BirthDate, person.Sex), out _);
        (block ??= []).Add(new Named(person.Given, person.Family, index));
        nextOfPhone.Add(phone.IsEmpty ? None : Chain(phone, index));
        if (person.Codes is not { } codes) return;
        foreach (var key in codes.Keys()) byCode.TryAdd(key, index);
    }

    /// <summary>Puts a row at the end of its phone's chain and gives the one before.</summary>
    private int Chain(PhoneNumber phone, int index)
    {
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(lastOfPhone, phone, out var known);
        var before = known ? last : None;
        last = index;
        return before;
    }

    /// <summary>What the innermost loop reads of a row.</summary>
    private readonly record struct Named(int Given, int Family, int Index);
}
