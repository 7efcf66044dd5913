using System.Data.Common;
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
        return DuplicateMatcher.Compare(facts, FactsOf(Known.Of(known), await PhonesAsync(known.Id, cancellationToken))).Verdict != MatchVerdict.Different;
    }

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
        using var reader = session.Sql.Get(sql, values).ExecuteReader();
        for (var i = 0; i < most && reader.Read(); i++)
        {
            block.Add(new Known(
                reader.GetInt32(0), Text(reader, 1), Text(reader, 2), Text(reader, 3), Text(reader, 4),
                reader.GetFieldValue<DateOnly>(5), (Sex)reader.GetByte(6), Text(reader, 7), Text(reader, 8), Text(reader, 9)));
        }
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private async Task<List<PhoneNumber>> PhonesAsync(int participantId, CancellationToken cancellationToken)
    {
        var phones = await (from tie in session.Db.Set<Guardianship>().IgnoreQueryFilters()
                            join guardian in session.Db.Set<Guardian>().IgnoreQueryFilters() on tie.GuardianId equals guardian.Id
                            where tie.ParticipantId == participantId && guardian.Phone != null
                            select guardian.Phone).ToListAsync(cancellationToken);
        return [.. phones.Select(phone => PhoneNumber.FromE164(phone))];
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
