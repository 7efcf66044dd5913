using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Enrollments;

/// <summary>
/// Finds children who may be the one being registered: by sex and birth date (also day and month exchanged, one day off), by
/// name key for wrong dates, and by official code. It looks at the whole country and shows only what the caller may see.
/// </summary>
internal sealed class DuplicateSearch(WriteSession session, AccessScope scope)
{
    private const int CandidatesMax = 10;

    private const string Columns = "SELECT \"Id\", \"GivenName\", \"FamilyName\", \"GivenNameAr\", \"FamilyNameAr\", \"BirthDate\", \"Sex\", "
        + "\"MassarCode\", \"FifaId\", \"LicenceNumber\" FROM \"Participants\" WHERE ";

    private const string ByBirth = Columns + "\"Sex\" = @p0 AND \"BirthDate\" IN (@p1, @p2, @p3, @p4)";
    private const string ByName = Columns + "\"NameKey\" = @p0";
    private const string ByMassar = Columns + "\"MassarCode\" = @p0";
    private const string ByFifa = Columns + "\"FifaId\" = @p0";

    private const string Phones = "SELECT \"Guardians\".\"Phone\" FROM \"Guardianships\" JOIN \"Guardians\" ON \"Guardians\".\"Id\" = \"Guardianships\".\"GuardianId\" "
        + "WHERE \"Guardianships\".\"ParticipantId\" = @p0 AND \"Guardians\".\"Phone\" IS NOT NULL";

    /// <summary>The candidates, the most alike first.</summary>
    public async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(Registration registration, CancellationToken cancellationToken)
    {
        var facts = registration.Facts();
        var found = new Dictionary<int, (Known Child, MatchResult Match)>();
        foreach (var child in Block(registration))
        {
            if (found.ContainsKey(child.Id)) continue;
            var match = DuplicateMatcher.Compare(facts, FactsOf(child, []));
            if (match.Verdict == MatchVerdict.Different && !match.Reasons.HasFlag(MatchReasons.DifferentBirthDate)) continue;
            match = DuplicateMatcher.Compare(facts, FactsOf(child, PhonesOf(child.Id)));
            if (match.Verdict != MatchVerdict.Different) found.Add(child.Id, (child, match));
        }
        if (found.Count == 0) return [];

        var visible = await VisibleAsync([.. found.Keys], cancellationToken);
        return [.. found.Values
            .OrderByDescending(entry => entry.Match.Verdict).ThenBy(entry => entry.Child.Id).Take(CandidatesMax)
            .Select(entry => Show(entry.Child, entry.Match, visible.Contains(entry.Child.Id)))];
    }

    /// <summary>True when the known child may be the registered one.</summary>
    public bool IsPlausible(Registration registration, Participant known) =>
        DuplicateMatcher.Compare(registration.Facts(), FactsOf(Known.Of(known), PhonesOf(known.Id))).Verdict != MatchVerdict.Different;

    private List<Known> Block(Registration registration)
    {
        Span<DateOnly> dates = stackalloc DateOnly[BirthDateBlocks.MaxCount];
        var count = BirthDateBlocks.Write(registration.BirthDate, dates);
        dates[count..].Fill(registration.BirthDate);
        var block = new List<Known>();
        Read(block, ByBirth, (byte)registration.Sex, dates[0], dates[1], dates[2], dates[3]);
        Read(block, ByName, registration.Name.Key);
        if (registration.MassarCode is not null) Read(block, ByMassar, registration.MassarCode);
        if (registration.FifaId is not null) Read(block, ByFifa, registration.FifaId);
        return block;
    }

    private void Read(List<Known> block, string sql, params ReadOnlySpan<object?> values)
    {
        const int most = 500;
        using var rows = session.Sql.Query(sql, values);
        for (var i = 0; i < most && rows.Next(); i++)
        {
            block.Add(new Known(
                rows.Number(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Date(5), (Sex)rows.Number(6), rows.Text(7), rows.Text(8), rows.Text(9)));
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

    private static string Initials(in Known child) =>
        $"{(child.GivenName ?? child.GivenNameAr)?[..1]}. {(child.FamilyName ?? child.FamilyNameAr)?[..1]}.";

    /// <summary>What a comparison needs of a known child.</summary>
    private readonly record struct Known(
        int Id, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, Sex Sex,
        string? MassarCode, string? FifaId, string? LicenceNumber)
    {
        public static Known Of(Participant child) => new(
            child.Id, child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
            child.MassarCode, child.FifaId, child.LicenceNumber);
    }
}
