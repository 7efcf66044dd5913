using System.Runtime.InteropServices;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates.Sweeping;

/// <summary>
/// The people of one birth year (and of the day after it), compared by the rule of <see cref="DuplicateMatcher"/> as far as birth dates
/// and licences bring them together. A year of a quarter of a million children is some 25,000 people: that bounds the memory.
/// </summary>
internal sealed class SweepBlocks
{
    /// <summary>A day with more births than this is a column filled down; each is then compared with as many that follow.</summary>
    private const int BlockMax = 1_500;

    private readonly List<(int Id, PersonFacts Facts)> people = [];
    private readonly Dictionary<(DateOnly Date, bool? Female), List<int>> byBirth = [];
    private readonly Dictionary<(DateOnly Date, string Licence), List<int>> byLicence = [];

    /// <summary>Number of people.</summary>
    public int Count => people.Count;

    /// <summary>Adds somebody; <paramref name="ofYear"/> is false for the day after, who are only met.</summary>
    public void Add(Participant person, bool ofYear)
    {
        var index = people.Count;
        people.Add((person.Id, person.Facts([])));
        ListOf(byBirth, (person.BirthDate, person.Sex == Sex.Female)).Add(index);
        if (ofYear && person.LicenceNumber is { } licence) ListOf(byLicence, (person.BirthDate, licence.ToUpperInvariant())).Add(index);
    }

    /// <summary>Pairs that may be one child as far as their files go; guardians are not looked at yet.</summary>
    /// <param name="year">The birth year; people of the day after meet only those of its last day.</param>
    public IEnumerable<(int A, int B)> Alike(int year)
    {
        foreach (var (key, block) in byBirth)
        {
            if (key.Date.Year != year) continue;
            var next = byBirth.GetValueOrDefault((key.Date.AddDays(1), key.Female));
            var swapped = BirthDateBlocks.Swapped(key.Date) is { } other && other > key.Date && other != key.Date.AddDays(1)
                ? byBirth.GetValueOrDefault((other, key.Female))
                : null;
            for (var i = 0; i < block.Count; i++)
            {
                foreach (var j in Later(block, i + 1)) if (MayBeOne(block[i], j)) yield return (people[block[i]].Id, people[j].Id);
                foreach (var j in Later(next, 0)) if (MayBeOne(block[i], j)) yield return (people[block[i]].Id, people[j].Id);
                foreach (var j in Later(swapped, 0)) if (MayBeOne(block[i], j)) yield return (people[block[i]].Id, people[j].Id);
            }
        }
        foreach (var block in byLicence.Values)
            for (var i = 0; i < block.Count; i++)
                foreach (var j in Later(block, i + 1)) yield return (people[block[i]].Id, people[j].Id);
    }

    private bool MayBeOne(int i, int j) => DuplicateMatcher.Compare(people[i].Facts, people[j].Facts).Verdict != MatchVerdict.Different;

    private static IEnumerable<int> Later(List<int>? block, int from) =>
        block is null ? [] : block.Count - from <= BlockMax ? block.Skip(from) : block.Skip(from).Take(BlockMax);

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> blocks, TKey key)
        where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, key, out _);
        return list ??= [];
    }
}
