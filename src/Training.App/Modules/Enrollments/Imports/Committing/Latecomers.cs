using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Imports.Matching;
using Training.Data;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Children whom somebody else registered since the list came. The preview did not know them, so every chunk compares its rows with them
/// inside its transaction, by the same rule: whoever is registered in the meantime is not registered again.
/// </summary>
internal sealed class Latecomers(Import import)
{
    /// <summary>A file bears the time at which its registration began, on the clock of its machine; it may be written this much later.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly ListedPeople people = new(new PersonMatcher(new NameCache()));
    private readonly HashSet<int> seen = [];
    private DateTimeOffset since = import.CreatedAt - Margin;

    /// <summary>Gets to know those who came since the last call.</summary>
    /// <param name="db">Sees what is committed, of the whole country.</param>
    /// <param name="own">The run of keys of this import's own children.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MeetAsync(TrainingDbContext db, (int First, int End) own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Those whom an earlier life of this import registered come along: the reading has told the rows apart from them already.
        var keys = await db.Set<Participant>().IgnoreQueryFilters()
            .Where(row => row.CreatedAt >= since && (row.Id < own.First || row.Id >= own.End))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        since = now - Margin;
        keys.RemoveAll(seen.Contains);
        if (keys.Count == 0) return;
        foreach (var known in (await new KnownPeople(db, people.Names).ByKeyAsync(keys, cancellationToken)).Values) people.Keep(known.Person, known.Phones);
        seen.UnionWith(keys);
    }

    /// <summary>What the child of a row and those who came are to each other; the key of the most alike.</summary>
    public (Likeness Likeness, int ParticipantId) Find(int row, Registration registration)
    {
        var best = (Likeness: Likeness.Different, ParticipantId: 0);
        if (people.Count == 0) return best;
        var person = Person.Of(row, registration, people.Names);
        var phones = new[] { registration.Guardians[0].Phone };
        foreach (var index in people.Candidates(person, phones))
        {
            var likeness = people.Compare(index, person, phones);
            if (likeness > best.Likeness) best = (likeness, people.All[index].Key);
        }
        return best;
    }
}
