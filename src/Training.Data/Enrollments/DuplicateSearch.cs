using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Enrollments;

/// <summary>
/// Finds children who may be the one being registered: by sex and birth date (also day and month exchanged, one day off), by
/// name key for wrong dates, and by official code. It looks at the whole country and shows only what the caller may see.
/// </summary>
internal sealed class DuplicateSearch(TrainingDbContext db, AccessScope scope)
{
    private const int CandidatesMax = 10;

    private static readonly Func<TrainingDbContext, Sex, DateOnly, DateOnly, DateOnly, DateOnly, IAsyncEnumerable<Participant>> ByBirth =
        EF.CompileAsyncQuery((TrainingDbContext context, Sex sex, DateOnly a, DateOnly b, DateOnly c, DateOnly d) =>
            context.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
                .Where(row => row.Sex == sex && (row.BirthDate == a || row.BirthDate == b || row.BirthDate == c || row.BirthDate == d)));

    private static readonly Func<TrainingDbContext, string, IAsyncEnumerable<Participant>> ByName =
        EF.CompileAsyncQuery((TrainingDbContext context, string key) =>
            context.Set<Participant>().IgnoreQueryFilters().AsNoTracking().Where(row => row.NameKey == key).Take(100));

    /// <summary>The candidates, the most alike first.</summary>
    public async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(Registration registration, CancellationToken cancellationToken)
    {
        var facts = registration.Facts();
        var found = new Dictionary<int, (Participant Child, MatchResult Match)>();
        await foreach (var child in BlockAsync(registration, cancellationToken))
        {
            if (found.ContainsKey(child.Id)) continue;
            var match = DuplicateMatcher.Compare(facts, FactsOf(child, []));
            if (match.Verdict == MatchVerdict.Different && !match.Reasons.HasFlag(MatchReasons.DifferentBirthDate)) continue;
            match = DuplicateMatcher.Compare(facts, FactsOf(child, await PhonesAsync(child.Id, cancellationToken)));
            if (match.Verdict != MatchVerdict.Different) found.Add(child.Id, (child, match));
        }
        if (found.Count == 0) return [];

        var visible = await VisibleAsync([.. found.Keys], cancellationToken);
        return [.. found.Values
            .OrderByDescending(entry => entry.Match.Verdict).ThenBy(entry => entry.Child.Id).Take(CandidatesMax)
            .Select(entry => Show(entry.Child, entry.Match, visible.Contains(entry.Child.Id)))];
    }

    /// <summary>True when the known child may be the registered one.</summary>
    public async Task<bool> IsPlausibleAsync(Registration registration, Participant known, CancellationToken cancellationToken)
    {
        var facts = registration.Facts();
        return DuplicateMatcher.Compare(facts, FactsOf(known, await PhonesAsync(known.Id, cancellationToken))).Verdict != MatchVerdict.Different;
    }

    private async IAsyncEnumerable<Participant> BlockAsync(
        Registration registration, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = new DateOnly[BirthDateBlocks.MaxCount];
        var count = BirthDateBlocks.Write(registration.BirthDate, dates);
        Array.Fill(dates, registration.BirthDate, count, dates.Length - count);
        await foreach (var child in ByBirth(db, registration.Sex, dates[0], dates[1], dates[2], dates[3]).WithCancellation(cancellationToken))
            yield return child;
        await foreach (var child in ByName(db, registration.Name.Key).WithCancellation(cancellationToken))
            yield return child;
        if (registration.MassarCode is null && registration.FifaId is null) yield break;
        var byCode = db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => (registration.MassarCode != null && row.MassarCode == registration.MassarCode)
                || (registration.FifaId != null && row.FifaId == registration.FifaId));
        await foreach (var child in byCode.AsAsyncEnumerable().WithCancellation(cancellationToken)) yield return child;
    }

    private async Task<List<PhoneNumber>> PhonesAsync(int participantId, CancellationToken cancellationToken)
    {
        var phones = await (from tie in db.Set<Guardianship>().IgnoreQueryFilters()
                            join guardian in db.Set<Guardian>().IgnoreQueryFilters() on tie.GuardianId equals guardian.Id
                            where tie.ParticipantId == participantId && guardian.Phone != null
                            select guardian.Phone).ToListAsync(cancellationToken);
        return [.. phones.Select(phone => PhoneNumber.FromE164(phone))];
    }

    private async Task<HashSet<int>> VisibleAsync(int[] ids, CancellationToken cancellationToken)
    {
        if (scope.Nation) return [.. ids];
        var rows = await db.Set<Participant>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows];
    }

    private static PersonFacts FactsOf(Participant child, IReadOnlyList<PhoneNumber> phones) => new()
    {
        Given = new NameForms(child.GivenName, child.GivenNameAr),
        Family = new NameForms(child.FamilyName, child.FamilyNameAr),
        BirthDate = child.BirthDate,
        IsFemale = child.Sex == Sex.Female,
        MassarCode = child.MassarCode,
        FifaId = child.FifaId,
        LicenceNumber = child.LicenceNumber,
        GuardianPhones = phones,
    };

    private static DuplicateCandidate Show(Participant child, MatchResult match, bool visible)
    {
        var latin = Join(child.GivenName, child.FamilyName);
        var arabic = Join(child.GivenNameAr, child.FamilyNameAr);
        return new DuplicateCandidate(
            ParticipantCode.FromKey(child.Id).ToString(),
            visible ? latin ?? arabic! : Initials(child),
            visible ? arabic : null,
            visible ? child.BirthDate : null,
            child.BirthDate.Year,
            visible,
            match.Verdict == MatchVerdict.Certain,
            match.Codes());
    }

    private static string? Join(string? given, string? family) =>
        given is null && family is null ? null : $"{given} {family}".Trim();

    private static string Initials(Participant child) =>
        $"{(child.GivenName ?? child.GivenNameAr)?[..1]}. {(child.FamilyName ?? child.FamilyNameAr)?[..1]}.";
}
