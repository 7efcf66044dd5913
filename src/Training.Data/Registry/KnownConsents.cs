using Microsoft.EntityFrameworkCore;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>What the guardians of known children have signed so far: a paper that comes along with a registration is judged by it.</summary>
public sealed class KnownConsents
{
    private readonly Dictionary<(int Child, ConsentPurpose Purpose), ConsentHistory> histories;

    private KnownConsents(IEnumerable<Consent> consents) => histories =
        consents.GroupBy(consent => (consent.ParticipantId, consent.Purpose)).ToDictionary(group => group.Key, group => new ConsentHistory([.. group]));

    /// <summary>Reads them, whoever may see the files.</summary>
    public static async Task<KnownConsents> LoadAsync(TrainingDbContext db, int[] children, CancellationToken cancellationToken) =>
        new(children.Length == 0 ? [] : await db.Set<Consent>().IgnoreQueryFilters().AsNoTracking()
            .Where(consent => EF.Parameter(children).Contains(consent.ParticipantId)).ToListAsync(cancellationToken));

    /// <summary>True when a guardian has consented and has not withdrawn it.</summary>
    public bool Stands(int child, ConsentPurpose purpose) => histories.TryGetValue((child, purpose), out var history) && history.Stands;

    /// <summary>Why a paper adds nothing to what is on file; null when it does.</summary>
    /// <param name="consent">The consent as it would be recorded.</param>
    /// <param name="dayOf">The day of an instant, in the programme's zone.</param>
    /// <returns>What <see cref="ConsentHistory.Refusal"/> says.</returns>
    public FieldError? Refusal(Consent consent, Func<DateTimeOffset, DateOnly> dayOf) =>
        histories.TryGetValue((consent.ParticipantId, consent.Purpose), out var history) ? history.Refusal(consent.GuardianId, consent.GivenOn, dayOf) : null;
}
