using Training.Domain.Common;

namespace Training.Domain.Registry;

/// <summary>
/// A child's consents for one purpose, as they are on file. Each stands by itself until a guardian withdraws it: a further one ends none,
/// since only a guardian's own word may be written down as a withdrawal (law 09-08).
/// </summary>
/// <param name="consents">All of them, withdrawn ones included.</param>
/// <param name="objected">True while a guardian is against what another consented to: the more protective word holds meanwhile.</param>
public sealed class ConsentHistory(IReadOnlyCollection<Consent> consents, bool objected = false)
{
    /// <summary>True when a guardian has consented and has not withdrawn it, and no other is against it.</summary>
    public bool Stands => !objected && consents.Any(consent => consent.WithdrawnAt is null);

    /// <summary>
    /// Why a further consent cannot be written down; null when it can. A paper older than what is on file confirms nothing, and one
    /// signed before a withdrawal was withdrawn with the others.
    /// </summary>
    /// <param name="guardianId">Who signed.</param>
    /// <param name="givenOn">The day of the signature.</param>
    /// <param name="dayOf">The day of an instant, in the programme's zone.</param>
    /// <returns><c>consentKnown</c>, <c>consentBeforeFormer</c> or <c>consentBeforeWithdrawal</c>, the latter two with the <c>day</c> that counts.</returns>
    public FieldError? Refusal(int guardianId, DateOnly givenOn, Func<DateTimeOffset, DateOnly> dayOf)
    {
        if (consents.Any(consent => consent.WithdrawnAt is null && consent.GuardianId == guardianId && consent.GivenOn == givenOn))
            return new FieldError("consentKnown");
        if (consents.Max(consent => (DateOnly?)consent.GivenOn) is { } former && givenOn < former) return Before("consentBeforeFormer", former);
        return consents.Max(consent => consent.WithdrawnAt) is { } withdrawn && givenOn < dayOf(withdrawn)
            ? Before("consentBeforeWithdrawal", dayOf(withdrawn))
            : null;
    }

    /// <summary>
    /// True when a consent stands that confirms what was taken over to a new edition: recorded since, and signed after everything that
    /// had been signed for the edition before.
    /// </summary>
    public bool ConfirmsSince(DateTimeOffset takenOverAt)
    {
        var before = consents.Where(consent => consent.RecordedAt < takenOverAt).Max(consent => (DateOnly?)consent.GivenOn) ?? DateOnly.MinValue;
        return !objected && consents.Any(consent => consent.WithdrawnAt is null && consent.RecordedAt >= takenOverAt && consent.GivenOn > before);
    }

    private static FieldError Before(string code, DateOnly day) => new(code, new Dictionary<string, object?> { ["day"] = day });
}
