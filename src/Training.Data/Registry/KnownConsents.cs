using Microsoft.EntityFrameworkCore;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>What the guardians of known children have signed so far: a paper that comes along with a registration is judged by it.</summary>
public sealed class KnownConsents
{
    private readonly Dictionary<(int Child, ConsentPurpose Purpose), ConsentHistory> histories;

    private readonly HashSet<(int Child, ConsentPurpose Purpose)> objections;

    private KnownConsents(IEnumerable<Consent> consents, IEnumerable<ConsentObjection> objections)
    {
        histories = consents.GroupBy(consent => (consent.ParticipantId, consent.Purpose)).ToDictionary(group => group.Key, group => new ConsentHistory([.. group]));
        this.objections = [.. objections.Select(row => (row.ParticipantId, row.Purpose))];
    }

    /// <summary>Reads them, whoever may see the files.</summary>
    public static async Task<KnownConsents> LoadAsync(TrainingDbContext db, int[] children, CancellationToken cancellationToken) =>
        children.Length == 0 ? new([], []) : new(await db.Set<Consent>().IgnoreQueryFilters().AsNoTracking()
            .Where(consent => EF.Parameter(children).Contains(consent.ParticipantId)).ToListAsync(cancellationToken),
            await db.Set<ConsentObjection>().IgnoreQueryFilters().AsNoTracking()
                .Where(row => row.EndedAt == null && EF.Parameter(children).Contains(row.ParticipantId)).ToListAsync(cancellationToken));

    /// <summary>True when a guardian has consented and has not withdrawn it.</summary>
    public bool Stands(int child, ConsentPurpose purpose) => histories.TryGetValue((child, purpose), out var history) && history.Stands;

    /// <summary>True while a guardian is against what another consented to: whatever was signed does not hold meanwhile.</summary>
    public bool IsObjected(int child, ConsentPurpose purpose) => objections.Contains((child, purpose));

    /// <summary>Why a paper adds nothing to what is on file; null when it does.</summary>
    /// <param name="consent">The consent as it would be recorded.</param>
    /// <param name="dayOf">The day of an instant, in the programme's zone.</param>
    /// <returns>What <see cref="ConsentHistory.Refusal"/> says.</returns>
    public FieldError? Refusal(Consent consent, Func<DateTimeOffset, DateOnly> dayOf) =>
        histories.TryGetValue((consent.ParticipantId, consent.Purpose), out var history) ? history.Refusal(consent.GuardianId, consent.GivenOn, dayOf) : null;
}
