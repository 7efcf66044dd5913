using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Searching;

/// <summary>Finds children by what stands on a paper: our own code, the codes of other bodies, a guardian's phone. Exactly, under the caller's scope.</summary>
internal sealed class CodedChildren(ReadDb db, FoundChildren found)
{
    /// <summary>The child of our code, also of one that was retired by a merge; null when the caller sees none.</summary>
    public async Task<SearchParticipants.Item?> ByCodeAsync(IQueryable<Participant> people, ParticipantCode code, CancellationToken cancellationToken)
    {
        var key = (int)code.ToKey();
        if (await found.DescribeAsync(people.Where(row => row.Id == key), cancellationToken) is [var child]) return child;
        var kept = await db.FileOfAsync(key, cancellationToken);
        return kept != key && await found.DescribeAsync(people.Where(row => row.Id == kept), cancellationToken) is [var survivor] ? survivor : null;
    }

    /// <summary>
    /// Whom a mistyped code probably means: the one child the caller sees whose code is a single mistake away. Null when there is
    /// none or another as near, since a guess between two children is worse than none.
    /// </summary>
    public async Task<SearchParticipants.Item?> NearAsync(IQueryable<Participant> people, string typed, CancellationToken cancellationToken)
    {
        var keys = ParticipantCode.Near(typed).Select(code => (int)code.ToKey()).ToArray();
        if (keys.Length == 0) return null;
        return await found.DescribeAsync(people.Where(row => EF.Parameter(keys).Contains(row.Id)), cancellationToken) is [var only] ? only : null;
    }

    /// <summary>The children who bear a Massar code, a FIFA Connect ID or a licence number.</summary>
    public static IQueryable<Participant> ByOfficialCode(IQueryable<Participant> people, string typed)
    {
        var code = OfficialCodes.Clean(typed);
        var licence = typed.ToUpperInvariant();
        return people.Where(row => row.MassarCode == code || row.FifaId == code || row.LicenceNumber == typed || row.LicenceNumber == licence);
    }

    /// <summary>The children of the guardians who have a phone.</summary>
    public IQueryable<Participant> ByPhone(IQueryable<Participant> people, PhoneNumber phone)
    {
        var number = phone.ToString();
        var ties = from tie in db.Set<Guardianship>()
                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                   where guardian.Phone == number
                   select tie.ParticipantId;
        return people.Where(row => ties.Contains(row.Id));
    }
}
