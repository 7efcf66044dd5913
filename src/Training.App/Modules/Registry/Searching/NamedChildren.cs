using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Searching;

/// <summary>A child whose name answers a question, and how well: 0 the best.</summary>
internal readonly record struct NamedChild(Participant Child, int Rank);

/// <summary>The children whose names answer a question.</summary>
/// <param name="Children">The best first, then by key.</param>
/// <param name="AreCut">True when more answer than anybody looks through: another word narrows the question.</param>
internal sealed record NamedAnswer(IReadOnlyList<NamedChild> Children, bool AreCut);

/// <summary>
/// Finds children by name: the words are compared with the vocabulary, and the children who bear the spellings found are read by
/// plain indexes, equal spellings alone, under the caller's scope.
/// </summary>
internal sealed class NamedChildren(NameBook book, ReadDb db, Caller caller)
{
    /// <summary>Nobody looks through more.</summary>
    public const int Max = 300;

    private const int SpellingsMax = 40;

    /// <summary>The closest children.</summary>
    /// <param name="people">The children among whom to look.</param>
    /// <param name="text">The words typed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<NamedAnswer> FindAsync(IQueryable<Participant> people, string text, CancellationToken cancellationToken)
    {
        var question = NameQuestion.Read(text, await book.UpToDateAsync(cancellationToken), SpellingsMax);
        var found = new Dictionary<int, Participant>();
        var readings = question.Readings;
        if (SeesSitesAlone && readings.Where(reading => reading.IsOnePart).ToArray() is { Length: > 0 } oneParts)
        {
            await AddAsync(found, [BearersInOwnSites(people, oneParts)], Max, cancellationToken);
            readings = [.. readings.Except(oneParts)];
        }
        foreach (var reading in readings)
        {
            if (found.Count >= Max) break;
            await (reading switch
            {
                { Given: [] } => OnePartAsync(people, reading.Family, BearersOfFamily, found, cancellationToken),
                { Family: [] } => OnePartAsync(people, reading.Given, BearersOfGiven, found, cancellationToken),
                _ => BothPartsAsync(people, reading, found, cancellationToken),
            });
        }
        var ranked = from child in found.Values
                     let rank = question.Rank(child.GivenName, child.GivenNameAr, child.FamilyName, child.FamilyNameAr)
                     where rank is not null
                     orderby rank, child.Id
                     select new NamedChild(child, rank.Value);
        return new NamedAnswer([.. ranked.Take(Max)], found.Count >= Max);
    }

    /// <summary>Those of a few children whose names answer.</summary>
    public async Task<IEnumerable<NamedChild>> AmongAsync(IReadOnlyList<Participant> few, string text, CancellationToken cancellationToken)
    {
        var question = NameQuestion.Read(text, await book.UpToDateAsync(cancellationToken), SpellingsMax);
        return from child in few
               let rank = question.Rank(child.GivenName, child.GivenNameAr, child.FamilyName, child.FamilyNameAr)
               where rank is not null
               select new NamedChild(child, rank.Value);
    }

    private bool SeesSitesAlone => caller.Scope is { Nation: false, Regions: [], Participants: [] };

    private static async Task BothPartsAsync(
        IQueryable<Participant> people, NameReading reading, Dictionary<int, Participant> found, CancellationToken cancellationToken)
    {
        var room = Max - found.Count;
        if (await AddAsync(found, Bearers(people, reading.Given, reading.Family), room, cancellationToken) < room) return;
        // There are more than anybody looks through: those who are written as typed must be among them.
        await AddAsync(found, Bearers(people, Closest(reading.Given), Closest(reading.Family)), Max, cancellationToken);
    }

    /// <summary>Few spellings at first, and twice as many each time: the first may have more bearers than anybody looks through.</summary>
    private static async Task OnePartAsync(
        IQueryable<Participant> people, IReadOnlyList<SpellingMatch> spellings,
        Func<IQueryable<Participant>, IReadOnlyList<SpellingMatch>, IEnumerable<IQueryable<Participant>>> bearers,
        Dictionary<int, Participant> found, CancellationToken cancellationToken)
    {
        for (int from = 0, count = 1; from < spellings.Count && found.Count < Max; from += count, count *= 2)
            await AddAsync(found, bearers(people, [.. spellings.Skip(from).Take(count)]), Max - found.Count, cancellationToken);
    }

    private static async Task<int> AddAsync(
        Dictionary<int, Participant> found, IEnumerable<IQueryable<Participant>> sources, int room, CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var source in sources)
        {
            var children = await source.OrderBy(row => row.Id).Take(room).ToListAsync(cancellationToken);
            foreach (var child in children) found[child.Id] = child;
            most = Math.Max(most, children.Count);
        }
        return most;
    }

    private static IEnumerable<IQueryable<Participant>> Bearers(
        IQueryable<Participant> people, IReadOnlyList<SpellingMatch> given, IReadOnlyList<SpellingMatch> family)
    {
        var (givenLatin, familyLatin) = (Latin(given), Latin(family));
        if (givenLatin.Length > 0 && familyLatin.Length > 0)
            yield return people.Where(row => EF.Parameter(familyLatin).Contains(row.FamilyName) && EF.Parameter(givenLatin).Contains(row.GivenName));
        var (givenArabic, familyArabic) = (Arabic(given), Arabic(family));
        if (givenArabic.Length == 0 || familyArabic.Length == 0) yield break;
        if (family.Any(match => match.Spelling.Latin is null))
            yield return people.Where(row => row.FamilyName == null
                && EF.Parameter(familyArabic).Contains(row.FamilyNameAr) && EF.Parameter(givenArabic).Contains(row.GivenNameAr));
        if (given.Any(match => match.Spelling.Latin is null))
            yield return people.Where(row => row.GivenName == null && row.FamilyName != null
                && EF.Parameter(familyArabic).Contains(row.FamilyNameAr) && EF.Parameter(givenArabic).Contains(row.GivenNameAr));
    }

    private static IEnumerable<IQueryable<Participant>> BearersOfFamily(IQueryable<Participant> people, IReadOnlyList<SpellingMatch> family)
    {
        var (latin, arabic) = (Latin(family), Arabic(family.Where(match => match.Spelling.Latin is null)));
        if (latin is [var one]) yield return people.Where(row => row.FamilyName == one);
        else if (latin.Length > 0) yield return people.Where(row => EF.Parameter(latin).Contains(row.FamilyName));
        if (arabic.Length > 0) yield return people.Where(row => row.FamilyName == null && EF.Parameter(arabic).Contains(row.FamilyNameAr));
    }

    private static IEnumerable<IQueryable<Participant>> BearersOfGiven(IQueryable<Participant> people, IReadOnlyList<SpellingMatch> given)
    {
        var (latin, arabic) = (Latin(given), Arabic(given.Where(match => match.Spelling.Latin is null)));
        if (latin is [var one]) yield return people.Where(row => row.GivenName == one);
        else if (latin.Length > 0) yield return people.Where(row => EF.Parameter(latin).Contains(row.GivenName));
        if (arabic.Length > 0) yield return people.Where(row => row.GivenName == null && EF.Parameter(arabic).Contains(row.GivenNameAr));
    }

    /// <summary>
    /// One name has thousands of bearers in the country and a club hundreds of children: these are read, and their names looked at.
    /// A name that may be null is no way into an index, so that the databases do not begin with the country after all.
    /// </summary>
    private IQueryable<Participant> BearersInOwnSites(IQueryable<Participant> people, NameReading[] readings)
    {
        var sites = caller.Scope.Sites;
        var own = db.Set<Enrollment>().Where(row => EF.Parameter(sites).Contains(row.SiteId) && row.Slot == 0).Select(row => row.ParticipantId);
        var (given, family) = (readings.SelectMany(reading => reading.Given).ToArray(), readings.SelectMany(reading => reading.Family).ToArray());
        var (givenLatin, givenArabic, familyLatin, familyArabic) = (Latin(given), Arabic(given), Latin(family), Arabic(family));
        return people.Where(row => own.Contains(row.Id)
            && (EF.Parameter(givenLatin).Contains(row.GivenName ?? "") || EF.Parameter(givenArabic).Contains(row.GivenNameAr ?? "")
                || EF.Parameter(familyLatin).Contains(row.FamilyName ?? "") || EF.Parameter(familyArabic).Contains(row.FamilyNameAr ?? "")));
    }

    private static SpellingMatch[] Closest(IReadOnlyList<SpellingMatch> matches) => [.. matches.Where(match => match.Likeness == matches[0].Likeness)];

    private static string[] Latin(IEnumerable<SpellingMatch> matches) => Distinct(matches.Select(match => match.Spelling.Latin));

    private static string[] Arabic(IEnumerable<SpellingMatch> matches) => Distinct(matches.Select(match => match.Spelling.Arabic));

    private static string[] Distinct(IEnumerable<string?> spellings) => [.. spellings.OfType<string>().Distinct(StringComparer.Ordinal)];
}
