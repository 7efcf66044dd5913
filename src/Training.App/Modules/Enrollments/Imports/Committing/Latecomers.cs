using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Imports.Matching;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Children whom somebody else registered since the list came. The preview did not know them, so every row is compared with them by the
/// same rule: whoever is registered in the meantime is not registered again. Those who came before the first chunk, of whom there may be
/// thousands, are compared while rows are made ready; the others at the beginning of each transaction.
/// </summary>
/// <param name="import">The list.</param>
/// <param name="provider">Whether a question costs a way to a server and back.</param>
internal sealed class Latecomers(Import import, IDatabaseProvider provider)
{
    /// <summary>A file bears the time at which its registration began, on the clock of its machine; it may be written this much later.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private const string Between = """SELECT "Id" FROM "Participants" WHERE "CreatedAt" > @p0 AND "CreatedAt" < @p1""";

    // Each with names of its own: rows are made ready beside the writing.
    private readonly ListedPeople early = new(new PersonMatcher(new NameCache()));
    private readonly ListedPeople late = new(new PersonMatcher(new NameCache()));
    private readonly HashSet<int> seen = [];

    /// <summary>Times at which this import opened its own files: of the others, only what lies between them is read.</summary>
    private readonly List<DateTimeOffset> ownTimes = [];

    /// <summary>How many it knows.</summary>
    public int Count => early.Count + late.Count;

    private DateTimeOffset since = import.CreatedAt - Margin;

    /// <summary>Gets to know those who came before any chunk is written.</summary>
    /// <param name="db">Sees what is committed, of the whole country.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MeetAsync(TrainingDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Those whom an earlier life of this import registered come along: the reading has told the rows apart from them already.
        var keys = await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.CreatedAt >= since).Select(row => row.Id).ToListAsync(cancellationToken);
        await KeepAsync(early, db, keys, now, cancellationToken);
    }

    /// <summary>Gets to know, inside a chunk's change, those who came since the last call.</summary>
    /// <param name="session">The change.</param>
    /// <param name="own">The run of keys of this import's own children.</param>
    /// <param name="now">The time that the chunk's files will bear.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MeetAsync(WriteSession session, (int First, int End) own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Beside the database many short questions cost less than one over all of one's own files; to a server each is a way there and back.
        ownTimes.RemoveAll(time => time < since || provider.SharedByWorkers);
        var keys = new List<int>();
        var after = since.AddTicks(-1);
        // A clock that stands still does not tell others from one's own: then nothing is left out by time.
        foreach (var ownTime in ownTimes.Where(time => time < now).Append(DateTimeOffset.MaxValue))
        {
            using var rows = session.Sql.Query(Between, after.UtcDateTime, ownTime.UtcDateTime);
            while (rows.Next())
            {
                if (rows.Number(0) is var key && (key < own.First || key >= own.End)) keys.Add(key);
            }
            after = ownTime;
        }
        Pass(now);
        await KeepAsync(late, session.Db, keys, now, cancellationToken);
    }

    /// <summary>Notes a time at which this import opens files of its own.</summary>
    public void Pass(DateTimeOffset now)
    {
        if (ownTimes is not [.., var last] || last != now) ownTimes.Add(now);
    }

    /// <summary>What the child of a row and those who came before the first chunk are to each other; the key of the most alike.</summary>
    public (Likeness Likeness, int ParticipantId) FindEarly(int row, Registration registration) => Find(early, row, registration);

    /// <summary>The same with those who came later, who must have been met.</summary>
    public (Likeness Likeness, int ParticipantId) FindLate(int row, Registration registration) => Find(late, row, registration);

    private async Task KeepAsync(ListedPeople people, TrainingDbContext db, List<int> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        keys.RemoveAll(seen.Contains);
        if (keys.Count > 0) await ReadAsync(people, db, keys, cancellationToken);
        since = now - Margin;
    }

    private async Task ReadAsync(ListedPeople people, TrainingDbContext db, List<int> keys, CancellationToken cancellationToken)
    {
        foreach (var known in (await new KnownPeople(db, people.Names).ByKeyAsync(keys, cancellationToken)).Values) people.Keep(known.Person, known.Phones);
        seen.UnionWith(keys);
    }

    private static (Likeness Likeness, int ParticipantId) Find(ListedPeople people, int row, Registration registration)
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
