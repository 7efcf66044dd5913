using Microsoft.EntityFrameworkCore;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Enrollments;

/// <summary>
/// Finds children who may be the one being registered, by the rule of <see cref="DuplicateMatcher"/>. It looks at the whole country
/// and shows only what the caller may see. A merged file is still compared, for its spelling, and stands for the one that goes on.
/// </summary>
internal sealed class DuplicateSearch(WriteSession session, AccessScope scope)
{
    private const int CandidatesMax = 10;

    private const string Columns = "SELECT p.\"Id\", p.\"GivenName\", p.\"FamilyName\", p.\"GivenNameAr\", p.\"FamilyNameAr\", p.\"BirthDate\", p.\"Sex\", "
        + "p.\"MassarCode\", p.\"FifaId\", p.\"LicenceNumber\", p.\"MergedIntoId\" FROM ";

    private const string OfParticipants = Columns + "\"Participants\" AS p WHERE ";

    private const string Phones = "SELECT \"Guardians\".\"Phone\" FROM \"Guardianships\" JOIN \"Guardians\" ON \"Guardians\".\"Id\" = \"Guardianships\".\"GuardianId\" "
        + "WHERE \"Guardianships\".\"ParticipantId\" = @p0 AND \"Guardians\".\"Phone\" IS NOT NULL";

    private const string ByBirth = OfParticipants + "p.\"Sex\" = @p0 AND p.\"BirthDate\" IN (@p1, @p2, @p3, @p4)";
    private const string ByKey = OfParticipants + "p.\"Id\" = @p0";
    private const string NamesByBirth =
        "SELECT \"Id\", \"GivenName\", \"FamilyName\", \"GivenNameAr\", \"FamilyNameAr\" FROM \"Participants\" WHERE \"Sex\" = @p0 AND \"BirthDate\" = @p1";

    private const string ByMassar = OfParticipants + "p.\"MassarCode\" = @p0";
    private const string ByFifa = OfParticipants + "p.\"FifaId\" = @p0";
    private const string ByLicence = OfParticipants + "p.\"LicenceNumber\" = @p0";

    private const string ByPhone = Columns + "\"Guardians\" AS g JOIN \"Guardianships\" AS t ON t.\"GuardianId\" = g.\"Id\" "
        + "JOIN \"Participants\" AS p ON p.\"Id\" = t.\"ParticipantId\" WHERE g.\"Phone\" = @p0";

    /// <summary>The candidates as the caller may see them, the most alike first.</summary>
    public async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(Registration registration, CancellationToken cancellationToken)
    {
        var found = Match(registration);
        if (found.Count == 0) return [];
        var visible = await VisibleAsync([.. found.Select(entry => entry.Child.FileId)], cancellationToken);
        return [.. found.Select(entry => Show(entry.Child, entry.Match, visible.Contains(entry.Child.FileId)))];
    }

    /// <summary>
    /// What to remember of a child whom somebody registered as another than every candidate: the pairs are decided. An equal official
    /// code is asked about again, since one of the two codes is wrong; so is a candidate of whom that person saw no more than initials,
    /// by somebody who sees both.
    /// </summary>
    /// <param name="registration">The child.</param>
    /// <param name="newId">Key of its file.</param>
    /// <param name="by">Who said so.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DuplicatePair>> DifferentAsync(Registration registration, int newId, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = Match(registration);
        if (found.Count == 0) return [];
        var visible = await VisibleAsync([.. found.Select(entry => entry.Child.FileId)], cancellationToken);
        var pairs = new List<DuplicatePair>();
        foreach (var (child, match) in found)
        {
            var pair = DuplicatePair.Of(newId, child.FileId, match, PairSource.Registration, now);
            pairs.Add(match.Verdict == MatchVerdict.Certain || !visible.Contains(child.FileId) ? pair : pair.Decide(PairDecision.Different, by, null, now));
        }
        return pairs;
    }

    private List<(Known Child, MatchResult Match)> Match(Registration registration)
    {
        var facts = registration.Facts();
        var found = new Dictionary<int, (Known Child, MatchResult Match)>();
        foreach (var child in Block(registration))
        {
            if (found.TryGetValue(child.FileId, out var before) && (before.Child.Id == child.Id || before.Match.Verdict == MatchVerdict.Certain)) continue;
            var match = DuplicateMatcher.Compare(facts, FactsOf(child, []));
            // Another birth date or sex is forgiven within one family.
            if (match.Verdict == MatchVerdict.Different && (match.Reasons & (MatchReasons.DifferentBirthDate | MatchReasons.DifferentSex)) == 0) continue;
            match = DuplicateMatcher.Compare(facts, FactsOf(child, PhonesOf(child.FileId)));
            if (match.Verdict > before.Match.Verdict) found[child.FileId] = (child, match);
        }
        return [.. found.Values.OrderByDescending(entry => entry.Match.Verdict).ThenBy(entry => entry.Child.FileId).Take(CandidatesMax)];
    }

    /// <summary>True when the known child may be the registered one, by its file or by one that was merged into it.</summary>
    public async Task<bool> IsPlausibleAsync(Registration registration, Participant known, CancellationToken cancellationToken)
    {
        var facts = registration.Facts();
        var phones = PhonesOf(known.Id);
        if (DuplicateMatcher.Compare(facts, FactsOf(Known.Of(known), phones)).Verdict != MatchVerdict.Different) return true;
        var merged = await session.Db.Set<Participant>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.MergedIntoId == known.Id).ToListAsync(cancellationToken);
        return merged.Exists(file => DuplicateMatcher.Compare(facts, FactsOf(Known.Of(file), phones)).Verdict != MatchVerdict.Different);
    }

    private List<Known> Block(Registration registration)
    {
        Span<DateOnly> dates = stackalloc DateOnly[BirthDateBlocks.MaxCount];
        var count = BirthDateBlocks.Write(registration.BirthDate, dates);
        var block = new List<Known>();
        // A day has a hundred children; but by an equal code it can be none of those whose names are others.
        if (session.Birthdays is { } book)
        {
            ReadKnown(block, book, registration, dates[..count]);
        }
        else
        {
            dates[count..].Fill(registration.BirthDate);
            Read(block, registration.Name, ByBirth, (byte)registration.Sex, dates[0], dates[1], dates[2], dates[3]);
        }
        foreach (var guardian in registration.Guardians)
            if (!guardian.Phone.IsEmpty) Read(block, registration.Name, ByPhone, guardian.Phone.ToString());
        if (registration.MassarCode is not null) Read(block, null, ByMassar, registration.MassarCode);
        if (registration.FifaId is not null) Read(block, null, ByFifa, registration.FifaId);
        if (registration.LicenceNumber is not null) Read(block, null, ByLicence, registration.LicenceNumber);
        return block;
    }

    private void ReadKnown(List<Known> block, BirthdayBook book, Registration registration, ReadOnlySpan<DateOnly> dates)
    {
        var name = registration.Name;
        var (given, family) = (NameForms.Of(name.Given, name.GivenAr), NameForms.Of(name.Family, name.FamilyAr));
        foreach (var date in dates)
        {
            foreach (var child in book.BornOn(registration.Sex, date, BornOn))
                if (NameComparison.Meet(given, family, child.Given, child.Family)) Read(block, null, ByKey, child.Id);
        }
    }

    private List<BirthdayBook.Child> BornOn(Sex sex, DateOnly birthDate)
    {
        var children = new List<BirthdayBook.Child>();
        using var rows = session.Sql.Query(NamesByBirth, (byte)sex, birthDate);
        while (rows.Next())
            children.Add(new BirthdayBook.Child(rows.Number(0), NameForms.Of(rows.Text(1), rows.Text(3)), NameForms.Of(rows.Text(2), rows.Text(4))));
        return children;
    }

    /// <param name="block">Where the children go.</param>
    /// <param name="meeting">Leaves out whom this name cannot belong to; null keeps all.</param>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its values.</param>
    private void Read(List<Known> block, PersonName? meeting, string sql, params ReadOnlySpan<object?> values)
    {
        const int most = 500;
        var (given, family) = meeting is null ? (null, null) : (NameForms.Of(meeting.Given, meeting.GivenAr), NameForms.Of(meeting.Family, meeting.FamilyAr));
        using var rows = session.Sql.Query(sql, values);
        for (var i = 0; i < most && rows.Next(); i++)
        {
            var (givenName, familyName, givenNameAr, familyNameAr) = (rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4));
            if (given is not null && !NameComparison.Meet(given, family!, NameForms.Of(givenName, givenNameAr), NameForms.Of(familyName, familyNameAr))) continue;
            block.Add(new Known(
                rows.Number(0), givenName, familyName, givenNameAr, familyNameAr, rows.Date(5), (Sex)rows.Number(6), rows.Text(7), rows.Text(8), rows.Text(9),
                rows.IsNull(10) ? null : rows.Number(10)));
        }
    }

    private List<PhoneNumber> PhonesOf(int participantId)
    {
        var phones = new List<PhoneNumber>();
        using var rows = session.Sql.Query(Phones, participantId);
        while (rows.Next()) phones.Add(PhoneNumber.FromE164(rows.Text(0)!));
        return phones;
    }

    private async Task<HashSet<int>> VisibleAsync(int[] ids, CancellationToken cancellationToken)
    {
        if (scope.Nation) return [.. ids];
        var rows = await session.Db.Set<Participant>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows];
    }

    private static PersonFacts FactsOf(in Known child, IReadOnlyList<PhoneNumber> phones) => new()
    {
        Given = NameForms.Of(child.GivenName, child.GivenNameAr),
        Family = NameForms.Of(child.FamilyName, child.FamilyNameAr),
        BirthDate = child.BirthDate,
        IsFemale = child.Sex == Sex.Female,
        MassarCode = child.MassarCode,
        FifaId = child.FifaId,
        LicenceNumber = child.LicenceNumber,
        GuardianPhones = phones,
    };

    private static DuplicateCandidate Show(in Known child, MatchResult match, bool visible)
    {
        var latin = Join(child.GivenName, child.FamilyName);
        var arabic = Join(child.GivenNameAr, child.FamilyNameAr);
        return new DuplicateCandidate(
            ParticipantCode.FromKey(child.FileId).ToString(),
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

    private static string Initials(in Known child) =>
        $"{(child.GivenName ?? child.GivenNameAr)?[..1]}. {(child.FamilyName ?? child.FamilyNameAr)?[..1]}.";

    /// <summary>What a comparison needs of a known child.</summary>
    private readonly record struct Known(
        int Id, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, Sex Sex,
        string? MassarCode, string? FifaId, string? LicenceNumber, int? MergedIntoId)
    {
        /// <summary>The file that stands for this child now.</summary>
        public int FileId => MergedIntoId ?? Id;

        public static Known Of(Participant child) => new(
            child.Id, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
            child.MassarCode, child.FifaId, child.LicenceNumber, child.MergedIntoId);
    }
}
