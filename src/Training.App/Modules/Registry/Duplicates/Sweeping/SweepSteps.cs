using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Domain.Common;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates.Sweeping;

/// <summary>A pair that a step found.</summary>
internal readonly record struct FoundPair(int A, int B, MatchResult Match);

/// <summary>
/// The steps of a sweep and what each finds: equal codes, then one birth year after the other, then guardians' phones a page at a
/// time. Each is some hundreds of milliseconds and a few megabytes, however many children there are. Must see the whole country.
/// </summary>
internal sealed class SweepSteps(ReadDb db)
{
    /// <summary>The cursor of the first step.</summary>
    public const string First = "codes";

    private const string Year = "year:";
    private const string Phone = "phone:";
    private const int PhonesAtOnce = 2_000;
    private const int Batch = 2_000;

    /// <summary>A phone of more children than this is a club's own; each child is then compared with as many that follow.</summary>
    private const int FamilyMax = 200;

    /// <summary>Does a step.</summary>
    /// <param name="cursor">Which step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found, and the next step; null after the last.</returns>
    public async Task<(List<FoundPair> Found, string? Next)> RunAsync(string cursor, CancellationToken cancellationToken)
    {
        if (cursor.StartsWith(Year, StringComparison.Ordinal)) return await OfYearAsync(int.Parse(cursor[Year.Length..], CultureInfo.InvariantCulture), cancellationToken);
        if (cursor.StartsWith(Phone, StringComparison.Ordinal)) return await OfPhonesAsync(cursor[Phone.Length..], cancellationToken);
        return (await OfCodesAsync(cancellationToken), await NextYearAsync(0, cancellationToken));
    }

    private async Task<string> NextYearAsync(int after, CancellationToken cancellationToken)
    {
        var from = new DateOnly(after + 1, 1, 1);
        var date = await db.Set<Participant>().Where(row => row.BirthDate >= from).MinAsync(row => (DateOnly?)row.BirthDate, cancellationToken);
        return date is { } next ? string.Create(CultureInfo.InvariantCulture, $"{Year}{next.Year}") : Phone;
    }

    private async Task<List<FoundPair>> OfCodesAsync(CancellationToken cancellationToken)
    {
        var massar = from a in db.Set<Participant>()
                     join b in db.Set<Participant>() on a.MassarCode equals b.MassarCode
                     where a.MassarCode != null && a.Id < b.Id
                     select new { A = a.Id, B = b.Id };
        var fifa = from a in db.Set<Participant>()
                   join b in db.Set<Participant>() on a.FifaId equals b.FifaId
                   where a.FifaId != null && a.Id < b.Id
                   select new { A = a.Id, B = b.Id };
        var pairs = await massar.Union(fifa).ToListAsync(cancellationToken);
        return await JudgeAsync(pairs.Select(pair => (pair.A, pair.B)), cancellationToken);
    }

    private async Task<(List<FoundPair>, string?)> OfYearAsync(int year, CancellationToken cancellationToken)
    {
        var blocks = new SweepBlocks();
        var (from, next) = (new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
        await foreach (var person in db.Set<Participant>().Where(row => row.BirthDate >= from && row.BirthDate <= next).AsAsyncEnumerable().WithCancellation(cancellationToken))
            blocks.Add(person, person.BirthDate < next);
        return (await JudgeAsync(blocks.Alike(year), cancellationToken), await NextYearAsync(year, cancellationToken));
    }

    private async Task<(List<FoundPair>, string?)> OfPhonesAsync(string after, CancellationToken cancellationToken)
    {
        var phones = await db.Set<Guardian>().Where(row => row.Phone != null && row.Phone.CompareTo(after) > 0).Select(row => row.Phone!).Distinct()
            .OrderBy(phone => phone).Take(PhonesAtOnce).ToListAsync(cancellationToken);
        if (phones.Count == 0) return ([], null);
        var last = phones[^1];
        var ties = await (from guardian in db.Set<Guardian>()
                          join tie in db.Set<Guardianship>() on guardian.Id equals tie.GuardianId
                          where guardian.Phone != null && guardian.Phone.CompareTo(after) > 0 && guardian.Phone.CompareTo(last) <= 0
                          select new { Phone = guardian.Phone!, tie.ParticipantId }).Distinct().ToListAsync(cancellationToken);
        var pairs = new HashSet<(int A, int B)>();
        foreach (var family in ties.GroupBy(tie => tie.Phone).Select(group => group.Select(tie => tie.ParticipantId).Order().ToArray()))
            for (var i = 0; i < family.Length; i++)
                for (var j = i + 1; j < Math.Min(family.Length, i + FamilyMax); j++) pairs.Add((family[i], family[j]));
        return (await JudgeAsync(pairs, cancellationToken), Phone + last);
    }

    /// <summary>Compares pairs with everything that is known of them, guardians' phones too.</summary>
    private async Task<List<FoundPair>> JudgeAsync(IEnumerable<(int A, int B)> pairs, CancellationToken cancellationToken)
    {
        var found = new List<FoundPair>();
        foreach (var batch in pairs.Chunk(Batch))
        {
            var keys = batch.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().ToArray();
            var people = await db.Set<Participant>().Where(row => EF.Parameter(keys).Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
            var phones = (await (from tie in db.Set<Guardianship>()
                                 join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                 where EF.Parameter(keys).Contains(tie.ParticipantId) && guardian.Phone != null
                                 select new { tie.ParticipantId, Phone = guardian.Phone! }).ToListAsync(cancellationToken))
                .ToLookup(row => row.ParticipantId, row => PhoneNumber.FromE164(row.Phone));
            foreach (var (a, b) in batch)
            {
                if (!people.TryGetValue(a, out var one) || !people.TryGetValue(b, out var other)) continue; // Merged a moment ago.
                var match = DuplicateMatcher.Compare(one.Facts([.. phones[a]]), other.Facts([.. phones[b]]));
                if (match.Verdict != MatchVerdict.Different) found.Add(new FoundPair(a, b, match));
            }
        }
        return found;
    }
}
